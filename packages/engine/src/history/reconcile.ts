import { setImmediate } from 'node:timers/promises';
import { GestorError, lookThrough } from '@puente-sic/client';
import { noteAskedToWait } from '../asked-to-wait.ts';
import { type Aceptado, isLater } from '../ledger/aceptados.ts';
import { knownProcesses } from '../ledger/envios.ts';
import { withSaid } from '../plan/chosen.ts';
import { type Assigned, gather } from '../plan/gather.ts';
import { CAMPOS, type Campo, differing, type Said, saidOfAceptado } from '../plan/said.ts';
import type { Otec, SendRequest } from '../request.ts';
import type { FallaFuente } from '../results.ts';
import { AcceptedFold, type Recibido, SIN_GRUPO, unjudgedKey } from './accepted.ts';
import { knownGroups } from './groups.ts';
import { type Reason, type SourceRecord, type SourceSide, sourceSide } from './source-side.ts';
import { toldOf } from './told.ts';

export type ReconcileRequest = Pick<
  SendRequest,
  'sources' | 'otecs' | 'cursos' | 'ledger' | 'version' | 'at' | 'clock' | 'filters' | 'clientFor' | 'signal'
>;

/** How the LMS, our ledger and SENCE differ about one student × module. */
export type TipoDiferencia =
  /** Our ledger says accepted; SENCE's history does not have it. */
  | 'falta-en-sence'
  | 'valor-distinto'
  /** SENCE has it; neither the LMS nor our ledger knows it. */
  | 'desconocido-en-lms'
  /** We sent it; the LMS no longer has the student or the module. */
  | 'salio-del-lms'
  | 'nunca-enviado'
  /** The LMS has it, and nothing of it goes until somebody mends it or decides otherwise; whatever SENCE has. */
  | 'retenido';

/** One datum of which the sides do not say the same; null where a side does not tell it. */
export interface DatoDistinto {
  campo: Campo;
  /** As people call it. */
  nombre: string;
  lms: number | string | null;
  registro: number | string | null;
  sence: number | string | null;
}

/** The module's percentages, 0–100; null where that side has none. */
export interface Diferencia {
  rutOtec: string;
  codigoOferta: string;
  codigoGrupo: string;
  rut: string;
  codigoModulo: string;
  tipo: TipoDiferencia;
  lms: number | null;
  registro: number | null;
  sence: number | null;
  /** Of `valor-distinto`: every datum of which the three do not say the same; else empty. */
  distintos: DatoDistinto[];
  explicacion: string;
  queHacer: string;
}

export interface Conciliacion {
  /** Student × module records compared, and those on which all three agree. */
  comparados: number;
  iguales: number;
  diferencias: Diferencia[];
  fallas: FallaFuente[];
  /** Providers whose history could not be read: nothing of them is compared. */
  sinHistorial: { rutOtec: string; mensaje: string; queHacer: string }[];
  /** What is odd about a provider's history: what it does not show is then not called missing. */
  avisos: { rutOtec: string; mensaje: string }[];
  /** Records that the history does not show where it was not read to its end, or shows without saying as what. */
  sinComparar: number;
}

/** One record as it was compared, those that all three have alike and those that could not be compared included. */
export type Comparado = Pick<
  Diferencia,
  'rutOtec' | 'codigoOferta' | 'codigoGrupo' | 'rut' | 'codigoModulo' | 'lms' | 'registro' | 'sence'
> & {
  tipo: TipoDiferencia | 'igual' | 'sin-comparar';
  enLaFuente: boolean;
  enElRegistro: boolean;
  distintos: DatoDistinto[];
};

/** What else is told while it compares. */
export interface Watching {
  onCourse?: (course: Assigned) => void;
  onRecord?: (record: Comparado) => void;
}

/** Compares, per student × module, the LMS now, the ledger and SENCE's history. Changes nothing. */
export async function reconcile(request: ReconcileRequest, watching: Watching = {}): Promise<Conciliacion> {
  const { courses, fallas } = await gather(await withSaid(request));
  for (const course of courses) watching.onCourse?.(course);
  const conciliacion: Conciliacion = {
    ...{ comparados: 0, iguales: 0, sinComparar: 0 },
    ...{ diferencias: [], fallas, sinHistorial: [], avisos: [] },
  };
  for (const otec of request.otecs) {
    const sence = await senceHas(otec, request);
    if ('mensaje' in sence) {
      conciliacion.sinHistorial.push({ rutOtec: otec.rut, ...sence });
      continue;
    }
    const own = courses.filter((course) => course.otec === otec);
    const source = await sourceSide(own, request);
    const lms = index(source.records);
    await setImmediate();
    const aceptados = await request.ledger.db
      .selectFrom('aceptado')
      .selectAll()
      .where('rutOtec', '=', otec.rut)
      .execute();
    await setImmediate();
    const sides: Sides = {
      lms,
      heldOf: source.heldOf,
      registro: index(aceptados),
      sence: index(sence.aceptados),
      isWhole: sence.isWhole,
      unjudged: sence.unjudged,
    };
    conciliacion.avisos.push(...sence.avisos.map((mensaje) => ({ rutOtec: otec.rut, mensaje })));
    await compare(otec.rut, sides, source.isInScope, conciliacion, watching);
  }
  return conciliacion;
}

