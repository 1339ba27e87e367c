import {
  type HallazgoPesado,
  type MoodleOptions,
  type OpenMoodle,
  weighed,
  withMoodles,
} from '@puente-sic/app';
import type { Diagnosis } from '@puente-sic/sources';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { commonOptions, datosOption } from '../../options.ts';
import { isCostly, printDiagnoses } from '../../print/diagnoses.ts';

export function declareRevisar(moodle: Command, context: Context): void {
  const command = moodle
    .command('revisar')
    .description(
      'mira el sitio como lo haría un experto y lista lo que costaría dinero, con dónde se corrige',
    );
  examples(
    datosOption(commonOptions(command)).option('--fuente <NOMBRE>', 'solo esta fuente de puente.yaml'),
    ['puente moodle revisar', 'antes del primer envío, y cuando algo no calza'],
  ).action(async (options: MoodleOptions) => context.finish(await revisar(context, options)));
}

/** One source as `--json` prints it. */
interface Revision {
  fuente: string;
  hallazgos: HallazgoPesado[];
}

async function revisar(context: Context, options: MoodleOptions): Promise<ExitCode> {
  const revisiones = await withMoodles(context, options, async (moodles) => {
    const found: Revision[] = [];
    for (const moodle of moodles) {
      const diagnoses = await examine(moodle, context);
      context.terminal.line(context.terminal.colors.bold(moodle.fuente.nombre));
      await printDiagnoses(context.terminal, diagnoses, 'en Moodle');
      found.push({ fuente: moodle.fuente.nombre, hallazgos: await weighed(diagnoses) });
    }
    return found;
  });
  if (context.json) context.terminal.json({ revisiones });
  return revisiones.some(({ hallazgos }) => isCostly(hallazgos)) ? EXIT.data : EXIT.ok;
}

async function examine(
  { fuente, source, selections }: OpenMoodle,
  { clock, signal }: Context,
): Promise<Diagnosis[]> {
  const { diagnose } = await import('@puente-sic/sources');
  const request = { at: clock(), signal, ...(selections && { courses: selections }) };
  const examined = await source.examine(request);
  const sitio = fuente.tipo === 'moodle-ws' ? fuente.url : fuente.sitio;
  return diagnose({
    ...examined,
    ...(selections && { selections }),
    ...(sitio !== undefined && { sitio }),
  });
}
