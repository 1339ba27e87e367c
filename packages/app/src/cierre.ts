import type { CourseKey, Ledger, Minimos, Programa, Ventana } from '@puente-sic/engine';
import { type Actor, deed } from './accounts/deed.ts';
import { Failure } from './failure.ts';

/** What the provider's people say of the end of a course, or of all; each is written down with who said it. */
export async function sayMinimos(
  ledger: Ledger,
  actor: Actor,
  { minimos, ...course }: CourseKey & { minimos: Minimos },
  now: Date,
): Promise<void> {
  const { saveCierre } = await import('@puente-sic/engine');
  const { avance, horas, valor } = minimos;
  await deed(ledger, actor, now, async (inside) => {
    await saveCierre(inside.db, course, { minAvance: avance, minHoras: horas, valor });
    const detalle = `Anotó sus mínimos en ${nameOf(course)}: avance ${avance ?? 'sin mínimo'}, horas ${horas ?? 'sin mínimo'}, valor por alumno ${valor ?? 'sin valor'}.`;
    return { result: undefined, hecho: { accion: 'cierre-minimos', detalle } };
  });
}

/** Days before its end on which a course comes into the list. */
export async function sayDias(
  ledger: Ledger,
  actor: Actor,
  { rutOtec, dias }: { rutOtec: string; dias: number },
  now: Date,
): Promise<void> {
  const { ALL_COURSES, saveCierre } = await import('@puente-sic/engine');
  await deed(ledger, actor, now, async (inside) => {
    await saveCierre(inside.db, { rutOtec, ...ALL_COURSES }, { dias });
    const detalle = `Anotó que los cursos entran a Por cerrar ${dias} días antes de terminar.`;
    return { result: undefined, hecho: { accion: 'cierre-dias', detalle } };
  });
}

/** Of the students of a course, in how many rows of SENCE's list of sessions each stands. Keeps nothing. */
export interface SesionesDeCurso {
  con: { rut: string; nombre: string | null; filas: number }[];
  sin: { rut: string; nombre: string | null }[];
  /** People of the list who are none of the course's. */
  otros: number;
}

/** @throws SourceError for a file that cannot be read. */
export async function sessionsOf(
  students: readonly { rut: string; nombre: string | null }[],
  content: Uint8Array,
  archivo: string,
): Promise<SesionesDeCurso> {
  const { rowsByPerson } = await import('@puente-sic/sources');
  const rows = await rowsByPerson(content, archivo);
  const list = students.map(({ rut, nombre }) => ({ rut, nombre, filas: rows.get(rut) ?? 0 }));
  const con = list.filter(({ filas }) => filas > 0);
  const sin = list.flatMap(({ filas, ...who }) => (filas > 0 ? [] : who));
  return { con, sin, otros: rows.size - con.length };
}

export async function sayPrograma(
  ledger: Ledger,
  actor: Actor,
  { programa, ...course }: CourseKey & { programa: Programa | null },
  now: Date,
): Promise<void> {
  const { saveCierre } = await import('@puente-sic/engine');
  await deed(ledger, actor, now, async (inside) => {
    await saveCierre(inside.db, course, { programa });
    const detalle = `Programa de ${nameOf(course)}: ${programa ?? 'no se sabe'}.`;
    return { result: undefined, hecho: { accion: 'cierre-programa', detalle } };
  });
}

/**
 * A step done, or not done after all.
 * @throws Failure where the steps before it are not done yet: a student's statement needs the provider's.
 */
export async function sayPaso(
  ledger: Ledger,
  actor: Actor,
  { paso, hecho, ventana, ...course }: CourseKey & { paso: string; hecho: boolean; ventana?: Ventana },
  now: Date,
): Promise<void> {
  const { canMark, closing, savePaso } = await import('@puente-sic/engine');
  const { rutOtec, codigoOferta, codigoGrupo } = course;
  await deed(ledger, actor, now, async (inside) => {
    const { cursos, hoy } = await closing(inside, { rutOtec, ...(ventana && { ventana }) }, now);
    const known = cursos.find((one) => one.codigoOferta === codigoOferta && one.codigoGrupo === codigoGrupo);
    if (hecho && !canMark(known?.pasos ?? [], paso, hoy)) throw tooEarly();
    await savePaso(inside.db, { ...course, paso }, hecho ? (actor.quien ?? 'alguien') : null, now);
    const detalle = `${hecho ? 'Marcó hecho' : 'Desmarcó'} el paso «${paso}» de ${nameOf(course)}.`;
    return { result: undefined, hecho: { accion: 'cierre-paso', detalle } };
  });
}

function nameOf({ codigoOferta, codigoGrupo }: CourseKey): string {
  return codigoOferta === '' ? 'todos los cursos' : `${codigoOferta}, grupo ${codigoGrupo}`;
}

function tooEarly(): Failure {
  return new Failure(
    'Ese paso todavía no se puede marcar: falta el anterior, o su fecha no llega.',
    'Marque primero el paso anterior, o espere a esa fecha.',
  );
}
