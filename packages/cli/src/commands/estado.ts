import { stateFolder } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, datosOption } from '../options.ts';
import { printEstado } from '../print/estado.ts';

interface EstadoOptions extends CommonOptions {
  datos?: string;
}

export function declareEstado(program: Command, context: Context): void {
  const command = program
    .command('estado')
    .description('cuenta qué pasó la última noche, curso por curso, y qué quedó abierto o sin respuesta');
  examples(
    datosOption(commonOptions(command)),
    ['puente estado', 'a la mañana siguiente'],
    ['puente estado --json', 'para otro programa'],
  ).action(async (options: EstadoOptions) => context.finish(await estado(context, options)));
}

async function estado(context: Context, { datos }: EstadoOptions): Promise<ExitCode> {
  const { errors, findEnvios, lastNights, openLedgerToRead } = await import('@puente-sic/engine');
  const ledger = await openLedgerToRead(stateFolder(datos, context.env));
  try {
    const noches = await lastNights(ledger);
    const erroresAbiertos = (await errors(ledger)).length;
    const { envios: sinRespuesta } = await findEnvios(ledger, { estado: 'incierto', limite: MOST_SHOWN });
    if (context.json) context.terminal.json({ noches, erroresAbiertos, sinRespuesta });
    else printEstado(context.terminal, { noches, erroresAbiertos, sinRespuesta });
    const isWell = sinRespuesta.length === 0 && noches.every((noche) => noche.estado === 'bien');
    return isWell ? EXIT.ok : EXIT.data;
  } finally {
    await ledger.close();
  }
}

const MOST_SHOWN = 100;
