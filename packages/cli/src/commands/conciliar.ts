import { clientFactory, Failure, withPlan } from '@puente-sic/app';
import type { Conciliacion } from '@puente-sic/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { throwSourceFailures } from '../failures.ts';
import { examples } from '../help.ts';
import { type SelectionOptions, selectionOptions } from '../options.ts';
import { printConciliacion } from '../print/conciliacion.ts';

interface ConciliarOptions extends SelectionOptions {
  csv?: boolean;
}

export function declareConciliar(program: Command, context: Context): void {
  const command = program
    .command('conciliar')
    .description(
      'compara la plataforma, lo anotado por puente y el historial de SENCE, y nombra cada diferencia',
    );
  examples(
    selectionOptions(command, { soloErrores: false }).option('--csv', 'escribe las diferencias como CSV'),
    ['puente conciliar', 'no cambia nada en ninguna parte'],
    ['puente conciliar --csv > diferencias.csv', 'para abrirlas en Excel'],
  ).action(async (options: ConciliarOptions) => context.finish(await conciliar(context, options)));
}

async function conciliar(context: Context, options: ConciliarOptions): Promise<ExitCode> {
  const { differencesCsv, reconcile } = await import('@puente-sic/engine');
  const result = await withPlan(context, options, 'compare', async (plan, connection) =>
    reconcile({ ...plan, clock: context.clock, clientFor: await clientFactory(connection) }),
  );
  throwNothingCompared(result);
  if (context.json) context.terminal.json(result);
  else if (options.csv) context.terminal.line(differencesCsv(result).trimEnd());
  else printConciliacion(context.terminal, result);
  const { diferencias, fallas, sinHistorial, sinComparar } = result;
  return diferencias.length + fallas.length + sinHistorial.length + sinComparar > 0 ? EXIT.data : EXIT.ok;
}

function throwNothingCompared({ comparados, fallas, sinHistorial }: Conciliacion): void {
  const [first] = sinHistorial;
  if (comparados > 0) return;
  if (first) throw new Failure(first.mensaje, first.queHacer, EXIT.connection);
  throwSourceFailures(fallas);
}
