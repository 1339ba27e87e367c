import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { declareAceptar } from './fuente/aceptar.ts';
import { declareClave } from './fuente/clave.ts';
import { declareRevisar } from './fuente/revisar.ts';

export function declareFuente(program: Command, context: Context): void {
  const fuente = program
    .command('fuente')
    .description(
      'lo que se lee de un LMS que no es Moodle: su base de datos, una carpeta o lo que él mismo entrega',
    );
  declareRevisar(fuente, context);
  declareClave(fuente, context);
  declareAceptar(fuente, context);
}
