import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isObject, type JsonObject } from '../judge/values.ts';
import { type ChooseFalla, type Falla, partsOf } from '../sandbox/inject.ts';
import { acceptedIn, type Llamada, type TokenVisto } from './call.ts';
import { OTEC_KIT } from './scenarios.ts';

/** Long answers are kept in part: what they accepted is read before. */
const MAX_RESPUESTA = 20_000;

/** A call under way. */
export interface EnCurso extends Llamada {
  /** Milliseconds of the process's own steady clock. */
  desde: number;
}

export interface Observer {
  /** The call has arrived whole; the fault that it will meet, if any. */
  begun(llamada: EnCurso): Falla | null;
  /** Its answer is ready and has not left yet. */
  answered(llamada: EnCurso): Promise<void>;
  /** The connection is done with it. */
  ended(llamada: EnCurso): void;
}

/**
 * Watches the official endpoints from outside of the service; `seen` calls are there already. Gives what chooses each
 * call's fault, for {@link injectFallas}, which must be registered after this, so that answers are seen unspoilt.
 */
export function observe(
  app: FastifyInstance,
  { clock, seen }: { clock: () => Date; seen: number },
  observer: Observer,
): ChooseFalla {
  const calls = new WeakMap<FastifyRequest, EnCurso>();
  let count = seen;

  app.addHook('onSend', async (request, reply, payload: unknown) => {
    const llamada = calls.get(request);
    if (!llamada) return payload;
    const texto = await textOf(payload);
    llamada.respuesta = { status: reply.statusCode, texto: texto.slice(0, MAX_RESPUESTA) };
    if (llamada.endpoint === 'enviarAvance') llamada.aceptados = acceptedIn(parseJson(texto));
    await observer.answered(llamada);
    return texto;
  });

  return (endpoint, request, { raw }) => {
    count += 1;
    const llamada = readCall(request, { n: count, endpoint, recibida: clock().toISOString() });
    const falla = observer.begun(llamada);
    llamada.falla = falla?.tipo ?? null;
    calls.set(request, llamada);
    raw.once('close', () => {
      const answered = raw.writableFinished;
      if (!answered) llamada.respuesta = null;
      llamada.rendida = !answered && llamada.falla?.startsWith('corte') !== true;
      llamada.segundos = Math.round(performance.now() - llamada.desde) / 1000;
      observer.ended(llamada);
    });
    return falla;
  };
}

async function textOf(payload: unknown): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of partsOf(payload)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function readCall(request: FastifyRequest, known: Pick<Llamada, 'n' | 'endpoint' | 'recibida'>): EnCurso {
  const body = Buffer.isBuffer(request.body) ? parseJson(request.body.toString('utf8')) : null;
  const sent = known.endpoint === 'enviarAvance' ? (isObject(body) ? body : null) : queryOf(request);
  const { token, ...rest } = sent ?? {};
  return {
    ...known,
    token: recognise(token),
    cuerpo: known.endpoint === 'enviarAvance' && sent ? rest : null,
    consulta: known.endpoint === 'historialEnvios' ? textsOf(rest) : {},
    falla: null,
    respuesta: null,
    rendida: false,
    segundos: 0,
    aceptados: [],
    desde: performance.now(),
  };
}

function recognise(token: unknown): TokenVisto {
  if (typeof token !== 'string' || token === '') return 'ausente';
  if (token === OTEC_KIT.token) return 'correcto';
  if (token.toUpperCase() === OTEC_KIT.token) return 'en-minusculas';
  return token.toUpperCase() === OTEC_KIT.tokenMalo ? 'de-prueba-malo' : 'otro';
}

function queryOf({ query }: FastifyRequest): JsonObject {
  return isObject(query) ? query : {};
}

function textsOf(fields: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
