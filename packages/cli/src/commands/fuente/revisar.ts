import {
  type HallazgoPesado,
  type MoodleOptions,
  type OpenEntities,
  weighed,
  withEntities,
} from '@puente-sic/app';
import type { EntityReview, ReviewedCourse } from '@puente-sic/sources';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { commonOptions, datosOption } from '../../options.ts';
import { isCostly, printDiagnoses } from '../../print/diagnoses.ts';
import { printEntities } from '../../print/entities.ts';

export function declareRevisar(fuente: Command, context: Context): void {
  const command = fuente
    .command('revisar')
    .description(
      'lee cada entidad por separado y dice qué columna se entendió, cuál falta y qué costaría dinero, con su salida',
    );
  examples(
    datosOption(commonOptions(command)).option('--fuente <NOMBRE>', 'solo esta fuente de puente.yaml'),
    ['puente fuente revisar', 'antes del primer envío, y cuando algo no calza'],
    ['puente fuente revisar --fuente aula --json', 'para otro programa'],
  ).action(async (options: MoodleOptions) => context.finish(await revisar(context, options)));
}

/** One source as `--json` prints it. */
interface Revision {
  fuente: string;
  entidades: EntidadRevisada[];
  cursos: ReviewedCourse[];
  hallazgos: HallazgoPesado[];
}

interface EntidadRevisada {
  entidad: string;
  /** Null: it is not given. */
  lugar: string | null;
  filas: number;
  columnas: { campo: string; columna: string | null }[];
  sobran: readonly string[];
  problema: { mensaje: string; queHacer: string } | null;
}

async function revisar(context: Context, options: MoodleOptions): Promise<ExitCode> {
  const { terminal } = context;
  const revisiones = await withEntities(context, options, async (sources) => {
    const found: Revision[] = [];
    for (const opened of sources) {
      const review = await reviewOf(opened, context);
      const { nombre } = opened.fuente;
      terminal.line(terminal.colors.bold(nombre));
      printEntities(terminal, review);
      await printDiagnoses(terminal, review.diagnoses, 'en el LMS, la consulta o el archivo');
      found.push({
        fuente: nombre,
        entidades: review.entities.map(entidadOf),
        cursos: review.courses,
        hallazgos: await weighed(review.diagnoses),
      });
    }
    return found;
  });
  if (context.json) terminal.json({ revisiones });
  return revisiones.some(({ hallazgos }) => isCostly(hallazgos)) ? EXIT.data : EXIT.ok;
}

function reviewOf({ source, selections }: OpenEntities, { clock, signal }: Context): Promise<EntityReview> {
  return source.review({ at: clock(), signal, ...(selections && { courses: selections }) });
}

function entidadOf({ entity, place, rows, columns, extra, trouble }: EntityReview['entities'][number]) {
  return {
    entidad: entity,
    lugar: place,
    filas: rows,
    columnas: columns.map(({ field, column }) => ({ campo: field, columna: column })),
    sobran: extra,
    problema: trouble && { mensaje: trouble.message, queHacer: trouble.fix },
  };
}
