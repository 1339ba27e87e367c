export * from './course.ts';
export { type Fault, type Proxy, startProxy } from './proxy.ts';
export { runSeeds, type SeedsRequest } from './simulation/fleet.ts';
export type { Invariant, Violation } from './simulation/judge.ts';
export { type Hits, KIND_NAMES, KINDS, type Kind } from './simulation/kinds.ts';
export { ordinaryMonth } from './simulation/ordinary-month.ts';
export { openSimulator, type Report, type Simulator } from './simulation/simulate.ts';
export { openWorld, registryOf, type World } from './world.ts';
