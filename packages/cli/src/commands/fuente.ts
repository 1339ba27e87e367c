import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { declareRevisar } from './fuente/revisar.ts';

export function declareFuente(program: Command, context: Context): void {
  const fuente = program
    .command('fuente')
    .description('lo que se lee de un LMS que no es Moodle: su base de datos o una carpeta de entidades');
  declareRevisar(fuente, context);
}
