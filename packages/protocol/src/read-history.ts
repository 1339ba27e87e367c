import { readFigure } from './figures.ts';
import { findJson } from './find-json.ts';
import type {
  History,
  ProcesoHistorial,
  RegistroHistorial,
  RegistroLeido,
  TextoHistorial,
} from './history.ts';
import { isJsonObject, type JsonObject, own, ownList } from './json.ts';
import { isRefusal, readRefusal } from './read-answer.ts';
import { PREFIX, type Reason, readReason } from './reason.ts';
import { rutKey } from './records.ts';
import { checkDigit, formatRut, isValidRut, readRutAlumno, readServiceRut } from './rut.ts';
import {
  ProcesoHistorial as ProcesoSchema,
  RegistroHistorial as RegistroSchema,
} from './schemas/respuestas.ts';

/** Reads any answer of historialEnvios: numbers where texts are due, missing fields (null), JSON behind leaked HTML. */
export function readHistory(rawBody: string): History {
  const found = findJson(rawBody, isHistory);
  const list = found.findLast(
    ({ value, leaked }) => Array.isArray(value) && (!leaked || standsAlone(value, rawBody)),
  );
  if (list && Array.isArray(list.value)) {
    const processes = list.value.flatMap((item) => readProceso(item) ?? []);
    const skipped = list.value.length - processes.length;
    return { kind: 'processes', processes, skipped, leaked: list.leaked };
  }
  const refusal = found.find(({ value }) => isRefusal(value));
  if (refusal && isRefusal(refusal.value)) return { kind: 'refused', reason: readRefusal(refusal.value) };
  const why = rawBody.trim() === '' ? 'con un cuerpo vacío' : 'con algo que no es un historial';
  return { kind: 'unreadable', why: `El servicio respondió ${why}.` };
}

/** Reads one entry of the history's list; null for what has not the form of a process. */
export function readProceso(entry: unknown): ProcesoHistorial | null {
  if (!isProceso(entry)) return null;
  const registros = (ownList(entry, 'listaregistros') ?? []).map((item) => texts(item, REGISTRO_FIELDS));
  return { ...texts(entry, PROCESO_FIELDS), listaregistros: registros };
}

/** Reads a record of the history. The codes of its reasons come from the text, never from the brackets. [I] */
export function readRegistro(registro: RegistroHistorial): RegistroLeido {
  const { obs_registro, mod_cod, mod_porcentaje_avance } = registro;
  const estado = registro.estado_registro?.trim();
  const fate = estado === '1' ? 'accepted' : estado === '3' ? 'rejected' : 'unknown';
  return {
    rut: readPerson(registro.rut_alumno, registro.dv_alumno),
    codigoModulo: mod_cod ?? '',
    fate,
    porcentajeAvance: readFigure(mod_porcentaje_avance),
    reasons: fate === 'accepted' ? [] : (obs_registro ?? '').split(/;\s+(?=\[)/).map(readObservation),
  };
}

/** `[010] modulo.porcentajeAvance debe ser mayor al anterior (20.00000)` */
function readObservation(text: string): Reason {
  const [, rawCode = null, said = ''] = /^\s*(?:\[([^\]]*)\])?(.*)$/s.exec(text.replace(PREFIX, '')) ?? [];
  return { ...readReason(null, said), rawCode };
}

/**
 * Whom a record is of, as `11222333-K`: one person is one text, whether the check digit stands in its own field, with
 * the number, or nowhere.
 */
function readPerson(rutAlumno: TextoHistorial, dvAlumno: TextoHistorial): string {
  const number = rutAlumno?.trim() ?? '';
  const dv = dvAlumno?.trim() ?? '';
  const apart = readRutAlumno(number, dv);
  if (apart) return formatRut(apart);
  const whole = readServiceRut(number);
  const numero = /^\d{1,9}$/.test(number) ? Number(number) : 0;
  const isWhole = whole !== null && (numero === 0 || (numero > LAST_PERSON && isValidRut(whole)));
  if (isWhole && (numero === 0 || dv === '')) return formatRut(whole);
  if (numero > 0 && dv === '') return formatRut({ numero, dv: checkDigit(numero) });
  return rutKey({ rutAlumno, dvAlumno });
}

/** Numbers above it are no people's: digits without a hyphen are then a number with its check digit. */
const LAST_PERSON = 50_000_000;

const REGISTRO_FIELDS = keysOf(RegistroSchema.shape);
const PROCESO_FIELDS = keysOf(ProcesoSchema.omit({ listaregistros: true }).shape);

function isHistory(value: unknown): value is readonly unknown[] | JsonObject {
  return Array.isArray(value) ? value.length === 0 || value.some(isProceso) : isRefusal(value);
}

/** An empty list in leaked text may be a part of something cut off: it must come last and on its own. */
function standsAlone(list: readonly unknown[], rawBody: string): boolean {
  return list.length > 0 || /[>\n]\s*\[\s*\]\s*$/.test(rawBody);
}

function isProceso(value: unknown): value is JsonObject {
  return isJsonObject(value) && ownList(value, 'listaregistros')?.every(isJsonObject) === true;
}

function keysOf<Shape extends object>(shape: Shape): (keyof Shape & string)[] {
  return Object.keys(shape) as (keyof Shape & string)[];
}

function texts<Name extends string>(value: unknown, names: readonly Name[]): Record<Name, TextoHistorial> {
  const read: Partial<Record<Name, TextoHistorial>> = {};
  for (const name of names) {
    const field = own(value, name);
    read[name] = typeof field === 'string' ? field : typeof field === 'number' ? String(field) : null;
  }
  return read as Record<Name, TextoHistorial>;
}
