export * from './api.ts';
export { panelOpenApi } from './openapi.ts';
export type { PanelOptions, Running, UseRunning } from './options.ts';
export { type Panel, startPanel } from './panel.ts';
export type { Setup } from './setup.ts';
