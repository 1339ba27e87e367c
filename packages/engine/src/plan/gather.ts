import { formatRut, readRut } from '@puente-sic/protocol';
import type {
  CourseSelection,
  CourseTree,
  NotGiven,
  OtherCourse,
  Source,
  SourceError,
} from '@puente-sic/sources';
import { hallazgoOf } from '../explain.ts';
import type { CursoConfig, Otec, PlanRequest } from '../request.ts';
import type { FallaFuente, Hallazgo, NoEntregado } from '../results.ts';
import { isSourceError } from '../source-error.ts';
import { isAlumno } from './candidates.ts';

/** A course tree with who reports it and by which settings. */
export interface Assigned {
  tree: CourseTree;
  otec: Otec;
  config: CursoConfig | null;
  /** Name of the source. */
  fuente: string;
  /** What it was asked for by: `cursos[].curso`, else the source's own id. */
  curso: string;
}

export interface Gathered {
  courses: Assigned[];
  /** Asked for and not given, each with its cause; a source that failed as a whole is in `fallas` alone. */
  noEntregados: NoEntregado[];
  hallazgos: Hallazgo[];
  fallas: FallaGrave[];
  /** What the sources have beside what was asked of them; null: they do not tell. */
  otros: OtherCourse[] | null;
}

/** `curso`: what of the source it is about, as {@link Assigned} names it; without it, the source as a whole failed. */
export type FallaGrave = FallaFuente & { curso?: string };

type GatherRequest = Pick<PlanRequest, 'sources' | 'otecs' | 'cursos' | 'at' | 'filters' | 'signal'> & {
  onSource?: (name: string) => void;
  /** A course whose data broke the source's own code: it is not given, and its stack is for the log. */
  onDefect?: (curso: string, error: unknown) => void;
};

/** Reads every source that the settings ask for; one that fails is told and stops no other. */
export async function gather(request: GatherRequest): Promise<Gathered> {
  const readings = await Promise.all(request.sources.map((source) => readOne(source, request)));
  const all = merge(readings);
  return dropRepeated(filterCourses(all, request));
}

async function readOne(source: Source, request: GatherRequest): Promise<Gathered> {
  const configs = request.cursos?.filter(({ fuente }) => fuente === source.name) ?? null;
  if (configs?.length === 0) return NOTHING;
  request.onSource?.(source.name);
  try {
    const { courses, notGiven, findings, others } = await source.read({
      ...(configs && { courses: configs.map(selectionOf) }),
      at: request.at,
      ...(request.signal && { signal: request.signal }),
    });
    for (const { curso, defect } of notGiven)
      if (defect !== undefined) request.onDefect?.(curso, withStack(defect));
    const assigned = courses.map((tree) => assign(tree, source, configs, request.otecs));
    return {
      courses: assigned.flatMap((item) => ('tree' in item ? item : [])),
      noEntregados: notGiven.map((one) => noEntregadoOf(source, one)),
      hallazgos: findings.map(hallazgoOf),
      fallas: assigned.flatMap((item) => ('tree' in item ? [] : item)),
      otros: others ?? null,
    };
  } catch (error) {
    if (!isSourceError(error)) throw error;
    return { ...NOTHING, fallas: [fallaOf(source, error)] };
  }
}

const NOTHING: Gathered = { courses: [], noEntregados: [], hallazgos: [], fallas: [], otros: null };

function withStack(stack: string): Error {
  return Object.assign(new Error('A course broke the code of its source'), { stack });
}

function noEntregadoOf({ name: fuente }: Source, { curso, asked, cause, issues }: NotGiven): NoEntregado {
  const [first] = issues;
  return {
    ...{ fuente, curso, codigoOferta: asked?.codigoOferta ?? null, codigoGrupo: asked?.codigoGrupo ?? null },
    ...{ causa: cause, mensaje: first.message, queHacer: first.fix },
    hallazgos: issues.map(hallazgoOf),
  };
}

function assign(
  tree: CourseTree,
  source: Source,
  configs: readonly CursoConfig[] | null,
  otecs: readonly Otec[],
): Assigned | FallaGrave {
  const config = configs === null ? null : configOf(tree, configs);
  const curso = config?.curso ?? tree.id;
  const named = config?.otec ?? (otecs.length > 1 ? tree.rutOtec : undefined);
  const otec = named === undefined ? (otecs.length === 1 ? otecs[0] : undefined) : otecs.find(sameRut(named));
  const where = `El curso ${tree.codigoOferta} (grupo ${tree.codigoGrupo}) de «${source.name}»`;
  if (otec === undefined) {
    const mensaje = `${where} no dice qué OTEC lo informa.`;
    const queHacer = 'Agréguelo a «cursos» en puente.yaml con su fuente y el RUT de su OTEC.';
    return { ...wrong(source.name, mensaje, queHacer), curso };
  }
  if (tree.rutOtec !== undefined && !sameRut(tree.rutOtec)(otec)) {
    const mensaje = `${where} dice ser de la OTEC ${tree.rutOtec}, pero se iba a informar por la OTEC ${otec.rut}.`;
    const queHacer =
      'Revise que sea el archivo correcto, o use la configuración (rut y token) de la OTEC dueña del curso.';
    return { ...wrong(source.name, mensaje, queHacer), curso };
  }
  return { tree, otec, config, fuente: source.name, curso };
}

