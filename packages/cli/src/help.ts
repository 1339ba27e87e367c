import { type Command, Help, type HelpConfiguration } from 'commander';
import type { Colors } from './terminal.ts';

const TITLES: Record<string, string> = {
  'Usage:': 'Uso:',
  'Arguments:': 'Argumentos:',
  'Options:': 'Opciones:',
  'Commands:': 'Comandos:',
};

/** Commander's help pages in Spanish. */
export function spanishHelp(colors: Colors): HelpConfiguration {
  return {
    sortSubcommands: false,
    styleTitle: (title) => colors.bold(TITLES[title] ?? title),
    subcommandTerm: (command) => {
      const names = command.registeredArguments.map((argument) =>
        argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
      );
      return [command.name(), ...names].join(' ');
    },
    commandUsage: (command) =>
      new Help().commandUsage(command).replace('[options]', '[opciones]').replace('[command]', '<comando>'),
    // Each option says in its own words what it may be and what it is when left out.
    optionDescription: ({ description }) => description,
    argumentDescription: ({ description }) => description,
  };
}

/** Examples below the options of one command. */
export function examples(command: Command, ...lines: [order: string, what: string][]): Command {
  const width = Math.max(...lines.map(([order]) => order.length));
  const body = lines.map(([order, what]) => `  ${order.padEnd(width)}  ${what}`).join('\n');
  return command.addHelpText('after', `\nEjemplos:\n${body}`);
}
