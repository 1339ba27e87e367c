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
import { type Reason, readReason } from './reason.ts';
import { rutKey } from './records.ts';
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

/** Reads a record of the history. The codes of its reasons come from the text, never from the brackets. [I] */
export function readRegistro(registro: RegistroHistorial): RegistroLeido {
  const { estado_registro, obs_registro, mod_cod, mod_porcentaje_avance } = registro;
  const fate = estado_registro === '1' ? 'accepted' : estado_registro === '3' ? 'rejected' : 'unknown';
  return {
    rut: rutKey({ rutAlumno: registro.rut_alumno, dvAlumno: registro.dv_alumno }),
    codigoModulo: mod_cod ?? '',
    fate,
    porcentajeAvance: readFigure(mod_porcentaje_avance),
    reasons: fate === 'accepted' ? [] : (obs_registro ?? '').split(/;\s+(?=\[)/).map(readObservation),
  };
}

/** `[010] modulo.porcentajeAvance debe ser mayor al anterior (20.00000)` */
function readObservation(text: string): Reason {
  const [, rawCode = null, said = ''] = /^\s*(?:\[([^\]]*)\])?(.*)$/s.exec(text) ?? [];
  return { ...readReason(null, said), rawCode };
}

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

function readProceso(value: unknown): ProcesoHistorial[] | null {
  if (!isProceso(value)) return null;
  const registros = (ownList(value, 'listaregistros') ?? []).map((item) => texts(item, REGISTRO_FIELDS));
  return [{ ...texts(value, PROCESO_FIELDS), listaregistros: registros }];
}

function keysOf<Shape extends object>(shape: Shape): (keyof Shape & string)[] {
  return Object.keys(shape) as (keyof Shape & string)[];
}

function texts<Name extends string>(value: unknown, names: readonly Name[]): Record<Name, TextoHistorial> {
  const entries = names.map((name): [Name, TextoHistorial] => {
    const field = own(value, name);
    return [name, typeof field === 'number' ? String(field) : typeof field === 'string' ? field : null];
  });
  return Object.fromEntries(entries) as Record<Name, TextoHistorial>;
}