/** The entry that speaks of this oferta + grupo; where several name the course, the one that names them too. */
function configOf(tree: CourseTree, configs: readonly CursoConfig[]): CursoConfig | null {
  const names = new Set([tree.id, tree.name, tree.codigoOferta].map((name) => String(name).trim()));
  const ofCourse = configs.filter(({ curso }) => names.has(curso.trim()) || isFrom(curso, tree));
  // A code that differs only in capitals was read as the source's own.
  const fits = (wanted: string | undefined, has: string) =>
    wanted === undefined || wanted.toUpperCase() === String(has).toUpperCase();
  return (
    ofCourse.find(
      ({ codigoOferta, codigoGrupo, grupo }) =>
        fits(codigoOferta, tree.codigoOferta) && fits(codigoGrupo ?? grupo, tree.codigoGrupo),
    ) ??
    ofCourse[0] ??
    null
  );
}

/** A course of files may be asked for by the name of its file: its rows tell it. */
function isFrom(file: string, { students }: CourseTree): boolean {
  return students.some(({ place }) => place?.text === file || place?.text.startsWith(`${file}, `));
}

/** `--curso` and `--alumno`; a name that nothing has is told, since it is most often a slip. */
function filterCourses(all: Gathered, { filters, sources }: GatherRequest): Gathered {
  const curso = filters?.curso?.trim();
  const alumno = filters?.alumno;
  const ofCourse = all.courses.filter(
    ({ tree }) =>
      (curso === undefined || String(tree.codigoOferta) === curso) &&
      (filters?.grupo === undefined || String(tree.codigoGrupo) === filters.grupo),
  );
  const noEntregados = all.noEntregados.filter(
    ({ codigoOferta }) => curso === undefined || codigoOferta === null || codigoOferta === curso,
  );
  const chosen = ofCourse.filter(({ tree }) => alumno === undefined || tree.students.some(isAlumno(alumno)));
  if (chosen.length > 0 || all.courses.length === 0) return { ...all, noEntregados, courses: chosen };

  const names = sources.map(({ name }) => `«${name}»`).join(', ');
  const falla =
    ofCourse.length === 0
      ? wrong(
          names,
          `No hay ningún curso con código de oferta ${curso}${filters?.grupo === undefined ? '' : ` y grupo ${filters.grupo}`} en ${names}.`,
          'Revise el código: es el de la columna «Código Oferta» de SIC. Con «puente previsualizar» se ven los que hay.',
        )
      : wrong(
          names,
          `No hay ningún alumno con RUT ${[alumno].flat().join(', ')} en ${curso === undefined ? names : `el curso ${curso}`}.`,
          'Revise el RUT y su dígito verificador, y que el alumno esté en el curso.',
        );
  return { ...all, noEntregados, courses: [], fallas: [...all.fallas, falla] };
}

/** The same oferta + grupo from two places would report one student twice: the first counts, the other is told. */
function dropRepeated(all: Gathered): Gathered {
  const seen = new Set<string>();
  const fallas: FallaGrave[] = [];
  const courses = all.courses.filter(({ tree, otec, curso }) => {
    const key = JSON.stringify([otec.rut, tree.codigoOferta, tree.codigoGrupo]);
    if (!seen.has(key)) return seen.add(key);
    fallas.push({ ...repeated(tree), curso });
    return false;
  });
  return { ...all, courses, fallas: [...all.fallas, ...fallas] };
}

/** Of a course that another place has given already. */
export function repeated({ name, codigoOferta, codigoGrupo }: CourseTree): FallaFuente {
  return wrong(
    name,
    `El curso ${codigoOferta} (grupo ${codigoGrupo}) viene de dos lugares; solo se usa el primero.`,
    'Deje el curso en una sola fuente, o corrija su codigoOferta o codigoGrupo en puente.yaml.',
  );
}

function merge(parts: readonly Gathered[]): Gathered {
  return {
    courses: parts.flatMap(({ courses }) => courses),
    noEntregados: parts.flatMap(({ noEntregados }) => noEntregados),
    hallazgos: parts.flatMap(({ hallazgos }) => hallazgos),
    fallas: parts.flatMap(({ fallas }) => fallas),
    otros: parts.every(({ otros }) => otros === null) ? null : parts.flatMap(({ otros }) => otros ?? []),
  };
}

/** What a source is asked for of a course, without what puente.yaml says of it for the night alone. */
export function selectionOf(config: CourseSelection): CourseSelection {
  const { curso, codigoOferta, codigoGrupo, grupo, modulos, inicio, fin } = config;
  return {
    curso,
    ...(codigoOferta !== undefined && { codigoOferta }),
    ...(codigoGrupo !== undefined && { codigoGrupo }),
    ...(grupo !== undefined && { grupo }),
    ...(modulos !== undefined && { modulos }),
    ...(inicio !== undefined && { inicio }),
    ...(fin !== undefined && { fin }),
  };
}

function sameRut(text: string): (otec: Otec) => boolean {
  const canonical = (rut: string) => {
    const read = readRut(rut);
    return read ? formatRut(read) : rut;
  };
  return (otec) => canonical(otec.rut) === canonical(text);
}

export function fallaOf(source: Pick<Source, 'name'>, error: SourceError): FallaFuente {
  const tipo = error.kind === 'wrong' ? 'mal' : 'caida';
  return { fuente: source.name, mensaje: error.message, queHacer: error.fix, tipo };
}

function wrong(fuente: string, mensaje: string, queHacer: string): FallaFuente {
  return { fuente, mensaje, queHacer, tipo: 'mal' };
}
