import type { RecordResult, UnattributedReason } from './answer.ts';
import { type Complaint, IDENTITY_CODES, readComplaint } from './complaint.ts';
import { dayOf, isFecha } from './dates.ts';
import { readFigure } from './figures.ts';
import { isJsonObject, type JsonObject, own, ownList, readCode } from './json.ts';
import type { Reason } from './reason.ts';
import type { WireRecord } from './records.ts';

interface Slot extends WireRecord {
  /** The answer names it among what was received. */
  listed: boolean;
  /** Errors that are certainly its own. */
  errors: Reason[];
  /** Errors that may be its own. */
  doubts: Reason[];
}

/**
 * Gives each record sent what the answer says of it. Where a student or a module was sent twice, the values that the
 * answer echoes tell which of them is meant; where they do not tell, the fate stays unknown. An error outweighs an echo.
 */
export function attribute(
  sent: readonly WireRecord[],
  accepted: readonly WireRecord[],
  errors: readonly unknown[],
): { records: RecordResult[]; unattributed: UnattributedReason[] } {
  const slots = sent.map((record): Slot => ({ ...record, listed: false, errors: [], doubts: [] }));
  const students = indexStudents(slots);
  const complaints = errors.map(readComplaint);
  const unattributed = list(accepted, students, complaints.length === 0);
  for (const complaint of complaints) {
    if (!complain(complaint, slots, students)) {
      const { reason, rut, codigoModulo } = complaint;
      unattributed.push({ ...reason, rut, codigoModulo });
    }
  }
  return { records: slots.map((slot) => conclude(slot, students.find(slot.rut))), unattributed };
}

function conclude(slot: Slot, ofStudent: readonly Slot[]): RecordResult {
  const { rut, codigoModulo, path, listed, errors, doubts } = slot;
  const result = { rut, codigoModulo, path };
  const twin = ofStudent.some((other) => other !== slot && other.codigoModulo === codigoModulo);
  if (errors.length > 0 && !(listed && twin)) return { ...result, fate: 'rejected', reasons: errors };
  if (listed && errors.length === 0 && doubts.length === 0)
    return { ...result, fate: 'accepted', reasons: [] };
  return { ...result, fate: 'unknown', reasons: distinct([...errors, ...doubts]) };
}

/** Marks what the answer says was received. Returns what it says was received and was never sent. */
function list(
  accepted: readonly WireRecord[],
  students: Students,
  withoutErrors: boolean,
): UnattributedReason[] {
  const unattributed: UnattributedReason[] = [];
  const unclear = new Map<Slot, { slots: Slot[]; echoes: WireRecord[] }>();
  for (const echo of accepted) {
    const slots = students.find(echo.rut).filter(({ codigoModulo }) => codigoModulo === echo.codigoModulo);
    const [first] = slots;
    if (!first) {
      unattributed.push(surplus(echo, 'no estaba en este envío'));
      continue;
    }
    const same = slots.length === 1 ? slots : slots.filter((slot) => sameRecord(slot, echo));
    const slot = alike(same) ? same.find(({ listed }) => !listed) : undefined;
    if (slot) slot.listed = true;
    else if (slots.length > 1) {
      const group = unclear.get(first) ?? { slots, echoes: [] };
      unclear.set(first, group);
      group.echoes.push(echo);
    }
  }
  for (const { slots, echoes } of unclear.values()) {
    const open = slots.filter(({ listed }) => !listed);
    if (withoutErrors && echoes.length >= open.length) for (const slot of open) slot.listed = true;
    else
      unattributed.push(
        ...echoes.map((echo) => surplus(echo, 'iba repetido y no se sabe a cuál se refiere')),
      );
  }
  return unattributed;
}

/** Puts an error on the records that it is about; false when it belongs to none of them. */
function complain(complaint: Complaint, slots: readonly Slot[], students: Students): boolean {
  const { reason, scope, rut } = complaint;
  if (rut === null) return scope === 'call' && blame(slots, reason);
  const { candidates, certain } = candidatesOf(complaint, students.find(rut));
  const open = candidates.filter(({ listed }) => !listed);
  if (certain) return blame(scope === null && open.length > 0 ? open : candidates, reason);
  // All the others went in: it can only be the one that is left.
  if (open.length === 1) return blame(open, reason);
  for (const slot of open.length > 0 ? open : candidates) slot.doubts.push(reason);
  return candidates.length > 0;
}

function blame(slots: readonly Slot[], reason: Reason): boolean {
  for (const slot of slots) slot.errors = distinct([...slot.errors, reason]);
  return slots.length > 0;
}

