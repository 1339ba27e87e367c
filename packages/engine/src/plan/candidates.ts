import { setImmediate } from 'node:timers/promises';
import { type Alumno, type Draft, formatRut, type Issue, positionPath, readRut } from '@puente-sic/protocol';
import type { CourseTree, StudentTree } from '@puente-sic/sources';
import { alumnoOf, type BodyRules, rutOf } from './body.ts';
import { hasherOf, type Registro, type SealedRegistro } from './registro.ts';

/** One student of a course on the way into a body, with the records that are left of it. */
export interface Candidate {
  student: StudentTree;
  /** `11222333-K`; as written where it cannot be read. */
  rut: string;
  /** As it would be sent; its `listaModulos` as the source has it. */
  alumno: Draft<Alumno>;
  modulos: Registro[];
  /** Found when it was judged, of the student alone: worth telling, not held. */
  warnings: readonly Issue[];
}

export interface SealedCandidate extends Candidate {
  modulos: SealedRegistro[];
}

export function candidatesOf(tree: CourseTree, rules: BodyRules): Candidate[] {
  return tree.students.map((student, at) => candidateOf(student, at, rules));
}

/** {@link candidatesOf}; in a course of thousands other work of the process has its turn in between. */
export async function candidatesInTurns(tree: CourseTree, rules: BodyRules): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const [at, student] of tree.students.entries()) {
    if (at > 0 && at % STUDENTS_OF_A_TURN === 0) await setImmediate();
    candidates.push(candidateOf(student, at, rules));
  }
  return candidates;
}

/** Between two steps that take long in a course of thousands: other work of the process has its turn. */
export async function turnIn({ students }: Pick<CourseTree, 'students'>): Promise<void> {
  if (students.length > STUDENTS_OF_A_TURN) await setImmediate();
}

/** Judged in some milliseconds. */
const STUDENTS_OF_A_TURN = 200;

function candidateOf(student: StudentTree, at: number, rules: BodyRules): Candidate {
  const alumno = alumnoOf(student.alumno, rules);
  const modulos = (alumno.listaModulos ?? []).map(
    (modulo, index): Registro => ({
      position: [at, index],
      codigoModulo: typeof modulo.codigoModulo === 'string' ? modulo.codigoModulo : '',
      modulo,
      place: student.modulePlaces[index],
      warnings: [],
    }),
  );
  return { student, rut: nameOfStudent(student.alumno), alumno, modulos, warnings: [] };
}

/** The student with the records that are left, as sent. */
export function withModulos({ alumno }: Candidate, modulos: readonly Registro[]): Draft<Alumno> {
  // A student whose list of modules is no list stays so, for preflight to say.
  return alumno.listaModulos === undefined
    ? alumno
    : { ...alumno, listaModulos: modulos.map(({ modulo }) => modulo) };
}

/** Each record with the hash of what it says; nothing changes it afterwards. */
export function sealed(candidate: Candidate): SealedCandidate {
  const hash = hasherOf(candidate.alumno);
  const modulos = candidate.modulos.map((registro) => ({ ...registro, huella: hash(registro.modulo) }));
  return { ...candidate, modulos };
}

/** Student × module records of a candidate; one without modules counts as one, so that it never vanishes. */
export function recordsOfCandidate({ modulos }: Candidate): number {
  return Math.max(1, modulos.length);
}

/** Where in the provider's own data a finding about this student stands. */
export function placed(issue: Issue, candidate: Candidate, registro?: Registro): Issue {
  const place = registro?.place ?? candidate.student.place;
  const field = /([A-Za-z]+)$/.exec(issue.path)?.[1];
  const column = field === undefined ? undefined : place?.columns?.[field];
  const text = place && (column === undefined ? place.text : `${place.text}, columna ${column}`);
  return {
    ...issue,
    rut: candidate.rut,
    ...(registro && { codigoModulo: issue.codigoModulo ?? registro.codigoModulo }),
    ...(issue.place === undefined && text !== undefined && { place: text }),
    ...(issue.placeUrl === undefined && place?.url !== undefined && { placeUrl: place.url }),
  };
}

/** A finding about a part of a body with the path that this part has in the body that goes. */
export function movedTo(issue: Issue, position: NonNullable<Issue['position']>): Issue {
  const { position: judged, path } = issue;
  const rest = judged === undefined ? `.${path}` : path.slice(positionPath(judged).length);
  return { ...issue, position, path: `${positionPath(position)}${rest}` };
}

/**
 * Whether a student is one of those whose RUT a person typed; by its body, since the check digit may be what is wrong.
 * One that is no RUT is known by how it is written.
 */
export function isAlumno(typed: string | readonly string[]): (student: StudentTree) => boolean {
  const texts = new Set(typeof typed === 'string' ? [typed] : typed);
  const numbers = new Set([...texts].map((text) => readRut(text)?.numero));
  return ({ alumno }) => {
    const rut = rutOf(alumno);
    return rut ? numbers.has(rut.numero) : texts.has(nameOfStudent(alumno));
  };
}

/** `11222333-K`; as written where it cannot be read, and blank where nothing is. */
export function nameOfStudent(alumno: Draft<Alumno>): string {
  const rut = rutOf(alumno);
  if (rut) return formatRut(rut);
  return [alumno.rutAlumno, alumno.dvAlumno].filter((part) => (part ?? '') !== '').join('-');
}
