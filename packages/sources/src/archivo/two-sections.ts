import { type Issue, readRut } from '@puente-sic/protocol';
import type { CourseTree } from '../source.ts';
import { several, warning } from './finding.ts';
import { studentName } from './student.ts';

interface Seen {
  who: string;
  groups: Set<string>;
  places: string[];
}

/**
 * Who has one module in two sections of a course, in whichever tables and files they stand: it is sent in both, as the
 * file says, though people are in one.
 */
export function inTwoSections(courses: readonly CourseTree[]): Issue[] {
  const all = new Map<string, Seen>();
  for (const { codigoOferta, codigoGrupo, students } of courses)
    for (const { alumno, name, held, modulePlaces } of students) {
      const { rutAlumno, dvAlumno } = alumno;
      if (held.length > 0 || readRut(`${rutAlumno}-${dvAlumno}`) === null) continue;
      const rut = studentName({ rutAlumno, dvAlumno });
      for (const [index, { codigoModulo }] of (alumno.listaModulos ?? []).entries()) {
        const key = JSON.stringify([codigoOferta, rut, codigoModulo]);
        const who = `${name === undefined ? rut : `${name} (${rut})`} en ${codigoModulo}`;
        const seen = all.get(key) ?? { who, groups: new Set(), places: [] };
        all.set(key, seen);
        seen.groups.add(codigoGrupo);
        seen.places.push(modulePlaces[index]?.text ?? codigoGrupo);
      }
    }
  const twice = [...all.values()].filter((seen) => seen.groups.size > 1);
  const [first] = twice;
  if (first === undefined) return [];
  return [
    warning({
      message: `${twice.length === 1 ? 'Un alumno tiene' : `${twice.length} veces un alumno tiene`} el mismo módulo en dos secciones del curso, y se envía en ambas: ${several(
        twice.map(({ who, places }) => `${who} (${several(places, 3)})`),
        20,
      )}.`,
      fix: 'Si cambió de sección, borre la fila de la anterior; si está en las dos, no hay nada que hacer.',
      place: several(first.places, 3),
    }),
  ];
}
