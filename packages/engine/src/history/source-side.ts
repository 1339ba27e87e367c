import { setImmediate } from 'node:timers/promises';
import { type Issue, readRut } from '@puente-sic/protocol';
import { recordKey } from '../ledger/aceptados.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { type Candidate, turnIn } from '../plan/candidates.ts';
import type { Assigned } from '../plan/gather.ts';
import { courseKeyOf, judgeAssigned } from '../plan/plan.ts';
import { type Said, saidOfSource, UNTOLD } from '../plan/said.ts';
import type { PlanRequest } from '../request.ts';
import { SIN_GRUPO } from './accepted.ts';

/** One record of a source. */
export interface SourceRecord extends CourseKey {
  rut: string;
  codigoModulo: string;
  idProceso: null;
  said: Said;
}

/** Why a record does not go. */
export type Reason = Pick<Issue, 'message' | 'fix'>;
type HeldReason = Reason & Pick<Issue, 'rut' | 'codigoModulo'>;

/** What the sources have now, whether it would go, and of which records they can be asked at all. */
export interface SourceSide {
  records: SourceRecord[];
  /** Null: nothing keeps it from being sent. */
  heldOf(record: Where): Reason | null;
  /** Courses that the sources were not asked for, or could not give, are not said to have left the LMS. */
  isInScope(record: Where): boolean;
}

type Where = CourseKey & { rut: string; codigoModulo: string };

/** Judges each course as a send would, without choosing anything of it. */
export async function sourceSide(
  courses: readonly Assigned[],
  request: Pick<PlanRequest, 'ledger' | 'version' | 'at' | 'filters'>,
): Promise<SourceSide> {
  const records: SourceRecord[] = [];
  const holding = new Map<string, (record: Where) => Reason | null>();
  for (const assigned of courses) {
    const course = courseKeyOf(assigned);
    const judged = await judgeAssigned(assigned, request);
    await turnIn(assigned.tree);
    const all = [...judged.leftOut, ...judged.wanted];
    const reasons = [...judged.leftOut.flatMap(decisionsOf), ...judged.held.map(({ issue }) => issue)];
    const known = all.flatMap((candidate) => recordsOf(course, candidate));
    records.push(...known, ...onlyHeld(course, known, reasons));
    holding.set(courseText(course), heldBy(known, judged.passed, reasons));
    // A provider has a hundred of them, and a process that compares may be sending.
    await setImmediate();
  }
  return {
    records,
    heldOf: (record) => holding.get(courseText(record))?.(record) ?? null,
    isInScope: inScope(courses, request),
  };
}

function recordsOf(course: CourseKey, { rut, alumno, modulos }: Candidate): SourceRecord[] {
  return modulos.map(({ codigoModulo, modulo }) => ({
    ...{ ...course, rut, codigoModulo, idProceso: null },
    said: saidOfSource(alumno, modulo),
  }));
}

function decisionsOf({ rut, modulos }: Candidate): HeldReason[] {
  return modulos.map(({ codigoModulo }) => ({ ...LEFT_OUT, rut, codigoModulo }));
}

/** Records that the source could not read so far as to give them: only what is said against them is known. */
function onlyHeld(
  course: CourseKey,
  known: readonly SourceRecord[],
  reasons: readonly HeldReason[],
): SourceRecord[] {
  const students = new Set(known.map(({ rut }) => rut));
  const keys = new Set(known.map(keyOf));
  const more = reasons.flatMap(({ rut, codigoModulo = '' }): SourceRecord[] => {
    if (rut === undefined || (codigoModulo === '' && students.has(rut))) return [];
    return keys.has(keyOf({ rut, codigoModulo })) ? [] : [{ ...course, rut, codigoModulo, ...NOTHING }];
  });
  return [...new Map(more.map((record) => [keyOf(record), record])).values()];
}

/** By record, else by student, else by the course as a whole. */
function heldBy(
  known: readonly SourceRecord[],
  passed: readonly Candidate[],
  held: readonly HeldReason[],
): (record: Where) => Reason | null {
  const going = new Set(
    passed.flatMap(({ rut, modulos }) => modulos.map(({ codigoModulo }) => keyOf({ rut, codigoModulo }))),
  );
  const given = new Set(known.map(keyOf));
  const reasons = new Map<string, Reason>();
  for (const reason of held) {
    const { rut, codigoModulo = '' } = reason;
    const key = rut === undefined ? '' : keyOf({ rut, codigoModulo });
    if (!reasons.has(key)) reasons.set(key, reason);
  }
  return (record) => {
    const key = keyOf(record);
    if (going.has(key)) return null;
    const own = reasons.get(key) ?? reasons.get(keyOf({ rut: record.rut, codigoModulo: '' }));
    return own ?? (given.has(key) ? (reasons.get('') ?? null) : null);
  };
}

function keyOf({ rut, codigoModulo }: { rut: string; codigoModulo: string }): string {
  return recordKey(rut, codigoModulo);
}

function inScope(
  courses: readonly Assigned[],
  { filters }: Pick<PlanRequest, 'filters'>,
): SourceSide['isInScope'] {
  const keys = courses.map((assigned) => courseKeyOf(assigned));
  // What is known without its group is in scope with any group of its oferta.
  const read = new Set([...keys, ...keys.map((key) => ({ ...key, codigoGrupo: SIN_GRUPO }))].map(courseText));
  const wanted = filters?.alumno;
  const numbers = new Set([wanted ?? []].flat().map((text) => readRut(text)?.numero));
  const isStudent = ({ rut }: Where) => wanted === undefined || numbers.has(readRut(rut)?.numero);
  return (record) => read.has(courseText(record)) && isStudent(record);
}

function courseText({ codigoOferta, codigoGrupo }: CourseKey): string {
  return JSON.stringify([codigoOferta, codigoGrupo]);
}

const LEFT_OUT: Reason = {
  message: 'Una persona decidió no informarlo.',
  fix: 'Si debe informarse, pida a quien administra el panel que deshaga esa decisión.',
};

const NOTHING = { idProceso: null, said: UNTOLD };
