export * from './course.ts';
export { type Fault, type Proxy, startProxy } from './proxy.ts';
export { openWorld, registryOf, type World } from './world.ts';