/** What each side has, by {@link keyOf}. */
interface Sides {
  lms: Side;
  registro: Side;
  sence: Side;
  heldOf: SourceSide['heldOf'];
  /** The history was read to its end. */
  isWhole: boolean;
  /** What the history shows without saying as what, see {@link AcceptedFold.unjudged}. */
  unjudged: ReadonlySet<string>;
}
type Side = ReadonlyMap<string, Value>;
type Value = Aceptado | Recibido | SourceRecord;

async function compare(
  rutOtec: string,
  sides: Sides,
  isAsked: (value: Value) => boolean,
  into: Conciliacion,
  { onRecord }: Watching,
): Promise<void> {
  const all = everything(sides);
  for (const [at, any] of all.entries()) {
    if (at % RECORDS_OF_A_TURN === 0) await setImmediate();
    if (!isAsked(any)) continue;
    const own = {
      lms: has(sides.lms, any),
      registro: has(sides.registro, any),
      sence: has(sides.sence, any),
    };
    const { codigoOferta, codigoGrupo, rut, codigoModulo } = any;
    const compared = {
      ...{ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo },
      ...{ lms: percentageOf(own.lms), registro: percentageOf(own.registro), sence: percentageOf(own.sence) },
    };
    const distintos = distinctOf(own);
    const tell = (tipo: Comparado['tipo']) =>
      onRecord?.({
        ...{ ...compared, tipo, distintos },
        enLaFuente: own.lms !== undefined,
        enElRegistro: own.registro !== undefined,
      });
    const held = sides.heldOf(any);
    const isUnjudged =
      (own.sence === undefined || distintos.length > 0) && sides.unjudged.has(unjudgedKey(any));
    if (held === null && (isUnjudged || (own.sence === undefined && !sides.isWhole))) {
      into.sinComparar += 1;
      tell('sin-comparar');
      continue;
    }
    into.comparados += 1;
    const what = held === null ? kindOf(own, distintos) : heldAs(held);
    tell(what?.tipo ?? 'igual');
    if (what === null) {
      into.iguales += 1;
      continue;
    }
    into.diferencias.push({
      ...compared,
      distintos: what.tipo === 'valor-distinto' ? distintos : [],
      ...what,
    });
  }
}

/** Compared in some milliseconds. */
const RECORDS_OF_A_TURN = 1000;

