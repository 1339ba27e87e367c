import type { Command } from 'commander';
import type { Context } from '../context.ts';

export function declarePlantilla(program: Command, context: Context): void {
  program
    .command('plantilla')
    .description('')
    .action(() => context.finish(0));
}
