import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { declarePermisos } from './moodle/permisos.ts';
import { declareRevisar } from './moodle/revisar.ts';

export function declareMoodle(program: Command, context: Context): void {
  const moodle = program.command('moodle').description('preparar y revisar un Moodle antes del primer envío');
  declarePermisos(moodle, context);
  declareRevisar(moodle, context);
}
