import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isObject, type JsonObject } from '../judge/values.ts';
import { type ChooseFalla, type Falla, partsOf } from '../sandbox/inject.ts';
import { readRespuesta } from './answer.ts';
import type { Llamada, TokenVisto } from './call.ts';
import { OTEC_KIT } from './otec.ts';
import { ownBody } from './own-body.ts';

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

export interface Watch {
  clock: () => Date;
  /** How many calls there are already. */
  seen: number;
  /** Whether a RUT is one of the sheet's students. */
  isOfSheet: (rut: string) => boolean;
}

/**
 * Watches the official endpoints from outside of the service. Gives what chooses each call's fault, for
 * {@link injectFallas}, which must be registered after this, so that answers are seen unspoilt.
 */
export function observe(app: FastifyInstance, watch: Watch, observer: Observer): ChooseFalla {
  const calls = new WeakMap<FastifyRequest, EnCurso>();
  let count = watch.seen;

  app.addHook('onSend', async (request, reply, payload: unknown) => {
    const llamada = calls.get(request);
    if (!llamada) return payload;
    const texto = await textOf(payload);
    Object.assign(llamada, readRespuesta(reply.statusCode, texto, watch.isOfSheet), { hasta: count });
    await observer.answered(llamada);
    return texto;
  });

  return (endpoint, request, { raw }) => {
    count += 1;
    const llamada = readCall(
      request,
      { n: count, endpoint, recibida: watch.clock().toISOString() },
      watch.isOfSheet,
    );
    const falla = observer.begun(llamada);
    llamada.falla = falla?.tipo ?? null;
    calls.set(request, llamada);
    raw.once('close', () => {
      const answered = raw.writableFinished;
      if (llamada.hasta === 0) llamada.hasta = count;
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

function readCall(
  request: FastifyRequest,
  known: Pick<Llamada, 'n' | 'endpoint' | 'recibida'>,
  isOfSheet: Watch['isOfSheet'],
): EnCurso {
  const query = queryOf(request);
  const isPost = known.endpoint === 'enviarAvance';
  const body = isPost && Buffer.isBuffer(request.body) ? parseJson(request.body.toString('utf8')) : null;
  const sent = isPost ? (isObject(body) ? body : null) : query;
  const own = isPost && sent ? ownBody(sent, isOfSheet) : { cuerpo: null, camposAjenos: [] };
  return {
    ...known,
    token: recognise(sent?.token),
    tipoContenido: isPost ? (request.headers['content-type'] ?? null) : null,
    enDireccion: isPost ? Object.keys(query) : [],
    ...own,
    consulta: isPost ? {} : parametersOf(query),
    falla: null,
    respuesta: null,
    rendida: false,
    segundos: 0,
    hasta: 0,
    aceptados: [],
    rechazos: [],
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

/** The official parameters of a history's address, but for the token. */
function parametersOf(query: JsonObject): Record<string, string> {
  const names = ['rutOtec', 'idSistema', 'fechaDesde', 'codigo_externo', 'id_proceso'];
  return Object.fromEntries(
    names.filter((name) => query[name] !== undefined).map((name) => [name, String(query[name]).slice(0, 80)]),
  );
}

/** A byte order mark is left aside, as the service does. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}
