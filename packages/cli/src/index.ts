export { settingsSchema } from './config/settings.ts';
export { type CommandHelp, describeCommands } from './describe.ts';
