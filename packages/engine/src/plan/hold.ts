import { type Curso, type Draft, ID_SISTEMA, type Issue, validateEnvio } from '@puente-sic/protocol';
import {
  type Candidate,
  type CandidateModulo,
  placed,
  recordsOfCandidate,
  withModulos,
} from './candidates.ts';

/** Something left out, and how many student × module records that costs (0 where another issue counts them). */
export interface Held {
  issue: Issue;
  records: number;
}

export interface Sifted {
  passed: Candidate[];
  held: Held[];
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

/**
 * Leaves out what the service would refuse, by all that can be known offline. A problem of the call as a whole leaves
 * out the whole course.
 */
export function holdByRules(
  rutOtec: string,
  curso: Omit<Draft<Curso>, 'listaAlumnos'>,
  candidates: readonly Candidate[],
): Sifted {
  if (candidates.length === 0) return { passed: [], held: [] };
  const errors = check(rutOtec, curso, candidates).filter(({ severity }) => severity === 'error');
  const ofCall = errors.filter(({ scope }) => scope === 'call');
  if (ofCall.length > 0) {
    const records = candidates.reduce((sum, candidate) => sum + recordsOfCandidate(candidate), 0);
    return { passed: [], held: ofCall.map((issue, at) => ({ issue, records: at === 0 ? records : 0 })) };
  }

  const byStudent = new Map<number, Issue[]>();
  for (const issue of errors) {
    const { alumno } = positionOf(issue.path);
    if (alumno === null)
      throw new Error(`A finding about a student has no student in its path: ${issue.path}`);
    byStudent.set(alumno, [...(byStudent.get(alumno) ?? []), issue]);
  }
  const held: Held[] = [];
  const passed = candidates.flatMap((candidate, index) => {
    const sifted = siftStudent(candidate, byStudent.get(index) ?? []);
    held.push(...sifted.held);
    return sifted.passed;
  });
  return { passed, held };
}

/** What is worth telling of a body that goes. */
export function warningsOf(
  rutOtec: string,
  curso: Omit<Draft<Curso>, 'listaAlumnos'>,
  candidates: readonly Candidate[],
): Issue[] {
  return check(rutOtec, curso, candidates)
    .filter(({ severity }) => severity === 'warning')
    .map((issue) => {
      const { alumno, modulo } = positionOf(issue.path);
      const candidate = alumno === null ? undefined : candidates[alumno];
      return candidate
        ? placed(issue, candidate, modulo === null ? undefined : candidate.modulos[modulo])
        : issue;
    });
}

function siftStudent(candidate: Candidate, errors: readonly Issue[]): Sifted {
  if (errors.length === 0) return { passed: [candidate], held: [] };
  const ofStudent = errors.filter(({ scope }) => scope === 'alumno');
  const ofModules = errors.filter(({ scope }) => scope === 'modulo');
  if (ofStudent.length > 0) {
    const all = [...ofStudent, ...ofModules].map((issue) => placeOf(issue, candidate));
    return { passed: [], held: countedOnce(all, candidate, recordsOfCandidate(candidate)) };
  }
  const wrong = new Set(ofModules.map(({ path }) => positionOf(path).modulo));
  const modulos = candidate.modulos.filter((_, index) => !wrong.has(index));
  const held = [...wrong].flatMap((modulo) => {
    const issues = ofModules.filter(({ path }) => positionOf(path).modulo === modulo);
    return countedOnce(
      issues.map((issue) => placeOf(issue, candidate)),
      candidate,
      1,
    );
  });
  return { passed: modulos.length === 0 ? [] : [{ ...candidate, modulos }], held };
}

/** Several findings about the same records: the first one counts them. */
function countedOnce(issues: readonly Issue[], candidate: Candidate, records: number): Held[] {
  return issues.map((issue, at) => ({ issue: placed(issue, candidate), records: at === 0 ? records : 0 }));
}

function placeOf(issue: Issue, candidate: Candidate): Issue {
  const { modulo } = positionOf(issue.path);
  const found: CandidateModulo | undefined = modulo === null ? undefined : candidate.modulos[modulo];
  return placed(issue, candidate, found);
}

/** The body's own findings; who sends it is judged when the settings are read. */
function check(
  rutOtec: string,
  curso: Omit<Draft<Curso>, 'listaAlumnos'>,
  candidates: readonly Candidate[],
): Issue[] {
  const listaAlumnos = candidates.map((candidate) => withModulos(candidate, candidate.modulos));
  const body = { rutOtec, idSistema: ID_SISTEMA, token: ANY_TOKEN, ...curso, listaAlumnos };
  return validateEnvio(body).filter(({ path }) => !['rutOtec', 'idSistema', 'token'].includes(path));
}

/** Index of the student and of the module that a path leads through. */
function positionOf(path: string): { alumno: number | null; modulo: number | null } {
  const match = /^listaAlumnos\[(\d+)\](?:\.listaModulos\[(\d+)\])?/.exec(path);
  return {
    alumno: match?.[1] === undefined ? null : Number(match[1]),
    modulo: match?.[2] === undefined ? null : Number(match[2]),
  };
}

/** Stands in for the provider's, which preflight need not see. */
const ANY_TOKEN = '00000000-0000-0000-0000-000000000000';
