import { GestorError, lookThrough } from '@puente-sic/client';
import { readFigure, readRut } from '@puente-sic/protocol';
import { type Aceptado, isLater } from '../ledger/aceptados.ts';
import { knownProcesses } from '../ledger/envios.ts';
import { candidatesOf } from '../plan/candidates.ts';
import { type Assigned, gather } from '../plan/gather.ts';
import { courseKeyOf } from '../plan/plan.ts';
import type { Otec, SendRequest } from '../request.ts';
import type { FallaFuente } from '../results.ts';
import { AcceptedFold, SIN_GRUPO } from './accepted.ts';
import { knownGroups } from './groups.ts';
import { FIVE_DECIMALS } from './sync.ts';
import { toldOf } from './told.ts';

export type ReconcileRequest = Pick<
  SendRequest,
  'sources' | 'otecs' | 'cursos' | 'ledger' | 'version' | 'at' | 'filters' | 'clientFor' | 'signal'
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
  | 'nunca-enviado';

/** Percentages, 0–100; null where that side has none. */
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
  /** Records that the history does not show, where it was not read to its end. */
  sinComparar: number;
}

/** Compares, per student × module, the LMS now, the ledger and SENCE's history. Changes nothing. */
export async function reconcile(request: ReconcileRequest): Promise<Conciliacion> {
  const { courses, fallas } = await gather(request);
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
    const sides: Sides = {
      lms: lmsHas(own, request),
      registro: index(
        await request.ledger.db.selectFrom('aceptado').selectAll().where('rutOtec', '=', otec.rut).execute(),
      ),
      sence: index(sence.aceptados),
      isWhole: sence.isWhole,
    };
    conciliacion.avisos.push(...sence.avisos.map((mensaje) => ({ rutOtec: otec.rut, mensaje })));
    compare(otec.rut, sides, inScope(own, request), conciliacion);
  }
  return conciliacion;
}

/** What each side has, by {@link keyOf}. */
interface Sides {
  lms: Side;
  registro: Side;
  sence: Side;
  /** The history was read to its end. */
  isWhole: boolean;
}
type Side = ReadonlyMap<string, Value>;
type Value = Pick<
  Aceptado,
  'codigoOferta' | 'codigoGrupo' | 'rut' | 'codigoModulo' | 'porcentajeAvance' | 'idProceso'
>;

function compare(
  rutOtec: string,
  sides: Sides,
  isAsked: (value: Value) => boolean,
  into: Conciliacion,
): void {
  for (const any of [...everything(sides)].sort(byKey)) {
    if (!isAsked(any)) continue;
    const [lms, registro, sence] = [has(sides.lms, any), has(sides.registro, any), has(sides.sence, any)];
    if (sence === undefined && !sides.isWhole) {
      into.sinComparar += 1;
      continue;
    }
    into.comparados += 1;
    const tipo = typeOf(lms, registro, sence);
    if (tipo === null) {
      into.iguales += 1;
      continue;
    }
    const { codigoOferta, codigoGrupo, rut, codigoModulo } = any;
    into.diferencias.push({
      ...{ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo, tipo },
      lms: lms?.porcentajeAvance ?? null,
      registro: registro?.porcentajeAvance ?? null,
      sence: sence?.porcentajeAvance ?? null,
      ...TEXTS[tipo],
    });
  }
}

/** Each record that any side has, once; one without its group only where no group has it. */
function everything({ lms, registro, sence }: Sides): Iterable<Value> {
  const all = new Map([...sence, ...registro, ...lms]);
  const grouped = new Set([...all.values()].filter(isGrouped).map(withoutGroup));
  for (const [key, value] of all) if (!isGrouped(value) && grouped.has(key)) all.delete(key);
  return all.values();
}

