import type { Asked } from '@puente-sic/client';
import {
  CATALOGUE,
  type Curso,
  type Reason,
  type RecordResult,
  readDescent,
  type UnattributedReason,
} from '@puente-sic/protocol';
import type { Place } from '@puente-sic/sources';
import type { Kysely } from 'kysely';
import { refusedError } from './explain.ts';
import { type Aceptado, aceptadosOf, recordKey, saveAceptados } from './ledger/aceptados.ts';
import { breakDown } from './ledger/breakdown.ts';
import { finishEnvio, markUncertain } from './ledger/envios.ts';
import { closeErrores, identity, openErrores, saveErrores } from './ledger/errores.ts';
import type { Ledger } from './ledger/ledger.ts';
import { takeAccepted, writeFates } from './ledger/registros.ts';
import type { CourseKey, Tables } from './ledger/tables.ts';
import type { ErrorDeEnvio } from './results.ts';

/** What is known for certain of one call: every record has its fate. */
export interface Outcome {
  codigoEnvio: string;
  course: CourseKey;
  /** As sent. */
  curso: Curso;
  idProceso: number | null;
  records: readonly RecordResult[];
  unattributed: readonly UnattributedReason[];
  /** The answer verbatim, or the history that told it. */
  raw: string;
  via: 'respuesta' | 'historial';
  httpStatus: number;
  /** Where each record stands in the provider's own data, where that is known. */
  placeOf?: (rut: string, codigoModulo: string | null) => Place | undefined;
}

export interface Recorded {
  estado: 'aceptado' | 'parcial' | 'rechazado';
  idProceso: number | null;
  aceptados: number;
  rechazados: number;
  errores: ErrorDeEnvio[];
}

/** Writes into the ledger, in one transaction, what became of a call. */
export async function recordOutcome({ db }: Ledger, outcome: Outcome, now: Date): Promise<Recorded> {
  const accepted = outcome.records.filter(({ fate }) => fate === 'accepted');
  const errores = errorsOf(outcome);
  const rechazados = outcome.records.length - accepted.length;
  const recorded: Recorded = {
    estado:
      errores.length === 0 && rechazados === 0 ? 'aceptado' : accepted.length > 0 ? 'parcial' : 'rechazado',
    idProceso: outcome.idProceso,
    aceptados: accepted.length,
    rechazados,
    errores,
  };
  const { estado, idProceso, aceptados } = recorded;
  const { codigoEnvio, raw, via, httpStatus } = outcome;
  await db.transaction().execute(async (tx) => {
    const end = { estado, idProceso, aceptados, rechazados, respuesta: raw, via, httpStatus };
    await finishEnvio(tx, codigoEnvio, end, now);
    await breakDown(tx, codigoEnvio);
    await writeFates(tx, codigoEnvio, outcome.records);
    await takeAccepted(tx, codigoEnvio, now);
    await learnFromDescents(tx, outcome, now);
    await saveErrores(tx, outcome.course, errores, codigoEnvio, now);
    await closeJudged(tx, outcome, errores, now);
  });
  return recorded;
}

/**
 * Writes what an answer says that names only some of the records: those count at once, with the process's number; the
 * others wait for the history.
 */
export async function recordPartly(
  { db }: Ledger,
  outcome: Outcome,
  asked: Asked,
  now: Date,
): Promise<{ open: number; counts: Omit<Recorded, 'estado'> }> {
  const named: Outcome = { ...outcome, records: outcome.records.filter(({ fate }) => fate !== 'unknown') };
  const errores = errorsOf(named);
  const aceptados = named.records.filter(({ fate }) => fate === 'accepted').length;
  const { codigoEnvio, course, idProceso, raw, httpStatus } = outcome;
  const counts = { idProceso, aceptados, rechazados: named.records.length - aceptados };
  await db.transaction().execute(async (tx) => {
    await markUncertain(tx, codigoEnvio, { respuesta: raw, httpStatus, asked, known: counts }, now);
    await breakDown(tx, codigoEnvio);
    await writeFates(tx, codigoEnvio, named.records);
    await takeAccepted(tx, codigoEnvio, now);
    await learnFromDescents(tx, named, now);
    await saveErrores(tx, course, errores, codigoEnvio, now);
    await closeJudged(tx, named, errores, now);
  });
  return { open: outcome.records.length - named.records.length, counts: { ...counts, errores } };
}

