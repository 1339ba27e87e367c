export * from './api.ts';
export type { PanelOptions } from './options.ts';
export { type Panel, startPanel } from './panel.ts';
