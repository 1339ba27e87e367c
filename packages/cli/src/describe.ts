import type { Command } from 'commander';
import type { Context } from './context.ts';
import { createProgram } from './program.ts';
import { plainTerminal } from './terminal.ts';

/** A command as its own help tells it. */
export interface CommandHelp {
  /** `puente gestor servir` */
  name: string;
  description: string;
  /** The page of `--ayuda`. */
  help: string;
}

/** Every command that does something, in the order of the help: what docs/cli.md is made from. */
export function describeCommands(): CommandHelp[] {
  const program = createProgram(NOBODY);
  return leaves(program, program.name()).map(({ name, command }) => ({
    name,
    description: command.description(),
    help: helpOf(command),
  }));
}

function leaves(command: Command, name: string): { name: string; command: Command }[] {
  return command.commands.flatMap((child) => {
    const childName = `${name} ${child.name()}`;
    return child.commands.length > 0 ? leaves(child, childName) : [{ name: childName, command: child }];
  });
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 100 });
  command.outputHelp();
  return text.trimEnd();
}

/** Describing runs nothing. */
const NOBODY: Context = {
  terminal: plainTerminal(
    () => {},
    () => {},
  ),
  json: false,
  env: {},
  stdin: process.stdin,
  signal: new AbortController().signal,
  clock: () => new Date(0),
  finish: () => {},
  sending: () => {},
  onNotice: () => {},
};
