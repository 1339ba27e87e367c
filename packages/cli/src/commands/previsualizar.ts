import { withPlan } from '@puente-sic/app';
import type { PreviewResult } from '@puente-sic/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { throwSourceFailures } from '../failures.ts';
import { examples } from '../help.ts';
import { type SelectionOptions, selectionOptions } from '../options.ts';
import { printPreview } from '../print/preview.ts';

export function declarePrevisualizar(program: Command, context: Context): void {
  const command = program
    .command('previsualizar')
    .description('muestra lo que se enviaría y lo que quedaría retenido, sin llamar nunca al Gestor');
  examples(
    selectionOptions(command),
    ['puente previsualizar', 'todas las fuentes de puente.yaml'],
    ['puente previsualizar --archivo avance.xlsx --json', 'el cuerpo exacto que se enviaría'],
  ).action(async (options: SelectionOptions) => context.finish(await previsualizar(context, options)));
}

async function previsualizar(context: Context, options: SelectionOptions): Promise<ExitCode> {
  const { preview } = await import('@puente-sic/engine');
  const result = await withPlan(context, options, 'preview', (plan) => preview(plan));
  if (result.cursos.length === 0) throwSourceFailures(result.fallas);
  if (context.json) context.terminal.json(result);
  else printPreview(context.terminal, result);
  return exitCodeOf(result);
}

function exitCodeOf({ cursos, noEntregados, hallazgos, fallas }: PreviewResult): ExitCode {
  const isError = ({ gravedad }: { gravedad: string }) => gravedad === 'error';
  const held = cursos.some((curso) => curso.retenidos.length > 0 || curso.hallazgos.some(isError));
  const missing = noEntregados.length + fallas.length;
  return held || hallazgos.some(isError) || missing > 0 ? EXIT.data : EXIT.ok;
}
