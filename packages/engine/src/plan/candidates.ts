import { type Alumno, type Draft, formatRut, type Issue, type Modulo, readRut } from '@puente-sic/protocol';
import type { CourseTree, Place, StudentTree } from '@puente-sic/sources';
import { alumnoOf, type BodyRules, rutOf } from './body.ts';

/** One student of a course on the way into a body. */
export interface Candidate {
  student: StudentTree;
  /** `11222333-K`; as written where it cannot be read. */
  rut: string;
  /** As it would be sent. */
  alumno: Draft<Alumno>;
  modulos: CandidateModulo[];
}

export interface CandidateModulo {
  codigoModulo: string;
  modulo: Draft<Modulo>;
  place: Place | undefined;
}

export function candidatesOf(tree: CourseTree, rules: BodyRules): Candidate[] {
  return tree.students.map((student) => {
    const alumno = alumnoOf(student.alumno, rules);
    const modulos = (alumno.listaModulos ?? []).map((modulo, index) => ({
      codigoModulo: typeof modulo.codigoModulo === 'string' ? modulo.codigoModulo : '',
      modulo,
      place: student.modulePlaces[index],
    }));
    return { student, rut: nameOf(student.alumno), alumno, modulos };
  });
}

/** The student with these modules only, as sent. */
export function withModulos({ alumno }: Candidate, modulos: readonly CandidateModulo[]): Draft<Alumno> {
  // A student whose list of modules is no list stays so, for preflight to say.
  return alumno.listaModulos === undefined
    ? alumno
    : { ...alumno, listaModulos: modulos.map(({ modulo }) => modulo) };
}

/** Student × module records of a candidate; one without modules counts as one, so that it never vanishes. */
export function recordsOfCandidate({ modulos }: Candidate): number {
  return Math.max(1, modulos.length);
}

/** Where in the provider's own data a finding about this student stands. */
export function placed(issue: Issue, candidate: Candidate, modulo?: CandidateModulo): Issue {
  const place = modulo?.place ?? candidate.student.place;
  const field = /([A-Za-z]+)$/.exec(issue.path)?.[1];
  const column = field === undefined ? undefined : place?.columns?.[field];
  const text = place && (column === undefined ? place.text : `${place.text}, columna ${column}`);
  return {
    ...issue,
    rut: candidate.rut,
    ...(modulo && { codigoModulo: issue.codigoModulo ?? modulo.codigoModulo }),
    ...(issue.place === undefined && text !== undefined && { place: text }),
    ...(issue.placeUrl === undefined && place?.url !== undefined && { placeUrl: place.url }),
  };
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
    return rut ? numbers.has(rut.numero) : texts.has(nameOf(alumno));
  };
}

function nameOf(alumno: Draft<Alumno>): string {
  const rut = rutOf(alumno);
  if (rut) return formatRut(rut);
  return [alumno.rutAlumno, alumno.dvAlumno].filter((part) => part !== undefined && part !== '').join('-');
}
