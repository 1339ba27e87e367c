import { type MoodleOptions, type OpenMoodle, withMoodles } from '@puente-sic/app';
import type { Hallazgo } from '@puente-sic/engine';
import type { Diagnosis, Weight } from '@puente-sic/sources';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { commonOptions, datosOption } from '../../options.ts';
import { printGroups } from '../../print/groups.ts';
import { count } from '../../print/words.ts';

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
  hallazgos: (Hallazgo & { peso: Peso; curso: string | null })[];
}

type Peso = 'impide' | 'alumnos' | 'cifras' | 'consejo';
const PESOS: Record<Weight, Peso> = {
  blocks: 'impide',
  students: 'alumnos',
  figures: 'cifras',
  advice: 'consejo',
};

async function revisar(context: Context, options: MoodleOptions): Promise<ExitCode> {
  const revisiones = await withMoodles(context, options, async (moodles, { reglas }) => {
    const found: Revision[] = [];
    for (const moodle of moodles) {
      const diagnoses = await examine(moodle, reglas, context);
      await print(context, moodle.fuente.nombre, diagnoses);
      found.push(await revisionOf(moodle.fuente.nombre, diagnoses));
    }
    return found;
  });
  if (context.json) context.terminal.json({ revisiones });
  const costly = revisiones.some(({ hallazgos }) => hallazgos.some(({ peso }) => peso !== 'consejo'));
  return costly ? EXIT.data : EXIT.ok;
}

async function examine(
  { fuente, source, selections }: OpenMoodle,
  reglas: object,
  { clock, signal }: Context,
): Promise<Diagnosis[]> {
  const { diagnose } = await import('@puente-sic/sources');
  const request = { at: clock(), signal, ...(selections && { courses: selections }) };
  const examined = await source.examine(request);
  const sitio = fuente.tipo === 'moodle-ws' ? fuente.url : fuente.sitio;
  return diagnose({
    ...examined,
    reglas,
    ...(selections && { selections }),
    ...(sitio !== undefined && { sitio }),
  });
}

async function revisionOf(fuente: string, diagnoses: readonly Diagnosis[]): Promise<Revision> {
  const { hallazgoOf } = await import('@puente-sic/engine');
  const hallazgos = diagnoses.map(({ weight, course, issue }) => ({
    ...hallazgoOf(issue),
    peso: PESOS[weight],
    curso: course,
  }));
  return { fuente, hallazgos };
}

async function print({ terminal }: Context, fuente: string, diagnoses: readonly Diagnosis[]): Promise<void> {
  const { WEIGHT_ES, WEIGHTS } = await import('@puente-sic/sources');
  const { hallazgoOf } = await import('@puente-sic/engine');
  const { bold, cyan, green, red, yellow } = terminal.colors;
  terminal.line(bold(fuente));
  const colors: Record<Weight, (text: string) => string> = {
    blocks: red,
    students: red,
    figures: yellow,
    advice: cyan,
  };
  for (const weight of WEIGHTS) {
    const own = diagnoses.filter((diagnosis) => diagnosis.weight === weight);
    if (own.length === 0) continue;
    terminal.line();
    terminal.line(colors[weight](`${WEIGHT_ES[weight]} (${own.length})`));
    for (const course of new Set(own.map((diagnosis) => diagnosis.course))) {
      terminal.line(`  ${course ?? 'Todo el sitio'}`);
      const issues = own
        .filter((diagnosis) => diagnosis.course === course)
        .map(({ issue }) => hallazgoOf(issue));
      printGroups(terminal, issues, { mark: weight === 'advice' ? '•' : '▲', color: colors[weight] }, '    ');
    }
  }
  terminal.line();
  terminal.line(
    diagnoses.length === 0
      ? `${green('✔')} No se encontró nada que corregir.`
      : `${count(diagnoses.length, 'hallazgo', 'hallazgos')}. Corríjalos en Moodle, de arriba hacia abajo, y repita.`,
  );
}
