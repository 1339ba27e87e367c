import { setImmediate } from 'node:timers/promises';
import { GestorError, lookThrough, readProcessId } from '@puente-sic/client';
import { type ProcesoHistorial, type RegistroLeido, readRegistro } from '@puente-sic/protocol';
import type { Kysely } from 'kysely';
import { noteAskedToWait } from '../asked-to-wait.ts';
import { breakDown } from '../ledger/breakdown.ts';
import { type EnvioRow, knownProcesses } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type RegistroToConfirm, registrosToConfirm } from '../ledger/registros.ts';
import type { Tables } from '../ledger/tables.ts';
import { FIVE_DECIMALS } from '../plan/said.ts';
import type { Otec, SendRequest } from '../request.ts';
import { bareCode } from './groups.ts';

export interface ConfirmRequest extends Pick<SendRequest, 'clientFor' | 'clock' | 'signal'> {
  ledger: Ledger;
  otec: Otec;
  /** Whose envíos are compared, `YYYY-MM-DD`. */
  noche: string;
}

/** What SENCE's history tells otherwise than its answers did. */
export interface DiferenciaConfirmada {
  codigoEnvio: string;
  codigoOferta: string;
  codigoGrupo: string;
  /** Both null: the whole envío. */
  rut: string | null;
  codigoModulo: string | null;
  tipo: 'falta' | 'rechazado' | 'valor-distinto' | 'ilegible';
  mensaje: string;
  queHacer: string;
}

export interface Confirmacion {
  rutOtec: string;
  noche: string;
  /** Envíos of the night with something accepted: those that the history has as the ledger does, and the others. */
  confirmados: number;
  sinConfirmar: number;
  /** Student × module records compared. */
  registros: number;
  diferencias: DiferenciaConfirmada[];
  /** The history ended before it should have: nothing is called missing by it. */
  cortado: boolean;
  /** Why the history could not be read; then nothing has changed. */
  falla: { mensaje: string; queHacer: string } | null;
}

/**
 * Reads SENCE's history after a night and compares it with what its answers had accepted: "SENCE lo tiene" is said of
 * what is confirmed here. May be asked as often as wished, before or after a history that is late; asks nothing where
 * all is confirmed. Failures of the connection are in the result.
 */
export async function confirmNight(request: ConfirmRequest): Promise<Confirmacion> {
  const { ledger, otec, noche, clock } = request;
  const { open, confirmed } = await enviosToConfirm(ledger.db, otec.rut, noche);
  const result: Confirmacion = {
    ...{ rutOtec: otec.rut, noche, confirmados: confirmed, sinConfirmar: open.length },
    ...{ registros: 0, diferencias: [], cortado: false, falla: null },
  };
  if (open.length === 0) return result;
  let read: Awaited<ReturnType<typeof readNight>>;
  try {
    read = await readNight(open, request);
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    await noteAskedToWait(ledger, otec, error, clock());
    return { ...result, falla: { mensaje: error.mensaje, queHacer: error.queHacer } };
  }
  result.cortado = read.isCut;
  const told = open.filter(({ codigoEnvio }) => read.found.has(codigoEnvio) || !read.isCut);
  for (let at = 0; at < told.length; at += ENVIOS_OF_A_TURN) {
    if (at > 0) await setImmediate();
    const turn = told.slice(at, at + ENVIOS_OF_A_TURN);
    const compared = await ledger.db
      .transaction()
      .execute((tx) => confirmTurn(tx, turn, read.found, clock()));
    for (const { registros, diferencias } of compared) {
      result.registros += registros;
      result.diferencias.push(...diferencias);
      if (diferencias.length > 0) continue;
      result.confirmados += 1;
      result.sinConfirmar -= 1;
    }
  }
  return result;
}

/** Some envíos in one transaction. */
async function confirmTurn(
  tx: Kysely<Tables>,
  turn: readonly EnvioRow[],
  found: ReadonlyMap<string, ProcesoHistorial>,
  now: Date,
): Promise<Comparacion[]> {
  const compared: Comparacion[] = [];
  for (const row of turn) {
    const { codigoEnvio } = row;
    if (row.desglose === 'pendiente') await breakDown(tx, codigoEnvio);
    compared.push(compareEnvio(row, await registrosToConfirm(tx, codigoEnvio), found.get(codigoEnvio)));
  }
  const confirmed = turn.filter((_, at) => compared[at]?.diferencias.length === 0);
  await markConfirmed(tx, confirmed, now);
  return compared;
}

/** Compared in some milliseconds, of 200 students each. */
const ENVIOS_OF_A_TURN = 5;

async function enviosToConfirm(
  db: Kysely<Tables>,
  rutOtec: string,
  noche: string,
): Promise<{ open: EnvioRow[]; confirmed: number }> {
  const rows = await db
    .selectFrom('envio')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .where('estado', 'in', ['aceptado', 'parcial'])
    .orderBy('creado')
    .execute();
  const open = rows.filter(({ confirmado }) => confirmado === null);
  return { open, confirmed: rows.length - open.length };
}