/** Each record that any side has, once, by its key; one without its group only where no group has it. */
function everything({ lms, registro, sence }: Sides): Value[] {
  const all = new Map([...sence, ...registro, ...lms]);
  const grouped = new Set([...all.values()].filter(isGrouped).map(withoutGroup));
  for (const [key, value] of all) if (!isGrouped(value) && grouped.has(key)) all.delete(key);
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/** What a side has of a record; known without its group it is any group's. Of two the later one. */
function has(side: Side, value: Value): Value | undefined {
  const own = side.get(keyOf(value));
  const anyGroup = side.get(withoutGroup(value));
  if (own === undefined || anyGroup === undefined) return own ?? anyGroup;
  return isLater(ageOf(anyGroup), ageOf(own)) ? anyGroup : own;
}

function ageOf(value: Value): Parameters<typeof isLater>[0] {
  return { idProceso: value.idProceso, porcentajeAvance: percentageOf(value) ?? 0 };
}

function isGrouped({ codigoGrupo }: Value): boolean {
  return codigoGrupo !== SIN_GRUPO;
}

function withoutGroup(value: Value): string {
  return keyOf({ ...value, codigoGrupo: SIN_GRUPO });
}

function keyOf({ codigoOferta, codigoGrupo, rut, codigoModulo }: Value): string {
  return JSON.stringify([codigoOferta, codigoGrupo, rut, codigoModulo]);
}

/** What each side has of one record. */
type Own = Readonly<Record<'lms' | 'registro' | 'sence', Value | undefined>>;
type Kind = Pick<Diferencia, 'tipo' | 'explicacion' | 'queHacer'>;

/** Null: all that have it say the same. */
function kindOf({ lms, registro, sence }: Own, distintos: readonly DatoDistinto[]): Kind | null {
  if (sence === undefined) return kind(registro === undefined ? 'nunca-enviado' : 'falta-en-sence');
  if (lms === undefined) return kind(registro === undefined ? 'desconocido-en-lms' : 'salio-del-lms');
  return distintos.length > 0 ? kind('valor-distinto') : null;
}

function kind(tipo: Exclude<TipoDiferencia, 'retenido'>): Kind {
  return { tipo, ...TEXTS[tipo] };
}

function heldAs({ message, fix }: Reason): Kind {
  return { tipo: 'retenido', explicacion: message, queHacer: fix };
}

/** Where the source or the ledger says something else than SENCE. */
function distinctOf({ lms, registro, sence }: Own): DatoDistinto[] {
  if (sence === undefined) return [];
  const has = saidOf(sence);
  const [source, ledger] = [lms && saidOf(lms), registro && saidOf(registro)];
  const campos = new Set(
    [source, ledger].flatMap((said) => (said === undefined ? [] : differing(said, has))),
  );
  // What a source leaves out is '' in what it says, so that it counts as different.
  const told = (said: Said | undefined, campo: Campo) =>
    said?.[campo] === '' ? null : (said?.[campo] ?? null);
  return CAMPOS.filter((campo) => campos.has(campo)).map((campo) => ({
    ...{ campo, nombre: NOMBRES[campo], sence: has[campo] },
    ...{ lms: told(source, campo), registro: told(ledger, campo) },
  }));
}

function saidOf(value: Value): Said {
  return 'said' in value ? value.said : saidOfAceptado(value);
}

function percentageOf(value: Value | undefined): number | null {
  const percentage = value && saidOf(value)['modulo.porcentajeAvance'];
  return typeof percentage === 'number' ? percentage : null;
}

interface SenceHas extends Pick<Sides, 'isWhole' | 'unjudged'> {
  aceptados: Aceptado[];
  avisos: string[];
}

async function senceHas(
  otec: Otec,
  { ledger, at, clock, clientFor, signal }: ReconcileRequest,
): Promise<SenceHas | { mensaje: string; queHacer: string }> {
  const { rut } = otec;
  const { db } = ledger;
  const fold = new AcceptedFold(rut, await knownGroups(db, rut), at);
  try {
    const client = clientFor(otec);
    const known = await knownProcesses(db, rut);
    const looked = await lookThrough(client, undefined, known, (proceso) => fold.show(proceso), { signal });
    const isWhole = !looked.cut && looked.skipped === 0;
    const { aceptados, unjudged, unreadable } = fold;
    return { aceptados, isWhole, unjudged, avisos: toldOf(looked, unreadable) };
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    await noteAskedToWait(ledger, otec, error, clock());
    return { mensaje: error.mensaje, queHacer: error.queHacer };
  }
}

function index(values: readonly Value[]): Side {
  return new Map(values.map((value) => [keyOf(value), value]));
}

const NOMBRES: Record<Campo, string> = {
  'modulo.porcentajeAvance': 'avance del módulo',
  'modulo.tiempoConectividad': 'tiempo del módulo',
  'modulo.estado': 'estado en el módulo',
  'modulo.fechaInicio': 'inicio del módulo',
  'modulo.fechaFin': 'término del módulo',
  'alumno.porcentajeAvance': 'avance en el curso',
  'alumno.tiempoConectividad': 'tiempo en el curso',
  'alumno.estado': 'estado en el curso',
  'alumno.fechaInicio': 'inicio del alumno',
  'alumno.fechaFin': 'término del alumno',
};

const TEXTS: Record<Exclude<TipoDiferencia, 'retenido'>, { explicacion: string; queHacer: string }> = {
  'falta-en-sence': {
    explicacion: 'puente lo tiene como aceptado, pero no está en el historial de SENCE.',
    queHacer:
      'Envíe el curso de nuevo y vuelva a conciliar; si sigue faltando, escriba a SENCE con el código del envío.',
  },
  'valor-distinto': {
    explicacion: 'La plataforma, puente y SENCE no dicen lo mismo de este registro.',
    queHacer:
      'Es normal si el alumno avanzó, o se corrigió un dato, después del último envío; se igualará con el próximo. Si el avance bajó, revise «puente errores».',
  },
  'desconocido-en-lms': {
    explicacion:
      'SENCE lo tiene, pero no está en la plataforma ni fue enviado por puente: lo envió otra herramienta.',
    queHacer:
      'Revise si el alumno debe estar en el curso, y ejecute «puente sincronizar» para que puente lo conozca.',
  },
  'salio-del-lms': {
    explicacion: 'Fue enviado y SENCE lo tiene, pero el alumno o el módulo ya no está en la plataforma.',
    queHacer:
      'Si salió por error, vuelva a inscribirlo. Si abandonó el curso, no es necesario hacer nada: SENCE conserva el último avance.',
  },
  'nunca-enviado': {
    explicacion: 'Está en la plataforma, pero nunca ha sido aceptado por SENCE.',
    queHacer: 'Envíe el curso; si ya se envió, el motivo está en «puente errores».',
  },
};
