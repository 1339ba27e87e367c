export { type CommandHelp, describeCommands } from './describe.ts';
