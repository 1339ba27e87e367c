export * from './api.ts';
export { panelOpenApi } from './openapi.ts';
export type { PanelOptions } from './options.ts';
export { type Panel, startPanel } from './panel.ts';
