import path from 'node:path';
import { Failure } from '@puente-sic/app';
import { santiagoDate } from '@puente-sic/protocol';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { type CommonOptions, commonOptions, readDay } from '../../options.ts';
import { count } from '../../print/words.ts';
import { databaseOf } from './listen.ts';

interface PublicarOptions extends CommonOptions {
  datos?: string;
  dia?: string;
  salida?: string;
}

export function declarePublicar(gestor: Command, context: Context): void {
  const command = gestor
    .command('publicar')
    .description('corre a mano el proceso nocturno: lo aceptado hasta un día pasa a SIC, una sola vez');
  examples(
    commonOptions(command)
      .option(
        '--datos <DIR>',
        'carpeta de su base de datos, o postgres://… (si falta: la de «gestor servir»)',
      )
      .option('--dia <FECHA>', 'último día que entra, en hora de Santiago (si falta: ayer)', readDay)
      .option(
        '--salida <DIR>',
        'carpeta de los archivos de la noche (si falta: publicado, dentro de --datos)',
      ),
    ['puente gestor publicar --dia 2026-11-22', 'repetirlo no publica nada dos veces'],
  ).action(async (options: PublicarOptions) => context.finish(await publicar(context, options)));
}

async function publicar(context: Context, options: PublicarOptions): Promise<ExitCode> {
  const { openStore, publishDay } = await import('@puente-sic/gestor');
  const datos = databaseOf(options.datos, context);
  const dia = options.dia ?? yesterday(context.clock());
  if (dia >= santiagoDate(context.clock())) {
    throw new Failure(`El ${dia} aún no termina en Chile.`, 'Se puede publicar desde el día siguiente.');
  }
  const store = await openStore(datos);
  const salida = options.salida ?? (store.dialect === 'sqlite' ? path.join(datos, 'publicado') : undefined);
  try {
    const report = await publishDay(dia, {
      store,
      clock: context.clock,
      ...(salida !== undefined && { salida: path.resolve(salida) }),
    });
    if (context.json) context.terminal.json(report);
    context.terminal.line(MESSAGES[report.resultado](report.dia, report.procesos));
  } finally {
    await store.close();
  }
  return EXIT.ok;
}

const MESSAGES = {
  publicada: (dia: string, procesos: number) =>
    `✔ Publicado hasta el ${dia}: ${count(procesos, 'proceso nuevo en SIC, visible', 'procesos nuevos en SIC, visibles')} desde el día siguiente.`,
  'ya estaba': (dia: string) => `✔ El ${dia} ya estaba publicado; no se hizo nada.`,
  'en curso': (dia: string) => `Otro proceso está publicando el ${dia} en este momento; no se hizo nada.`,
};

/** Noon keeps clear of the hours that a clock change takes away. */
function yesterday(now: Date): string {
  const noon = new Date(`${santiagoDate(now)}T12:00:00Z`);
  return new Date(noon.getTime() - 86_400_000).toISOString().slice(0, 10);
}
