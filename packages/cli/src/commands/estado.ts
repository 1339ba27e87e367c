import { Failure, loadSettings, stateFolder } from '@puente-sic/app';
import type { Ventana } from '@puente-sic/engine';
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
    .description(
      'cuenta qué pasó la última noche, curso por curso, cómo va la que está en curso y qué quedó abierto',
    );
  examples(
    datosOption(commonOptions(command)),
    ['puente estado', 'a la mañana siguiente'],
    ['puente estado --json', 'para otro programa'],
  ).action(async (options: EstadoOptions) => context.finish(await estado(context, options)));
}

async function estado(context: Context, options: EstadoOptions): Promise<ExitCode> {
  const { errors, findEnvios, lastNights, openLedgerToRead } = await import('@puente-sic/engine');
  const ventanaOf = await windows(context, options);
  const ledger = await openLedgerToRead(stateFolder(options.datos, context.env));
  try {
    const noches = await lastNights(ledger, context.clock(), ventanaOf);
    const erroresAbiertos = (await errors(ledger)).length;
    const { envios: inciertos } = await findEnvios(ledger, { estado: 'incierto', limite: MOST_SHOWN });
    // Of a process that was killed nobody has said yet that they are uncertain.
    const { envios: enviando } = await findEnvios(ledger, { estado: 'enviando', limite: MOST_SHOWN });
    const sinRespuesta = [...inciertos, ...enviando];
    if (context.json) context.terminal.json({ noches, erroresAbiertos, sinRespuesta });
    else printEstado(context.terminal, { noches, erroresAbiertos, sinRespuesta });
    const isLeft = enviando.some(({ enviado }) => +context.clock() - +(enviado ?? 0) > LONGEST_CALL_MS);
    const isWell = inciertos.length === 0 && !isLeft && noches.every((noche) => noche.estado === 'bien');
    return isWell ? EXIT.ok : EXIT.data;
  } finally {
    await ledger.close();
  }
}

/** The window of each provider by its settings; settings that cannot be used keep nobody from hearing of the night. */
async function windows(
  context: Context,
  { config, datos }: EstadoOptions,
): Promise<(rutOtec: string) => Ventana> {
  const { VENTANA_OFICIAL } = await import('@puente-sic/engine');
  const place = { ...(config !== undefined && { config }), ...(datos !== undefined && { datos }) };
  try {
    const { settings } = await loadSettings({ ...place, needsTokens: false, env: context.env });
    return (rutOtec) => settings.otecs.find(({ rut }) => rut === rutOtec)?.ventana ?? VENTANA_OFICIAL;
  } catch (error) {
    if (!(error instanceof Failure) || config !== undefined) throw error;
    context.onNotice(`${error.message} Se muestra la noche con la ventana oficial, de 22:00 a 00:00.`);
    return () => VENTANA_OFICIAL;
  }
}

const MOST_SHOWN = 100;
/** An answer may take ten minutes: until then a call may be on its way, and a monitor need not be alarmed. */
const LONGEST_CALL_MS = 15 * 60_000;
