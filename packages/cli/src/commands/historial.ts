import { clientFactory, connect } from '@puente-sic/app';
import type { HistoryFilter } from '@puente-sic/client';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type ProcesoLeido, readProceso } from '../history.ts';
import { type ConnectionOptions, connectionOptions, readDay, readWhole } from '../options.ts';
import { printHistory } from '../print/history.ts';
import { count } from '../print/words.ts';

interface HistorialOptions extends ConnectionOptions {
  desde?: string;
  codigoEnvio?: string;
  proceso?: number;
}

export function declareHistorial(program: Command, context: Context): void {
  const command = program
    .command('historial')
    .description('muestra los envíos que el Gestor tiene registrados, con lo aceptado y lo rechazado');
  examples(
    connectionOptions(command)
      .option('--desde <FECHA>', 'desde este día, inclusive (año-mes-día, hora de Santiago)', readDay)
      .option('--codigo-envio <CODIGO>', 'solo los envíos con este codigoEnvio')
      .option('--proceso <NUMERO>', 'solo el proceso con este número', readWhole(0, Number.MAX_SAFE_INTEGER)),
    ['puente historial --desde 2026-11-22', 'lo registrado desde ese día'],
    ['puente historial --proceso 25', 'un proceso, registro por registro'],
  ).action(async (options: HistorialOptions) => context.finish(await historial(context, options)));
}

async function historial(context: Context, options: HistorialOptions): Promise<ExitCode> {
  const { connection } = await connect(context, options);
  const clientFor = await clientFactory(connection);
  const procesos: ProcesoLeido[] = [];
  for (const otec of connection.otecs) {
    const read = await clientFor(otec).historyStream(
      filterOf(options),
      (proceso) => void procesos.push(readProceso(otec.rut, proceso)),
      { signal: context.signal },
    );
    if (read.skipped > 0) {
      context.terminal.notice(
        `Aviso: ${count(read.skipped, 'proceso', 'procesos')} del historial no se pueden leer y no se muestran.`,
      );
    }
  }
  if (context.json) context.terminal.json({ procesos });
  else
    printHistory(
      context.terminal,
      procesos,
      options.proceso !== undefined || options.codigoEnvio !== undefined,
    );
  return EXIT.ok;
}

function filterOf({ desde, codigoEnvio, proceso }: HistorialOptions): HistoryFilter {
  return {
    ...(desde !== undefined && { fechaDesde: desde }),
    ...(codigoEnvio !== undefined && { codigoEnvio }),
    ...(proceso !== undefined && { idProceso: proceso }),
  };
}
