import { clientFactory, connect, Failure, stateFolder } from '@puente-sic/app';
import type { Sincronizado } from '@puente-sic/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type ConnectionOptions, connectionOptions, datosOption, readDay } from '../options.ts';
import { count, dottedRut } from '../print/words.ts';

interface SincronizarOptions extends ConnectionOptions {
  datos?: string;
  desde?: string;
}

export function declareSincronizar(program: Command, context: Context): void {
  const command = program
    .command('sincronizar')
    .description('trae desde el historial lo que SENCE ya aceptó, también lo que envió otra herramienta');
  examples(
    datosOption(connectionOptions(command)).option(
      '--desde <FECHA>',
      'desde este día, inclusive (año-mes-día)',
      readDay,
    ),
    ['puente sincronizar', 'antes del primer envío, si antes se usaba otra herramienta'],
  ).action(async (options: SincronizarOptions) => context.finish(await sincronizar(context, options)));
}

async function sincronizar(context: Context, options: SincronizarOptions): Promise<ExitCode> {
  const { openLedger, syncFromHistory } = await import('@puente-sic/engine');
  const { connection } = await connect(context, options);
  const ledger = await openLedger(stateFolder(options.datos, context.env));
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  let sincronizados: Sincronizado[];
  try {
    sincronizados = await syncFromHistory({
      ledger,
      otecs: connection.otecs,
      clientFor: await clientFactory(connection),
      clock: context.clock,
      signal: context.signal,
      ...(options.desde !== undefined && { desde: options.desde }),
    });
  } finally {
    await ledger.close();
  }
  for (const one of sincronizados) print(context, one);
  const fallas = sincronizados.flatMap(({ falla }) => falla ?? []);
  if (fallas.length === sincronizados.length && fallas[0]) {
    throw new Failure(fallas[0].mensaje, fallas[0].queHacer, EXIT.connection);
  }
  if (context.json) context.terminal.json({ sincronizados });
  const unreadable = sincronizados.some(({ ilegibles }) => ilegibles > 0);
  return fallas.length > 0 || unreadable ? EXIT.data : EXIT.ok;
}

function print({ terminal }: Context, one: Sincronizado): void {
  const { colors } = terminal;
  const rut = dottedRut(one.rutOtec);
  if (one.falla) {
    terminal.line(`${colors.red('✖')} ${rut}  ${one.falla.mensaje}`);
    return;
  }
  const { procesos, registros, nuevos, cambiados, ilegibles } = one;
  terminal.line(
    `${colors.green('✔')} ${rut}  ${count(procesos, 'proceso', 'procesos')}, ${count(registros, 'registro aceptado', 'registros aceptados')}: ${count(nuevos, 'nuevo', 'nuevos')}, ${count(cambiados, 'cambiado', 'cambiados')}`,
  );
  if (ilegibles > 0) {
    terminal.line(
      `  ${colors.yellow('▲')} ${count(ilegibles, 'entrada no se pudo leer', 'entradas no se pudieron leer')}`,
    );
  }
}