/** What a side has of a record; known without its group it is any group's. Of two the later one. */
function has(side: Side, value: Value): Value | undefined {
  const own = side.get(keyOf(value));
  const anyGroup = side.get(withoutGroup(value));
  if (own === undefined || anyGroup === undefined) return own ?? anyGroup;
  return isLater(anyGroup, own) ? anyGroup : own;
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

function byKey(a: Value, b: Value): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function typeOf(lms?: Value, registro?: Value, sence?: Value): TipoDiferencia | null {
  if (sence === undefined) return registro === undefined ? 'nunca-enviado' : 'falta-en-sence';
  if (lms === undefined) return registro === undefined ? 'desconocido-en-lms' : 'salio-del-lms';
  const differs = (other: Value | undefined) =>
    other !== undefined && Math.abs(other.porcentajeAvance - sence.porcentajeAvance) >= FIVE_DECIMALS;
  return differs(lms) || differs(registro) ? 'valor-distinto' : null;
}

interface SenceHas {
  aceptados: Aceptado[];
  isWhole: boolean;
  avisos: string[];
}

async function senceHas(
  otec: Otec,
  { ledger: { db }, at, clientFor, signal }: ReconcileRequest,
): Promise<SenceHas | { mensaje: string; queHacer: string }> {
  const { rut } = otec;
  const fold = new AcceptedFold(rut, await knownGroups(db, rut), at);
  try {
    const client = clientFor(otec);
    const known = await knownProcesses(db, rut);
    const looked = await lookThrough(client, undefined, known, (proceso) => fold.show(proceso), { signal });
    const isWhole = !looked.cut && looked.skipped === 0;
    return { aceptados: fold.aceptados, isWhole, avisos: toldOf(looked, fold.unreadable) };
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    return { mensaje: error.mensaje, queHacer: error.queHacer };
  }
}

/** A percentage that cannot be read is for preflight to tell: here it has no value. */
function lmsHas(courses: readonly Assigned[], { version }: ReconcileRequest): Side {
  const values = courses.flatMap((assigned) => {
    const { codigoOferta, codigoGrupo } = courseKeyOf(assigned);
    return candidatesOf(assigned.tree, { version, noche: '' }).flatMap(({ rut, modulos }) =>
      modulos.flatMap(({ codigoModulo, modulo }): Value[] => {
        const porcentajeAvance = readFigure(modulo.porcentajeAvance);
        return porcentajeAvance === null
          ? []
          : [{ codigoOferta, codigoGrupo, rut, codigoModulo, porcentajeAvance, idProceso: null }];
      }),
    );
  });
  return index(values);
}

/** Courses that the sources were not asked for, or could not give, are not said to have left the LMS. */
function inScope(courses: readonly Assigned[], { filters }: ReconcileRequest): (value: Value) => boolean {
  const keys = courses.map((assigned) => courseKeyOf(assigned));
  // What is known without its group is in scope with any group of its oferta.
  const read = new Set([...keys, ...keys.map((key) => ({ ...key, codigoGrupo: SIN_GRUPO }))].map(courseText));
  const wanted = filters?.alumno;
  const numbers = new Set([wanted ?? []].flat().map((text) => readRut(text)?.numero));
  const isStudent = ({ rut }: Value) => wanted === undefined || numbers.has(readRut(rut)?.numero);
  return (value) => read.has(courseText(value)) && isStudent(value);
}

function index(values: readonly Value[]): Side {
  return new Map(values.map((value) => [keyOf(value), value]));
}

function courseText({ codigoOferta, codigoGrupo }: Pick<Value, 'codigoOferta' | 'codigoGrupo'>): string {
  return JSON.stringify([codigoOferta, codigoGrupo]);
}

const TEXTS: Record<TipoDiferencia, { explicacion: string; queHacer: string }> = {
  'falta-en-sence': {
    explicacion: 'puente lo tiene como aceptado, pero no está en el historial de SENCE.',
    queHacer:
      'Envíe el curso de nuevo y vuelva a conciliar; si sigue faltando, escriba a SENCE con el código del envío.',
  },
  'valor-distinto': {
    explicacion: 'El avance no es el mismo en la plataforma, en puente y en SENCE.',
    queHacer:
      'Es normal si el alumno avanzó después del último envío; se igualará con el próximo. Si el avance bajó, revise «puente errores».',
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

/** The differences as CSV for a spreadsheet in Spanish: semicolons, UTF-8 with BOM, decimal commas. */
export function differencesCsv({ diferencias }: Conciliacion): string {
  const columns = [
    'rutOtec',
    'codigoOferta',
    'codigoGrupo',
    'rut',
    'codigoModulo',
    'tipo',
    'lms',
    'registro',
    'sence',
  ] as const;
  const rows = diferencias.map((diferencia) =>
    [...columns.map((column) => cell(diferencia[column])), cell(diferencia.queHacer)].join(';'),
  );
  return `\uFEFF${[[...columns, 'queHacer'].join(';'), ...rows].join('\r\n')}\r\n`;
}

function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value).replace('.', ',');
  // A cell that begins like a formula would be run by a spreadsheet.
  const text = (value ?? '').replace(/^[=+\-@\t\r]/, "'$&");
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
