import { type Alumno, type Curso, type Issue, MAX_ALUMNOS_POR_ENVIO } from '@puente-sic/protocol';
import type { CourseTree, Place } from '@puente-sic/sources';
import { recordKey } from '../ledger/aceptados.ts';
import type { CourseKey } from '../ledger/tables.ts';
import type { Filters, Modo, PoliticaDescenso } from '../request.ts';
import { type BodyRules, cursoOf } from './body.ts';
import { type Candidate, candidatesOf, isAlumno, placed, withModulos } from './candidates.ts';
import { holdDescents } from './descenso.ts';
import { type Held, holdByRules, holdBySource, warningsOf } from './hold.ts';
import { type Arrived, type Known, notArrived, onlyChanged, onlyFailed } from './select.ts';

export interface PlanRules extends BodyRules {
  rutOtec: string;
  descenso: PoliticaDescenso;
  modo: Modo;
  filters: Filters;
  /** What the Gestor has already of this night. */
  arrived: Arrived | null;
}

/** One call to make. */
export interface PlannedPart {
  curso: Curso;
  /** Student × module records in it. */
  records: number;
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
  /** What the source has now, by {@link recordKey}, and its students; of those that the filters let through. */
  source: { records: ReadonlySet<string>; students: ReadonlySet<string> };
}

/** Course tree → bodies: normalised, checked against all that is known, at most 200 students each. Order is stable. */
export function planCourse(tree: CourseTree, rules: PlanRules, known: Known): PlannedCourse {
  const { rutOtec } = rules;
  const curso = cursoOf(tree, rules);
  const everybody = candidatesOf(tree, rules);
  const { alumno } = rules.filters;
  const wanted =
    alumno === undefined ? everybody : everybody.filter(({ student }) => isAlumno(alumno)(student));

  const bySource = holdBySource(wanted);
  const byRules = holdByRules(rutOtec, curso, bySource.passed);
  const byLedger = holdDescents(byRules.passed, known.aceptados, rules.descenso);
  const held = [...bySource.held, ...byRules.held, ...byLedger.held];

  let chosen = byLedger.passed;
  if (rules.arrived !== null) chosen = notArrived(chosen, rules.arrived);
  if (rules.modo === 'cambios') chosen = onlyChanged(chosen, known);
  if (rules.filters.soloErrores) chosen = onlyFailed(chosen, everybody, known);

  return {
    rutOtec,
    codigoOferta: String(tree.codigoOferta),
    codigoGrupo: String(tree.codigoGrupo),
    titulo: tree.title,
    parts: partsOf(chosen, (part) => {
      const listaAlumnos = part.map((candidate) => asAlumno(candidate));
      return {
        curso: { ...asCurso(curso), listaAlumnos },
        records: listaAlumnos.reduce((sum, { listaModulos }) => sum + listaModulos.length, 0),
        held: [],
        placeOf: (rut, codigoModulo) => placeOf(part, rut, codigoModulo),
        warnings: [
          ...warningsOf(rutOtec, curso, part),
          ...byLedger.told.flatMap((issue) => found(issue, listaAlumnos)),
          ...part.flatMap((candidate) => candidate.student.findings.map((issue) => placed(issue, candidate))),
        ],
      };
    }).map((part, at, parts) => ({ ...part, held: heldOfPart(held, parts, at) })),
    held,
    findings: tree.findings,
    source: {
      records: new Set(
        wanted.flatMap(({ rut, modulos }) => modulos.map(({ codigoModulo }) => recordKey(rut, codigoModulo))),
      ),
      students: new Set(wanted.map(({ rut }) => rut)),
    },
  };
}

function partsOf(candidates: readonly Candidate[], make: (part: Candidate[]) => PlannedPart): PlannedPart[] {
  const count = Math.ceil(candidates.length / MAX_ALUMNOS_POR_ENVIO);
  return Array.from({ length: count }, (_, at) =>
    make(candidates.slice(at * MAX_ALUMNOS_POR_ENVIO, (at + 1) * MAX_ALUMNOS_POR_ENVIO)),
  );
}

/** A held module is told with the part that its student goes in; who goes in none, with the first. */
function heldOfPart(held: readonly Held[], parts: readonly PlannedPart[], at: number): Held[] {
  const partOf = new Map<string, number>(
    parts.flatMap(({ curso }, index) =>
      curso.listaAlumnos.map((alumno) => [`${alumno.rutAlumno}-${alumno.dvAlumno}`, index] as const),
    ),
  );
  return held.filter(({ issue }) => (partOf.get(issue.rut ?? '') ?? 0) === at);
}

/** Gives a finding about a record its path in the body that goes. */
function found(issue: Issue, listaAlumnos: readonly Alumno[]): Issue[] {
  const alumno = listaAlumnos.findIndex((item) => `${item.rutAlumno}-${item.dvAlumno}` === issue.rut);
  const modulo = listaAlumnos[alumno]?.listaModulos.findIndex(
    ({ codigoModulo }) => codigoModulo === issue.codigoModulo,
  );
  if (modulo === undefined || modulo < 0) return [];
  return [{ ...issue, path: `listaAlumnos[${alumno}].listaModulos[${modulo}].${issue.path}` }];
}

function placeOf(part: readonly Candidate[], rut: string, codigoModulo: string | null): Place | undefined {
  const candidate = part.find((item) => item.rut === rut);
  const modulo = candidate?.modulos.find((item) => item.codigoModulo === codigoModulo);
  return modulo?.place ?? candidate?.student.place;
}

/** Preflight found nothing against it, which is what makes a draft an Alumno. */
function asAlumno(candidate: Candidate): Alumno {
  return withModulos(candidate, candidate.modulos) as Alumno;
}

function asCurso(curso: ReturnType<typeof cursoOf>): Omit<Curso, 'listaAlumnos'> {
  return curso as Omit<Curso, 'listaAlumnos'>;
}