/** One error per reason: of the student where the code is about the student, of the module otherwise. */
function errorsOf({ records, unattributed, placeOf }: Outcome): ErrorDeEnvio[] {
  const errors = new Map<string, ErrorDeEnvio>();
  const add = (reason: Reason, rut: string | null, codigoModulo: string | null) => {
    const scope = scopeOf(reason);
    const whom = {
      rut: scope === 'call' ? null : rut,
      codigoModulo: scope === 'modulo' ? codigoModulo : null,
    };
    const place = rut === null ? undefined : placeOf?.(rut, whom.codigoModulo);
    const error = refusedError(reason, { ...whom, place });
    errors.set(identity(error), error);
  };
  for (const { rut, codigoModulo, fate, reasons } of records) {
    if (fate === 'accepted') continue;
    for (const reason of reasons.length > 0 ? reasons : [UNTOLD]) add(reason, rut, codigoModulo);
  }
  for (const reason of unattributed) add(reason, reason.rut, reason.codigoModulo);
  return [...errors.values()];
}

function scopeOf({ code, message }: Reason): 'call' | 'alumno' | 'modulo' {
  if (message.startsWith('alumno.')) return 'alumno'; // [A 5]: 026 and 027 of a student
  return code === null ? 'modulo' : CATALOGUE[code].scope;
}

/** A 025 names the percentage that SENCE has: somebody else sent it, and from now on it counts here too. */
async function learnFromDescents(tx: Kysely<Tables>, outcome: Outcome, now: Date): Promise<void> {
  const known = await aceptadosOf(tx, outcome.course);
  const learnt = outcome.records.flatMap(({ rut, codigoModulo, reasons }): Aceptado[] => {
    const porcentajeAvance = readDescent(reasons.find(({ code }) => code === '025')?.message ?? '');
    const former = known.get(recordKey(rut, codigoModulo))?.porcentajeAvance ?? -1;
    if (porcentajeAvance === null || porcentajeAvance <= former) return [];
    const unknown = {
      tiempoConectividad: null,
      avanceAlumno: null,
      fechas: null,
      estadoAlumno: null,
      noche: null,
      estado: null,
      huella: null,
      codigoEnvio: null,
      idProceso: null,
    };
    const cuando = now.toISOString();
    return [{ ...courseKey(outcome.course), rut, codigoModulo, porcentajeAvance, ...unknown, cuando }];
  });
  await saveAceptados(tx, learnt);
}

/** Errors of what went in are over; errors of what was judged again and is refused for another reason are replaced. */
async function closeJudged(
  tx: Kysely<Tables>,
  { course, records }: Outcome,
  errores: readonly ErrorDeEnvio[],
  now: Date,
): Promise<void> {
  const accepted = new Set(
    records
      .filter(({ fate }) => fate === 'accepted')
      .map((record) => recordKey(record.rut, record.codigoModulo)),
  );
  const students = new Set(records.filter(({ fate }) => fate === 'accepted').map(({ rut }) => rut));
  const judged = new Set(records.map((record) => recordKey(record.rut, record.codigoModulo)));
  const judgedStudents = new Set(records.map(({ rut }) => rut));
  const found = new Set(errores.map(identity));
  const open = await openErrores(tx, courseKey(course));

  // Who was held back without a RUT is nobody of those that were judged now.
  const isOver = ({ rut, codigoModulo, origen }: (typeof open)[number]) =>
    rut === null
      ? origen === 'gestor' && students.size > 0
      : codigoModulo === null
        ? students.has(rut)
        : accepted.has(recordKey(rut, codigoModulo));
  const wasJudged = ({ rut, codigoModulo }: (typeof open)[number]) =>
    rut === null ||
    (codigoModulo === null ? judgedStudents.has(rut) : judged.has(recordKey(rut, codigoModulo)));

  const remaining = open.filter((row) => !found.has(identity(row)));
  const over = remaining.filter(isOver);
  await closeErrores(tx, over, 'aceptado', now);
  const replaced = remaining.filter(
    (row) => row.origen === 'gestor' && !over.includes(row) && wasJudged(row),
  );
  await closeErrores(tx, replaced, 'cambiado', now);
}

function courseKey({ rutOtec, codigoOferta, codigoGrupo }: CourseKey): CourseKey {
  return { rutOtec, codigoOferta, codigoGrupo };
}

const UNTOLD: Reason = {
  code: null,
  rawCode: null,
  message: 'La respuesta de SENCE no dice qué pasó con este dato.',
};