/** The records of a student that an error may be about, and whether it is certainly about each of them. */
function candidatesOf(
  { reason, scope, codigoModulo, alumno }: Complaint,
  ofStudent: readonly Slot[],
): { candidates: readonly Slot[]; certain: boolean } {
  const byIdentity = IDENTITY_CODES.includes(reason.code);
  let candidates = ofStudent;
  if (codigoModulo !== null) {
    candidates = candidates.filter((slot) => slot.codigoModulo === codigoModulo);
  }
  if (byIdentity && scope === 'alumno') return { candidates, certain: true };
  if (byIdentity && codigoModulo !== null) return { candidates, certain: true };

  if (alumno && new Set(candidates.map((slot) => slot.alumno)).size > 1) {
    const same = candidates.filter((slot) => sameScalars(slot.alumno, alumno));
    const first = same[0]?.alumno;
    if (!first || !same.every((slot) => sameScalars(slot.alumno, first)))
      return { candidates, certain: false };
    candidates = same;
  }
  if (scope === null) return { candidates, certain: alumno !== null };
  if (scope !== 'modulo' || candidates.length <= 1) return { candidates, certain: candidates.length > 0 };
  if (codigoModulo === null) return moduleOfEcho(candidates, alumno);

  const echoes = (ownList(alumno, 'listaModulos') ?? []).filter(
    (modulo): modulo is JsonObject =>
      isJsonObject(modulo) && readCode(own(modulo, 'codigoModulo')) === codigoModulo,
  );
  const same = candidates.filter((slot) => echoes.some((echo) => sameScalars(slot.modulo, echo)));
  return alike(same) ? { candidates: same, certain: true } : { candidates, certain: alike(candidates) };
}

/** An error of a module that does not say which: the student's echo may hold that module alone. */
function moduleOfEcho(candidates: readonly Slot[], alumno: JsonObject | null) {
  const echoed = ownList(alumno, 'listaModulos') ?? [];
  const same = candidates.filter(
    ({ codigoModulo }) => codigoModulo === (readCode(own(echoed[0], 'codigoModulo')) ?? ''),
  );
  return echoed.length === 1 && same.length === 1
    ? { candidates: same, certain: true }
    : { candidates, certain: false };
}

interface Students {
  find(rut: string): readonly Slot[];
}

function indexStudents(slots: readonly Slot[]): Students {
  const byRut = new Map<string, Slot[]>();
  const rutsByNumber = new Map<string, Set<string>>();
  for (const slot of slots) {
    push(byRut, slot.rut, slot);
    const number = slot.rut.replace(/-[^-]*$/, '');
    rutsByNumber.set(number, (rutsByNumber.get(number) ?? new Set()).add(slot.rut));
  }
  return {
    find(rut) {
      // An echo without its check digit still names somebody, if only one student has that number.
      const [only, ...others] = byRut.has(rut) ? [rut] : (rutsByNumber.get(rut) ?? []);
      return (only !== undefined && others.length === 0 && byRut.get(only)) || [];
    },
  };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Whether records differ in nothing, so that what holds for one holds for all. False for none. */
function alike(slots: readonly Slot[]): boolean {
  const [first] = slots;
  return first !== undefined && slots.every((slot) => sameRecord(slot, first));
}

function sameRecord(slot: WireRecord, other: WireRecord): boolean {
  return sameScalars(slot.alumno, other.alumno) && sameScalars(slot.modulo, other.modulo);
}

/** Whether two objects agree in every plain value that both have; an echo may add fields and write numbers as text. */
function sameScalars(one: JsonObject, other: JsonObject): boolean {
  return Object.keys(one).every((key) => {
    const left = own(one, key);
    const right = own(other, key);
    return right === undefined || isObject(left) || isObject(right) || sameValue(left, right, key);
  });
}

function sameValue(left: unknown, right: unknown, key: string): boolean {
  if (left === right) return true;
  if (isFecha(left) && isFecha(right)) return dayOf(left) === dayOf(right);
  if (key === 'dvAlumno') return String(left).toUpperCase() === String(right).toUpperCase();
  const figure = readFigure(left);
  return figure === null ? String(left) === String(right) : figure === readFigure(right);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function distinct(reasons: readonly Reason[]): Reason[] {
  const seen = new Map(
    reasons.map((reason) => [reason.code ?? `${reason.rawCode} ${reason.message}`, reason]),
  );
  return [...seen.values()];
}

function surplus({ rut, codigoModulo }: WireRecord, why: string): UnattributedReason {
  const message = `La respuesta da por recibido al alumno ${rut} en el módulo ${codigoModulo}, que ${why}.`;
  return { code: null, rawCode: null, message, rut, codigoModulo };
}
