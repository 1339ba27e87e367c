import { type Alumno, type Curso, type Issue, MAX_ALUMNOS_POR_ENVIO } from '@puente-sic/protocol';
import type { CourseTree, Place } from '@puente-sic/sources';
import { type Aceptado, recordKey } from '../ledger/aceptados.ts';
import type { NewRegistro } from '../ledger/registros.ts';
import type { CourseKey } from '../ledger/tables.ts';
import type { ErasedAt } from '../privacy/erasures.ts';
import type { Filters, Modo, PoliticaDescenso } from '../request.ts';
import { type BodyRules, cursoOf } from './body.ts';
import {
  type Candidate,
  candidatesOf,
  isAlumno,
  movedTo,
  placed,
  type SealedCandidate,
  sealed,
  withModulos,
} from './candidates.ts';
import { decided, decisionsOf } from './decisions.ts';
import { holdDescents } from './descenso.ts';
import { type Held, holdByRules, holdBySource, holdErased } from './hold.ts';
import { onePerModule } from './one-per-module.ts';
import { rowOf } from './registro.ts';
import { type Arrived, type Known, notArrived, onlyChanged, onlyFailed } from './select.ts';

export interface PlanRules extends BodyRules {
  rutOtec: string;
  descenso: PoliticaDescenso;
  modo: Modo;
  filters: Filters;
  erasedAt: ErasedAt;
  /** What the Gestor has already of this night; null: everything is planned as if it had nothing. */
  arrived: Arrived | null;
}

/** One call to make. */
export interface PlannedPart {
  curso: Curso;
  /** Each student × module of it, in its order, as the ledger keeps it. */
  registros: NewRegistro[];
  held: Held[];
  warnings: Issue[];
  /** Where a student (or a module) of it stands in the provider's own data. */
  placeOf: (rut: string, codigoModulo: string | null) => Place | undefined;
}

export interface PlannedCourse extends CourseKey {
  titulo: string;
  /** Empty: nothing is left to send. */
  parts: PlannedPart[];
  /** Everything that was held back, also what stands in `parts`. */
  held: Held[];
  /** Of the course as a whole. */
  findings: Issue[];
  /** Accepted for the same night and saying the same: left out. */
  alreadyThere: Aceptado[];
  /** Decisions to keep a value that are over with this send. */
  superadas: number[];
  /** What the source has now, by {@link recordKey}, and its students; of those that the filters let through. */
  source: { records: ReadonlySet<string>; students: ReadonlySet<string> };
}

/**
 * Course tree → bodies: normalised, checked against all that is known, at most 200 students each. Order is stable.
 * @param everybody the tree's students with what people decided, where they are made already.
 */
export function planCourse(
  tree: CourseTree,
  rules: PlanRules,
  known: Known,
  everybody = decided(candidatesOf(tree, rules), decisionsOf(known.decisiones ?? [])),
): PlannedCourse {
  const { rutOtec } = rules;
  const { curso, wanted, passed, held, warnings, superadas } = judgeCourse(tree, rules, known, everybody);

  let chosen = passed.map(sealed);
  if (rules.modo === 'cambios') chosen = onlyChanged(chosen, known);
  if (rules.filters.soloErrores) chosen = onlyFailed(chosen, everybody, known);
  const left =
    rules.arrived === null
      ? { candidates: chosen, alreadyThere: [] }
      : notArrived(chosen, rules.arrived, known);

  const parts = partsOf(left.candidates).map((part, at) => partOf(part, curso, at === 0 ? warnings : []));
  return {
    rutOtec,
    codigoOferta: String(tree.codigoOferta),
    codigoGrupo: String(tree.codigoGrupo),
    titulo: tree.title,
    parts: withHeld(parts, held),
    held,
    findings: tree.findings,
    alreadyThere: left.alreadyThere,
    superadas,
    source: {
      records: new Set(
        wanted.flatMap(({ rut, modulos }) => modulos.map(({ codigoModulo }) => recordKey(rut, codigoModulo))),
      ),
      students: new Set(wanted.map(({ rut }) => rut)),
    },
  };
}

/** Who of a course could be sent, and what is held back, before anything is chosen of it. */
export interface JudgedCourse {
  curso: ReturnType<typeof cursoOf>;
  /** Everybody that the filters let through. */
  wanted: readonly Candidate[];
  passed: readonly Candidate[];
  held: Held[];
  /** Of the call as a whole. */
  warnings: Issue[];
  superadas: number[];
}

