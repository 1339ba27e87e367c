import type { OtherCourse, Source } from '@puente-sic/sources';
import { type Assigned, gather, repeated } from '../plan/gather.ts';
import { courseKeyOf } from '../plan/plan.ts';
import type { CursoConfig, Otec } from '../request.ts';
import type { Hallazgo, NoEntregado } from '../results.ts';
import { defectProblem } from './defect.ts';
import type { Problem } from './problem.ts';

/** What one reading gave of one course, with all its groups. */
export interface GivenUnit {
  trees: Assigned[];
  /** What was asked for and is not in `trees`. */
  problem: Problem | null;
}

/** One look at a source, course by course. */
export interface SourceReading {
  /** By {@link Assigned.curso}. */
  units: Map<string, GivenUnit>;
  /** Of the source as a whole. */
  hallazgos: Hallazgo[];
  /** What it has beside what was asked for; null: it does not tell. */
  otros: OtherCourse[] | null;
}

interface ReadRequest {
  otec: Otec;
  /** Left out: all that the source has. */
  cursos?: CursoConfig[];
  /** The courses are those that puente.yaml names. */
  isNamed: boolean;
  at: Date;
  signal: AbortSignal;
  /** Courses that another source has given tonight, by {@link claimOf}, with that source's name. */
  claims: Map<string, string>;
  /** Told of a course that broke the source's own code and is not given. */
  onDefect?: (curso: string, error: unknown) => void;
}

/** Reads a source once; a {@link Problem} where it failed as a whole. Throws whatever a defect throws. */
export async function readSource(
  source: Source,
  { otec, claims, isNamed, ...request }: ReadRequest,
): Promise<SourceReading | Problem> {
  const { courses, noEntregados, hallazgos, fallas, otros } = await gather({
    ...request,
    sources: [source],
    otecs: [otec],
  });
  const units = new Map<string, GivenUnit>();
  const unitOf = (curso: string) => {
    const unit = units.get(curso) ?? { trees: [], problem: null };
    units.set(curso, unit);
    return unit;
  };
  for (const assigned of courses) {
    const unit = unitOf(assigned.curso);
    const claim = claimOf(assigned);
    const owner = claims.get(claim) ?? source.name;
    claims.set(claim, owner);
    if (owner === source.name) unit.trees.push(assigned);
    else unit.problem ??= notGiven(repeated(assigned.tree));
  }
  for (const one of noEntregados) {
    // Nobody named it: that it was there on former nights is better said by who knows that.
    if (one.causa === 'missing' && !isNamed) continue;
    unitOf(one.curso).problem ??= notGiven(one);
  }
  for (const { curso, mensaje, queHacer } of fallas) {
    if (curso === undefined) return { causa: 'fuente', motivo: mensaje, queHacer };
    unitOf(curso).problem ??= notGiven({ mensaje, queHacer });
  }
  return { units, hallazgos, otros };
}

/**
 * Reads a source course by course, after a defect stopped the reading of all: the course at which the code breaks is
 * told by `onDefect`, and the others are given.
 */
export async function readApart(
  source: Source,
  request: ReadRequest,
  onDefect: (curso: string, error: unknown) => void,
): Promise<SourceReading | Problem> {
  const { otec, signal } = request;
  const all =
    request.cursos ??
    (await source.listCourses(signal)).map(({ id }) => ({ fuente: source.name, otec: otec.rut, curso: id }));
  const units: SourceReading['units'] = new Map();
  for (const curso of new Set(all.map((config) => config.curso))) {
    try {
      const cursos = all.filter((config) => config.curso === curso);
      const reading = await readSource(source, { ...request, cursos });
      if ('causa' in reading) return reading;
      for (const [name, unit] of reading.units) units.set(name, unit);
    } catch (error) {
      onDefect(curso, error);
      units.set(curso, { trees: [], problem: defectProblem(error) });
    }
  }
  return { units, hallazgos: [], otros: null };
}

function notGiven({ mensaje, queHacer }: Pick<NoEntregado, 'mensaje' | 'queHacer'>): Problem {
  return { causa: 'no-entregado', motivo: mensaje, queHacer };
}

function claimOf(assigned: Assigned): string {
  const { codigoOferta, codigoGrupo } = courseKeyOf(assigned);
  return JSON.stringify([codigoOferta, codigoGrupo]);
}
