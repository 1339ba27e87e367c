import type { RecordResult, UnattributedReason } from './answer.ts';
import { type Complaint, IDENTITY_CODES, readComplaint } from './complaint.ts';
import { isJsonObject, type JsonObject, own, ownList, readCode } from './json.ts';
import type { Reason } from './reason.ts';
import { recordsOf, rutKey, type WireRecord } from './records.ts';
import { alike, echoedBy, modulesOf } from './same.ts';

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
  listaAlumnos: readonly unknown[],
  accepted: readonly WireRecord[],
  errors: readonly unknown[],
): { records: RecordResult[]; unattributed: UnattributedReason[] } {
  const slots = recordsOf(listaAlumnos).map(
    (record): Slot => ({ ...record, listed: false, errors: [], doubts: [] }),
  );
  const students = indexStudents(slots, listaAlumnos.filter(isJsonObject));
  const complaints = errors.map(readComplaint);
  const unattributed = list(accepted, students, complaints.length === 0);
  for (const complaint of complaints) {
    if (!complain(complaint, slots, students)) {
      const { reason, rut, codigoModulo } = complaint;
      unattributed.push({ ...reason, rut, codigoModulo });
    }
  }
  return { records: slots.map((slot) => conclude(slot, students.find(slot.rut).slots)), unattributed };
}

function conclude(slot: Slot, ofStudent: readonly Slot[]): RecordResult {
  const { rut, codigoModulo, position, listed, errors, doubts } = slot;
  const result = { rut, codigoModulo, position };
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
    const slots = students
      .find(echo.rut)
      .slots.filter(({ codigoModulo }) => codigoModulo === echo.codigoModulo);
    const [first] = slots;
    if (!first) {
      unattributed.push(surplus(echo, 'no estaba en este envío'));
      continue;
    }
    const same = slots.length === 1 ? slots : echoedBy(slots, partsOf(echo), partsOf);
    const slot = alike(same, partsOf) ? same.find(({ listed }) => !listed) : undefined;
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
  if (certain)
    return blame(scope === null && open.length > 0 ? open : withoutListedTwins(candidates), reason);
  // All the others went in: it can only be the one that is left.
  if (open.length === 1) return blame(open, reason);
  for (const slot of open.length > 0 ? open : candidates) slot.doubts.push(reason);
  return candidates.length > 0;
}

/** Of equal records those that went in went in first: what is said of them otherwise is about the rest. [A 9] */
function withoutListedTwins(candidates: readonly Slot[]): readonly Slot[] {
  const open = candidates.filter(({ listed }) => !listed);
  return candidates.filter((slot) => !slot.listed || !open.some((other) => alike([slot, other], partsOf)));
}

function blame(slots: readonly Slot[], reason: Reason): boolean {
  for (const slot of slots) slot.errors = distinct([...slot.errors, reason]);
  return slots.length > 0;
}

/** The records of a student that an error may be about, and whether it is certainly about each of them. */
function candidatesOf(
  { reason, scope, codigoModulo, alumno }: Complaint,
  student: Student,
): { candidates: readonly Slot[]; certain: boolean } {
  const byIdentity = IDENTITY_CODES.includes(reason.code);
  let candidates = student.slots;
  if (codigoModulo !== null) {
    candidates = candidates.filter((slot) => slot.codigoModulo === codigoModulo);
  }
  if (byIdentity && (scope === 'alumno' || codigoModulo !== null)) return { candidates, certain: true };

  if (alumno && student.occurrences.length > 1) {
    const meant = occurrencesOf(student, alumno);
    if (!alike(meant, (occurrence) => [occurrence])) return { candidates, certain: false };
    candidates = candidates.filter((slot) => meant.includes(slot.alumno));
  }
  if (scope === null) return { candidates, certain: alumno !== null };
  if (scope !== 'modulo' || candidates.length <= 1) return { candidates, certain: true };
  if (codigoModulo === null) return moduleOfEcho(candidates, alumno, byIdentity);

  const echoes = (ownList(alumno, 'listaModulos') ?? []).filter(isJsonObject);
  const [echo, ...others] = echoes.filter((modulo) => readCode(own(modulo, 'codigoModulo')) === codigoModulo);
  const ofModulo = (slot: Slot) => [slot.modulo];
  const same = echo && others.length === 0 ? echoedBy(candidates, [echo], ofModulo) : candidates;
  return alike(same, ofModulo) ? { candidates: same, certain: true } : { candidates, certain: false };
}

/** Which of a student's occurrences in the call an echo is of; one without modules is told from one with them. */
function occurrencesOf({ occurrences }: Student, echo: JsonObject): readonly JsonObject[] {
  const codes = modulesOf(echo);
  const same = echoedBy(occurrences, [echo], (occurrence) => [occurrence]);
  const fitting = same.filter((occurrence) => {
    const sent = modulesOf(occurrence);
    return codes.length === 0 ? sent.length === 0 : codes.every((code) => sent.includes(code));
  });
  return fitting.length > 0 ? fitting : same;
}

/** An error of a module that does not say which: the student's echo may hold that module alone. */
function moduleOfEcho(candidates: readonly Slot[], alumno: JsonObject | null, byIdentity: boolean) {
  const echoed = ownList(alumno, 'listaModulos') ?? [];
  const same = candidates.filter(
    ({ codigoModulo }) => codigoModulo === (readCode(own(echoed[0], 'codigoModulo')) ?? ''),
  );
  return echoed.length === 1 && (byIdentity ? same.length > 0 : same.length === 1)
    ? { candidates: same, certain: true }
    : { candidates, certain: false };
}

/** One student of the call, who may stand in it more than once. */
interface Student {
  occurrences: JsonObject[];
  slots: Slot[];
}

interface Students {
  find(rut: string): Student;
}

function indexStudents(slots: readonly Slot[], alumnos: readonly JsonObject[]): Students {
  const byRut = new Map<string, Student>();
  const rutsByNumber = new Map<string, string[]>();
  for (const alumno of alumnos) {
    const rut = rutKey(alumno);
    const student = byRut.get(rut);
    if (student) student.occurrences.push(alumno);
    else {
      byRut.set(rut, { occurrences: [alumno], slots: [] });
      const number = rut.replace(/-[^-]*$/, '');
      rutsByNumber.set(number, [...(rutsByNumber.get(number) ?? []), rut]);
    }
  }
  for (const slot of slots) byRut.get(slot.rut)?.slots.push(slot);
  return {
    find(rut) {
      // An echo without its check digit still names somebody, if only one student has that number.
      const [only, ...others] = byRut.has(rut) ? [rut] : (rutsByNumber.get(rut) ?? []);
      const student = only === undefined || others.length > 0 ? undefined : byRut.get(only);
      return student ?? { occurrences: [], slots: [] };
    },
  };
}

function partsOf({ alumno, modulo }: WireRecord): JsonObject[] {
  return [alumno, modulo];
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
