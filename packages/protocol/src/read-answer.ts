import type { Answer, RecordResult, UnattributedReason } from './answer.ts';
import { attribute } from './attribute.ts';
import { findJson } from './find-json.ts';
import { isJsonObject, type JsonObject, own, ownList } from './json.ts';
import { type Reason, readReason } from './reason.ts';
import { recordsOf } from './records.ts';

const LISTS = ['envio', 'datosEnviados', 'errores', 'datosError'] as const;

/**
 * Reads any answer of enviarAvance into one result per student × module of what was sent: all shapes known [S, I, O],
 * numbers as text, unknown codes and fields, JSON behind leaked HTML. Success is never guessed: only what the answer
 * lists as received, and nowhere as an error, is `accepted`. Never throws.
 * @param rawBody the body of the answer, as text.
 * @param sent the body that was posted (an `Envio`, a `Curso`, or what became of one).
 */
export function readAnswer(rawBody: string, sent: unknown): Answer {
  if (rawBody.trim() === '') return unreadable('El servicio respondió con un cuerpo vacío.');
  const found = findJson(rawBody, isAnswer);
  const processed = found.filter(({ value }) => !isRefusal(value));
  const [answer] = processed.length > 0 ? processed : found;
  if (!answer) return unreadable(describe(rawBody));
  if (processed.some(({ value }) => JSON.stringify(value) !== JSON.stringify(answer.value))) {
    return unreadable('El servicio respondió con dos resultados distintos en un mismo cuerpo.');
  }
  const { value, leaked } = answer;
  if (isRefusal(value)) return { kind: 'refused', reason: readRefusal(value) };

  const students = ownList(sent, 'listaAlumnos') ?? [];
  const accepted = listsOf(value, ['envio', 'datosEnviados']).flatMap((list) => recordsOf(list));
  const errors = listsOf(value, ['errores', 'datosError']).flat();
  const attributed = attribute(students, accepted, errors);
  return {
    kind: 'processed',
    idProceso: readId(own(value, 'id_proceso')),
    ...attributed,
    respuestaSic: readSic(own(value, 'respuesta_SIC')),
    leaked,
  } satisfies { records: RecordResult[]; unattributed: UnattributedReason[] } & Answer;
}

/** Reads a body that says that nothing was recorded: `{"error":[{"mensaje":"Token invalido"}]}`. [S, A 1] */
export function readRefusal(body: JsonObject): Reason {
  const [first] = ownList(body, 'error') ?? [];
  const reason = readReason(own(first, 'codigo'), own(first, 'mensaje'));
  return reason.code === null && reason.rawCode === null ? { ...reason, code: '002' } : reason;
}

/** Whether a value is the error body of the service, and nothing that was recorded. */
export function isRefusal(value: unknown): value is JsonObject {
  return (
    isJsonObject(value) &&
    typeof own(ownList(value, 'error')?.[0], 'mensaje') === 'string' &&
    readId(own(value, 'id_proceso')) === null &&
    listsOf(value, LISTS).length === 0
  );
}

function isAnswer(value: unknown): value is JsonObject {
  if (isRefusal(value)) return true;
  return (
    isJsonObject(value) && (readId(own(value, 'id_proceso')) !== null || listsOf(value, LISTS).length > 0)
  );
}

function listsOf(value: JsonObject, names: readonly string[]): (readonly unknown[])[] {
  return names.flatMap((name) => {
    const list = ownList(value, name);
    return list ? [list] : [];
  });
}

function readId(value: unknown): number | null {
  const id = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : null;
}

function readSic(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function unreadable(why: string): Answer {
  return { kind: 'unreadable', why };
}

function describe(rawBody: string): string {
  const start = rawBody.trimStart();
  if (start.startsWith('<')) {
    return 'El servicio respondió con una página web (HTML) en vez de un resultado: suele ser una caída o un proxy.';
  }
  return /^[[{"]/.test(start)
    ? 'El servicio respondió con datos que no tienen la forma de un resultado, o que llegaron cortados.'
    : 'El servicio respondió con un texto que no tiene la forma de un resultado.';
}
