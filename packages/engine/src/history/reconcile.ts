import { GestorError } from '@puente-sic/client';
import { readFigure, readRut } from '@puente-sic/protocol';
import { type Aceptado, recordKey } from '../ledger/aceptados.ts';
import { candidatesOf } from '../plan/candidates.ts';
import { type Assigned, gather } from '../plan/gather.ts';
import { courseKeyOf } from '../plan/plan.ts';
import type { Otec, SendRequest } from '../request.ts';
import type { FallaFuente } from '../results.ts';
import { acceptedByHistory } from './accepted.ts';
import { FIVE_DECIMALS } from './sync.ts';

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
}

/** Compares, per student × module, the LMS now, the ledger and SENCE's history. Changes nothing. */
export async function reconcile(request: ReconcileRequest): Promise<Conciliacion> {
  const { courses, fallas } = await gather(request);
  const conciliacion: Conciliacion = { comparados: 0, iguales: 0, diferencias: [], fallas, sinHistorial: [] };
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
    };
    compare(otec.rut, sides, inScope(own, request), conciliacion);
  }
  return conciliacion;
}

/** What each side has, by course and record. */
interface Sides {
  lms: Map<string, Value>;
  registro: Map<string, Value>;
  sence: Map<string, Value>;
}
type Value = Pick<Aceptado, 'codigoOferta' | 'codigoGrupo' | 'rut' | 'codigoModulo' | 'porcentajeAvance'>;

function compare(
  rutOtec: string,
  sides: Sides,
  isAsked: (value: Value) => boolean,
  into: Conciliacion,
): void {
  const keys = new Set([...sides.lms.keys(), ...sides.registro.keys(), ...sides.sence.keys()]);
  for (const key of [...keys].sort()) {
    const [lms, registro, sence] = [sides.lms.get(key), sides.registro.get(key), sides.sence.get(key)];
    const any = lms ?? registro ?? sence;
    if (any === undefined || !isAsked(any)) continue;
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

function typeOf(lms?: Value, registro?: Value, sence?: Value): TipoDiferencia | null {
  if (sence === undefined) return registro === undefined ? 'nunca-enviado' : 'falta-en-sence';
  if (lms === undefined) return registro === undefined ? 'desconocido-en-lms' : 'salio-del-lms';
  const differs = (other: Value | undefined) =>
    other !== undefined && Math.abs(other.porcentajeAvance - sence.porcentajeAvance) >= FIVE_DECIMALS;
  return differs(lms) || differs(registro) ? 'valor-distinto' : null;
}

async function senceHas(
  otec: Otec,
  { clientFor, signal }: ReconcileRequest,
): Promise<ReturnType<typeof acceptedByHistory> | { mensaje: string; queHacer: string }> {
  try {
    const { processes } = await clientFor(otec).history({}, { signal });
    return acceptedByHistory(otec.rut, processes);
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    return { mensaje: error.mensaje, queHacer: error.queHacer };
  }
}

/** A percentage that cannot be read is for preflight to tell: here it has no value. */
function lmsHas(courses: readonly Assigned[], { version }: ReconcileRequest): Map<string, Value> {
  const values = courses.flatMap((assigned) => {
    const { codigoOferta, codigoGrupo } = courseKeyOf(assigned);
    return candidatesOf(assigned.tree, { version, noche: '' }).flatMap(({ rut, modulos }) =>
      modulos.flatMap(({ codigoModulo, modulo }): Value[] => {
        const porcentajeAvance = readFigure(modulo.porcentajeAvance);
        return porcentajeAvance === null
          ? []
          : [{ codigoOferta, codigoGrupo, rut, codigoModulo, porcentajeAvance }];
      }),
    );
  });
  return index(values);
}

/** Courses that the sources were not asked for, or could not give, are not said to have left the LMS. */
function inScope(courses: readonly Assigned[], { filters }: ReconcileRequest): (value: Value) => boolean {
  const read = new Set(courses.map((assigned) => courseText(courseKeyOf(assigned))));
  const wanted = filters?.alumno;
  const numbers = new Set([wanted ?? []].flat().map((text) => readRut(text)?.numero));
  const isStudent = ({ rut }: Value) => wanted === undefined || numbers.has(readRut(rut)?.numero);
  return (value) => read.has(courseText(value)) && isStudent(value);
}

function index(values: readonly Value[]): Map<string, Value> {
  return new Map(
    values.map((value) => [`${courseText(value)} ${recordKey(value.rut, value.codigoModulo)}`, value]),
  );
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
