import { checkDigit, formatRut, readingOfRut } from '@puente-sic/protocol';
import type { CourseTree, StudentTree } from '@puente-sic/sources';
import type { Dicho } from '../ledger/dichos.ts';
import { nameOfStudent } from '../plan/candidates.ts';
import type { ErasedAt } from '../privacy/erasures.ts';
import { rutOf } from './absent.ts';

/**
 * A course without who was erased, so that a reading writes nothing down of them again, and what is to be told of it:
 * names nobody, the preview shows the row.
 */
export function withoutErased(tree: CourseTree, erasedAt: ErasedAt): { here: CourseTree; told: Dicho[] } {
  if (!erasedAt.some) return { here: tree, told: [] };
  const isErased = (rut: string | null | undefined) => typeof rut === 'string' && erasedAt(rut) !== null;
  const students = tree.students.filter((student) => !isErased(likelyRut(student)));
  const findings = tree.findings.filter(({ rut }) => !isErased(rut));
  return { here: { ...tree, students, findings }, told: told(tree.students.length - students.length) };
}

/** Nothing is sent by it: a number without its check digit is whose it may be. */
function likelyRut(student: StudentTree): string | null {
  const reading = readingOfRut(nameOfStudent(student.alumno));
  const numero = reading.kind === 'noDv' || reading.kind === 'either' ? reading.numero : null;
  return rutOf(student) ?? (numero === null ? null : formatRut({ numero, dv: checkDigit(numero) }));
}

function told(count: number): Dicho[] {
  if (count === 0) return [];
  const mensaje =
    count === 1
      ? 'Una persona cuyos datos se borraron sigue en la fuente: no se informa.'
      : `${count} personas cuyos datos se borraron siguen en la fuente: no se informan.`;
  return [{ causa: 'hallazgo', gravedad: 'amarillo', mensaje, queHacer: FIX }];
}

const FIX =
  'Sáquela de la fuente o, si debe seguir informándose, ejecute «puente persona informar». «puente previsualizar» muestra en qué fila está.';
