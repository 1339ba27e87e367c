import {
  type Curso,
  type Draft,
  ID_SISTEMA,
  type Issue,
  santiagoDate,
  validateEnvio,
} from '@puente-sic/protocol';
import type { ErasedAt } from '../privacy/erasures.ts';
import { type Candidate, placed, recordsOfCandidate, withModulos } from './candidates.ts';

/** Something left out, and how many student × module records that costs (0 where another issue counts them). */
export interface Held {
  issue: Issue;
  records: number;
  /** Told and not written into the ledger: who was erased would stand in it again. */
  untracked?: true;
}

export interface Sifted {
  passed: Candidate[];
  held: Held[];
}

/** Leaves out who asked to be erased, until somebody decides that the person is reported all the same. */
export function holdErased(candidates: readonly Candidate[], erasedAt: ErasedAt): Sifted {
  const held: Held[] = [];
  const passed = candidates.filter((candidate) => {
    const asked = erasedAt(candidate.rut);
    if (asked === null) return true;
    const issue = placed(erased(asked, candidate.rut), candidate);
    held.push({ issue, records: recordsOfCandidate(candidate), untracked: true });
    return false;
  });
  return { passed, held };
}

function erased(asked: Date, rut: string): Issue {
  const day = santiagoDate(asked).split('-').reverse().join('-');
  return {
    ...{ code: null, severity: 'error', scope: 'alumno', path: 'rutAlumno' },
    message: `El ${day} se borraron los datos de esta persona («puente persona borrar») y la fuente todavía la tiene: no se envía.`,
    fix: `Si ya no se informa, sáquela de la fuente. Si debe seguir informándose (SENCE y el pago del curso lo necesitan), ejecute «puente persona informar ${rut} --motivo "…"».`,
  };
}

/** Leaves out what the source itself cannot vouch for. */
export function holdBySource(candidates: readonly Candidate[]): Sifted {
  const held: Held[] = [];
  const passed = candidates.filter((candidate) => {
    const { student } = candidate;
    for (const issue of student.heldModules ?? []) held.push({ issue: placed(issue, candidate), records: 1 });
    held.push(...countedOnce(student.held, candidate, recordsOfCandidate(candidate)));
    // Of whom only held modules are left, everything has been told: an empty list of modules would be told as well.
    const nothingLeft = (student.heldModules?.length ?? 0) > 0 && candidate.modulos.length === 0;
    return student.held.length === 0 && !nothingLeft;
  });
  return { passed, held };
}

export interface Judged extends Sifted {
  /** Of the call as a whole, worth telling. */
  warnings: Issue[];
}

/**
 * Judges a course's students once, by all that can be known offline: leaves out what the service would refuse, and
 * gives the rest what is worth telling of it. A problem of the call as a whole leaves out the whole course.
 */
export function holdByRules(
  rutOtec: string,
  curso: Omit<Draft<Curso>, 'listaAlumnos'>,
  candidates: readonly Candidate[],
): Judged {
  if (candidates.length === 0) return { passed: [], held: [], warnings: [] };
  const issues = check(rutOtec, curso, candidates);
  const ofCall = issues.filter(({ position }) => position === undefined);
  const errors = ofCall.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const records = candidates.reduce((sum, candidate) => sum + recordsOfCandidate(candidate), 0);
    const held = errors.map((issue, at) => ({ issue, records: at === 0 ? records : 0 }));
    return { passed: [], held, warnings: [] };
  }

  const byStudent = new Map<number, Issue[]>();
  for (const issue of issues) {
    if (issue.position === undefined) continue;
    const [alumno] = issue.position;
    const own = byStudent.get(alumno);
    if (own === undefined) byStudent.set(alumno, [issue]);
    else own.push(issue);
  }
  const held: Held[] = [];
  const passed = candidates.flatMap((candidate, index) => {
    const sifted = siftStudent(candidate, byStudent.get(index) ?? []);
    held.push(...sifted.held);
    return sifted.passed;
  });
  return { passed, held, warnings: ofCall };
}

function siftStudent(candidate: Candidate, issues: readonly Issue[]): Sifted {
  if (issues.length === 0) return { passed: [candidate], held: [] };
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.some(({ scope }) => scope === 'alumno')) {
    const all = [...errors].sort((one, other) => Number(isOfModule(one)) - Number(isOfModule(other)));
    return {
      passed: [],
      held: countedOnce(
        all.map((issue) => ownPlace(issue, candidate)),
        candidate,
        recordsOfCandidate(candidate),
      ),
    };
  }
  const ofModule = (index: number) => issues.filter(({ position }) => position?.[1] === index);
  const held: Held[] = [];
  const modulos = candidate.modulos.flatMap((registro, index) => {
    const own = ofModule(index).map((issue) => ownPlace(issue, candidate));
    const wrong = own.filter(({ severity }) => severity === 'error');
    if (wrong.length > 0) {
      held.push(...countedOnce(wrong, candidate, 1));
      return [];
    }
    return [{ ...registro, warnings: own }];
  });
  const warnings = issues.filter((issue) => !isOfModule(issue)).map((issue) => ownPlace(issue, candidate));
  return { passed: modulos.length === 0 ? [] : [{ ...candidate, modulos, warnings }], held };
}

/** Several findings about the same records: the first one counts them. */
function countedOnce(issues: readonly Issue[], candidate: Candidate, records: number): Held[] {
  return issues.map((issue, at) => ({ issue: placed(issue, candidate), records: at === 0 ? records : 0 }));
}

function isOfModule({ position }: Issue): boolean {
  return position?.[1] !== undefined;
}

function ownPlace(issue: Issue, candidate: Candidate): Issue {
  const modulo = issue.position?.[1];
  return placed(issue, candidate, modulo === undefined ? undefined : candidate.modulos[modulo]);
}

/** The body's own findings; who sends it is judged when the settings are read, and the parts are made later. */
function check(
  rutOtec: string,
  curso: Omit<Draft<Curso>, 'listaAlumnos'>,
  candidates: readonly Candidate[],
): Issue[] {
  const listaAlumnos = candidates.map((candidate) => withModulos(candidate, candidate.modulos));
  const body = { rutOtec, idSistema: ID_SISTEMA, token: ANY_TOKEN, ...curso, listaAlumnos };
  return validateEnvio(body).filter(({ path }) => !NOT_OURS.has(path));
}

/** Of a body as long as a course only its length can be told of the list itself. */
const NOT_OURS = new Set(['rutOtec', 'idSistema', 'token', 'listaAlumnos']);

/** Stands in for the provider's, which preflight need not see. */
const ANY_TOKEN = '00000000-0000-0000-0000-000000000000';