/** The processes of these envíos. The day before is read too: the service's stamps may be of another clock. */
async function readNight(
  rows: readonly EnvioRow[],
  { ledger: { db }, otec, noche, clientFor, signal }: ConfirmRequest,
): Promise<{ found: Map<string, ProcesoHistorial>; isCut: boolean }> {
  const byProcess = new Map(rows.map((row) => [row.idProceso, row]));
  const byCode = new Map(rows.map((row) => [bareCode(row.codigoEnvio), row]));
  const found = new Map<string, ProcesoHistorial>();
  const since = new Date(Date.parse(`${noche}T00:00:00Z`) - 24 * 3_600_000).toISOString().slice(0, 10);
  // Those of the night itself are what is in question; that they are missing does not show that the list was cut.
  const asked = new Set(rows.map(({ idProceso }) => idProceso));
  const known = (await knownProcesses(db, otec.rut)).filter(({ idProceso }) => !asked.has(idProceso));
  const looked = await lookThrough(
    clientFor(otec),
    since,
    known,
    (proceso) => {
      const row = byProcess.get(readProcessId(proceso)) ?? byCode.get(bareCode(proceso.codigo_externo ?? ''));
      if (row !== undefined) found.set(row.codigoEnvio, proceso);
    },
    { signal },
  );
  return { found, isCut: looked.cut || looked.skipped > 0 };
}

function compareEnvio(
  row: EnvioRow,
  records: readonly RegistroToConfirm[],
  proceso: ProcesoHistorial | undefined,
): Comparacion {
  const { codigoEnvio, codigoOferta, codigoGrupo } = row;
  const whose = { codigoEnvio, codigoOferta, codigoGrupo };
  if (proceso === undefined) {
    return { registros: 0, diferencias: [{ ...whose, rut: null, codigoModulo: null, ...told('falta') }] };
  }
  const sence = new Map<string, RegistroLeido[]>();
  for (const registro of proceso.listaregistros.map(readRegistro)) {
    const key = `${registro.rut}\n${registro.codigoModulo}`;
    sence.set(key, [...(sence.get(key) ?? []), registro]);
  }
  const diferencias = records.flatMap((record): DiferenciaConfirmada[] => {
    const { rut, codigoModulo } = record;
    const own = sence.get(`${rut}\n${codigoModulo}`)?.shift();
    const tipo = record.resultado === 'aceptado' ? differenceOf(record, own) : null;
    return tipo === null ? [] : [{ ...whose, rut, codigoModulo, ...told(tipo) }];
  });
  return { registros: records.length, diferencias };
}

interface Comparacion {
  /** Records compared. */
  registros: number;
  diferencias: DiferenciaConfirmada[];
}

function differenceOf(
  { porcentajeAvance }: RegistroToConfirm,
  sence: RegistroLeido | undefined,
): DiferenciaConfirmada['tipo'] | null {
  if (sence === undefined) return 'falta';
  if (sence.fate === 'rejected') return 'rechazado';
  if (sence.fate === 'unknown' || sence.porcentajeAvance === null) return 'ilegible';
  return Math.abs(sence.porcentajeAvance - porcentajeAvance) < FIVE_DECIMALS ? null : 'valor-distinto';
}

async function markConfirmed(db: Kysely<Tables>, rows: readonly EnvioRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await db
    .updateTable('envio')
    .set({ confirmado: now.toISOString() })
    .where(
      'codigoEnvio',
      'in',
      rows.map(({ codigoEnvio }) => codigoEnvio),
    )
    .execute();
}

function told(
  tipo: DiferenciaConfirmada['tipo'],
): Pick<DiferenciaConfirmada, 'tipo' | 'mensaje' | 'queHacer'> {
  return { tipo, ...TEXTS[tipo] };
}

const TEXTS: Record<DiferenciaConfirmada['tipo'], { mensaje: string; queHacer: string }> = {
  falta: {
    mensaje: 'SENCE respondió que lo aceptó, pero su historial no lo muestra.',
    queHacer:
      'Espere un rato: el historial puede tardar. Si mañana sigue faltando, envíe el curso de nuevo y escriba a SENCE con el código del envío.',
  },
  rechazado: {
    mensaje: 'SENCE respondió que lo aceptó, pero su historial lo muestra rechazado.',
    queHacer: 'Escriba a SENCE con el código del envío, y envíe el curso de nuevo cuando esté corregido.',
  },
  'valor-distinto': {
    mensaje: 'El avance que muestra el historial de SENCE no es el que se envió.',
    queHacer:
      'Vea el detalle con «puente conciliar»; si otra herramienta también envía este curso, deje solo una.',
  },
  ilegible: {
    mensaje: 'El historial de SENCE muestra este dato con un estado o un avance que no se puede leer.',
    queHacer: 'Escriba a SENCE con el código del envío.',
  },
};
