import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isObject, type JsonObject } from '../judge/values.ts';
import type { Endpoint } from './fallas.ts';
import { endpointOf } from './inject.ts';

/** Calls that are kept; the oldest go. */
const MAX_LLAMADAS = 500;

/** One call as the sandbox received it; the token is never kept. */
export interface LlamadaDiario {
  n: number;
  /** By the sandbox's clock, ISO 8601 in UTC. */
  recibida: string;
  endpoint: Endpoint;
  rutOtec: string | null;
  codigoOferta: string | null;
  codigoEnvio: string | null;
  /** Students of a POST. */
  alumnos: number | null;
  /** The body of a POST, or the parameters of a GET, without the token; null where it is no JSON object. */
  cuerpo: JsonObject | null;
  falla: string | null;
  /** Null: no whole answer went out. */
  status: number | null;
  milisegundos: number;
}

/** What the sandbox received, in memory alone. */
export class Diario {
  #llamadas: LlamadaDiario[] = [];
  #count = 0;
  readonly #clock: () => Date;
  /** When the last call ended, by the process's own steady clock. */
  lastCall = performance.now();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  begin(endpoint: Endpoint, fields: JsonObject | null): LlamadaDiario {
    this.#count += 1;
    const { token: _, ...cuerpo } = fields ?? {};
    const llamada = {
      n: this.#count,
      recibida: this.#clock().toISOString(),
      endpoint,
      rutOtec: textOf(cuerpo.rutOtec),
      codigoOferta: textOf(cuerpo.codigoOferta),
      codigoEnvio: textOf(cuerpo.codigoEnvio ?? cuerpo.codigo_externo),
      alumnos: Array.isArray(cuerpo.listaAlumnos) ? cuerpo.listaAlumnos.length : null,
      cuerpo: fields && cuerpo,
      ...{ falla: null, status: null, milisegundos: 0 },
    };
    this.#llamadas = [...this.#llamadas.slice(1 - MAX_LLAMADAS), llamada];
    this.lastCall = performance.now();
    return llamada;
  }

  /** Oldest first. */
  list(): readonly LlamadaDiario[] {
    return this.#llamadas;
  }

  clear(): void {
    this.#llamadas = [];
    this.#count = 0;
  }
}

/** Watches the official endpoints; register before the faults, which it sees too. Gives what a call carries. */
export function keepDiario(app: FastifyInstance, diario: Diario): WeakMap<FastifyRequest, LlamadaDiario> {
  const calls = new WeakMap<FastifyRequest, LlamadaDiario>();
  app.addHook('preHandler', async (request, { raw }) => {
    const endpoint = endpointOf(request);
    if (!endpoint) return;
    const begun = performance.now();
    const llamada = diario.begin(endpoint, fieldsOf(endpoint, request));
    calls.set(request, llamada);
    raw.once('close', () => {
      llamada.status = raw.writableFinished ? raw.statusCode : null;
      llamada.milisegundos = Math.round(performance.now() - begun);
      diario.lastCall = performance.now();
    });
  });
  return calls;
}

function fieldsOf(endpoint: Endpoint, { body, query }: FastifyRequest): JsonObject | null {
  if (endpoint === 'historialEnvios') return isObject(query) ? query : null;
  if (!Buffer.isBuffer(body)) return null;
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 100) : null;
}
