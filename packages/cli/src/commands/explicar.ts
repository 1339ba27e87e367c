import { Failure, type MoodleOptions, withLms } from '@puente-sic/app';
import type { StudentExplanation } from '@puente-sic/sources';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { commonOptions, datosOption, readInstant, readPersona } from '../options.ts';
import { printExplanation } from '../print/explanation.ts';

interface ExplicarOptions extends MoodleOptions {
  alumno: string;
  curso: string;
  al?: Date;
}

export function declareExplicar(program: Command, context: Context): void {
  const command = program
    .command('explicar')
    .description(
      'muestra de dónde sale cada cifra de un alumno: de los clics y actividades al número enviado',
    );
  examples(
    datosOption(commonOptions(command))
      .requiredOption('--alumno <RUT>', 'RUT del alumno', readPersona('--alumno'))
      .requiredOption(
        '--curso <CURSO>',
        'nombre corto o id del curso en el LMS, o su codigoOferta en puente.yaml',
      )
      .option('--fuente <NOMBRE>', 'solo esta fuente de puente.yaml')
      .option(
        '--al <INSTANTE>',
        'avance hasta este momento, por ejemplo 2026-11-22T23:30:00-03:00',
        readInstant,
      ),
    [
      'puente explicar --alumno 17118181-K --curso CAP-26-01-13-0446-1',
      'lee de Moodle u otro LMS, no de archivos de avance',
    ],
  ).action(async (options: ExplicarOptions) => context.finish(await explicar(context, options)));
}

async function explicar(context: Context, options: ExplicarOptions): Promise<ExitCode> {
  const { alumno: rut, curso, al } = options;
  const explanation = await withLms(context, options, async (sources): Promise<StudentExplanation | null> => {
    for (const { source, selections = [] } of sources) {
      const mapped = selections.filter((one) => one.curso === curso || one.codigoOferta === curso);
      const courses = mapped.length > 0 ? mapped : [{ curso }];
      const found = await source.explain({
        rut,
        courses,
        at: al ?? context.clock(),
        signal: context.signal,
      });
      if (found) return found;
    }
    return null;
  });
  if (!explanation) {
    throw new Failure(
      `No se encontró al alumno ${rut} en el curso ${curso}.`,
      'Revise el RUT, y que el curso sea el nombre corto o el id que tiene en el LMS.',
    );
  }
  if (context.json) context.terminal.json(explanation);
  else printExplanation(context.terminal, explanation);
  return explanation.notReported.length > 0 ? EXIT.data : EXIT.ok;
}
