export * from './api.ts';
export { createLogger } from './logger.ts';
export { panelOpenApi } from './openapi.ts';
export type { PanelOptions, PanelPlace } from './options.ts';
export { openPanel, type Panel, startPanel } from './panel.ts';
