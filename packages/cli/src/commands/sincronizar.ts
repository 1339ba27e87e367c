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
    .description(
      'trae desde el historial lo que SENCE ya aceptó, también lo que envió otra herramienta o lo que un respaldo no tiene',
    );
  examples(
    datosOption(connectionOptions(command)).option(
      '--desde <FECHA>',
      'desde este día, inclusive (año-mes-día); si no se indica, desde lo último leído',
      readDay,
    ),
    ['puente sincronizar', 'después de usar otra herramienta: lo que SENCE ya tiene vuelve a conocerse'],
    ['puente sincronizar', 'después de restaurar un respaldo, sin esperar a que el próximo envío lo lea'],
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
  const unreadable = sincronizados.some(({ ilegibles, cortado }) => ilegibles > 0 || cortado);
  return fallas.length > 0 || unreadable ? EXIT.data : EXIT.ok;
}

function print({ terminal }: Context, one: Sincronizado): void {
  const { colors } = terminal;
  const rut = dottedRut(one.rutOtec);
  if (one.falla) {
    terminal.line(`${colors.red('✖')} ${rut}  ${one.falla.mensaje}`);
    return;
  }
  const { procesos, registros, nuevos, cambiados, desde, enviosRestaurados, nochesRestauradas } = one;
  const since = desde === null ? '' : ` desde el ${desde}`;
  terminal.line(
    `${colors.green('✔')} ${rut}  ${count(procesos, 'proceso', 'procesos')}${since}, ${count(registros, 'registro aceptado', 'registros aceptados')}: ${count(nuevos, 'nuevo', 'nuevos')}, ${count(cambiados, 'cambiado', 'cambiados')}`,
  );
  if (enviosRestaurados > 0) {
    const nights =
      nochesRestauradas === 0 ? '' : ` de ${count(nochesRestauradas, 'noche pasada', 'noches pasadas')}`;
    terminal.line(
      `  ${colors.green('✔')} ${count(enviosRestaurados, 'envío recuperado', 'envíos recuperados')}${nights} que faltaban en este equipo: no se enviarán de nuevo`,
    );
  }
  for (const aviso of one.avisos) terminal.line(`  ${colors.yellow('▲')} ${aviso}`);
}