/** Judges a course by its source, by the rules of the service and by what it accepted last. */
export function judgeCourse(
  tree: CourseTree,
  rules: Omit<PlanRules, 'arrived' | 'modo'>,
  known: Known,
  everybody: readonly Candidate[],
): JudgedCourse {
  const curso = cursoOf(tree, rules);
  const decisions = decisionsOf(known.decisiones ?? []);
  const { alumno } = rules.filters;
  const isWanted = alumno === undefined ? () => true : isAlumno(alumno);
  const wanted = everybody.filter(({ student }) => isWanted(student));

  const byErasure = holdErased(wanted, rules.erasedAt);
  const bySource = holdBySource(byErasure.passed);
  const byRules = holdByRules(rules.rutOtec, curso, bySource.passed);
  const byLedger = holdDescents(byRules.passed, {
    ...{ lastOf: lastOf(known), politica: rules.descenso, decisions, tree },
    formers: known.formers ?? new Map(),
  });
  return {
    ...{ curso, wanted, passed: byLedger.passed, warnings: byRules.warnings, superadas: byLedger.superadas },
    held: [...byErasure.held, ...bySource.held, ...byRules.held, ...byLedger.held],
  };
}

/** What SENCE accepted last of a record: what went in another group of the course counts where this one has nothing. */
export function lastOf({
  aceptados,
  elsewhere,
}: Pick<Known, 'aceptados' | 'elsewhere'>): (rut: string, codigoModulo: string) => Aceptado | undefined {
  return (rut, codigoModulo) => {
    const key = recordKey(rut, codigoModulo);
    return aceptados.get(key) ?? elsewhere?.get(key);
  };
}

function partsOf(candidates: readonly SealedCandidate[]): SealedCandidate[][] {
  const count = Math.ceil(candidates.length / MAX_ALUMNOS_POR_ENVIO);
  return Array.from({ length: count }, (_, at) =>
    candidates.slice(at * MAX_ALUMNOS_POR_ENVIO, (at + 1) * MAX_ALUMNOS_POR_ENVIO),
  );
}

function partOf(
  part: readonly SealedCandidate[],
  curso: ReturnType<typeof cursoOf>,
  ofCall: readonly Issue[],
): PlannedPart {
  const listaAlumnos = part.map(asAlumno);
  // Made once somebody asks: most parts have nothing to be told of.
  let places: ReturnType<typeof placesOf> | undefined;
  return {
    curso: { ...asCurso(curso), listaAlumnos },
    registros: part.flatMap(({ modulos }, at) =>
      listaAlumnos[at] === undefined
        ? []
        : rowsOf(
            listaAlumnos[at],
            at,
            modulos.map(({ huella }) => huella),
          ),
    ),
    held: [],
    placeOf: (rut, codigoModulo) => {
      places ??= placesOf(part);
      return (
        (codigoModulo === null ? undefined : places.get(recordKey(rut, codigoModulo))) ?? places.get(rut)
      );
    },
    warnings: [...ofCall, ...onePerModule(part.flatMap(warningsOf))],
  };
}

function placesOf(part: readonly SealedCandidate[]): Map<string, Place | undefined> {
  const places = new Map<string, Place | undefined>();
  for (const { rut, student, modulos } of part) {
    if (!places.has(rut)) places.set(rut, student.place);
    for (const { codigoModulo, place } of modulos) {
      const key = recordKey(rut, codigoModulo);
      if (!places.has(key)) places.set(key, place);
    }
  }
  return places;
}

function rowsOf(alumno: Alumno, at: number, hashes: readonly string[]): NewRegistro[] {
  return alumno.listaModulos.map((modulo, index) => rowOf(alumno, modulo, [at, index], hashes[index] ?? ''));
}

/** What is worth telling of a student that goes, with its place in the body. */
function warningsOf(candidate: SealedCandidate, at: number): Issue[] {
  return [
    ...candidate.warnings.map((issue) => movedTo(issue, [at])),
    ...candidate.modulos.flatMap(({ warnings }, index) =>
      warnings.map((issue) => movedTo(issue, [at, index])),
    ),
    ...candidate.student.findings.map((issue) => placed(issue, candidate)),
  ];
}

/** A held module is told with the part that its student goes in; who goes in none, with the first. */
function withHeld(parts: readonly PlannedPart[], held: readonly Held[]): PlannedPart[] {
  const partOf = new Map(
    parts.flatMap(({ registros }, index) => registros.map(({ rut }) => [rut, index] as const)),
  );
  const ofPart = parts.map((): Held[] => []);
  for (const one of held) ofPart[partOf.get(one.issue.rut ?? '') ?? 0]?.push(one);
  return parts.map((part, at) => ({ ...part, held: ofPart[at] ?? [] }));
}

/** Preflight found nothing against it, which is what makes a draft an Alumno. */
function asAlumno(candidate: Candidate): Alumno {
  return withModulos(candidate, candidate.modulos) as Alumno;
}

function asCurso(curso: ReturnType<typeof cursoOf>): Omit<Curso, 'listaAlumnos'> {
  return curso as Omit<Curso, 'listaAlumnos'>;
}
