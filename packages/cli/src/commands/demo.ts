import type { Command } from 'commander';
import type { Context } from '../context.ts';

export function declareDemo(program: Command, context: Context): void {
  program
    .command('demo')
    .description('')
    .action(() => context.finish(0));
}
