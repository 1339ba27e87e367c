import type { IncomingMessage } from 'node:http';
import { santiagoDate } from '@puente-sic/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate, type Otec } from '../auth/credentials.ts';
import type { Context } from '../context.ts';
import type { JsonObject } from '../judge/values.ts';
import { byteOrderMark, LONG_BODY, unreadable } from './body.ts';
import { type Dudoso, Dudosos } from './dudosos.ts';
import { JsonScan } from './json-scan.ts';
import { tooBig } from './refusal.ts';
import { Utf8Scan } from './utf8-scan.ts';

/** Stands for the body of a call that read as JSON, whose credentials are not good: nothing of it was kept. */
export const SIN_CREDENCIALES = Symbol('sin credenciales');

/** What credentials are looked up by. */
type Ground = Pick<Context, 'store' | 'clock' | 'limits' | 'supuestos'>;

/** Whose credentials the head of a body carried, found good. */
interface Acreditada {
  credenciales: JsonObject;
  otec: Otec;
  /** Of a long body: what was seen of it on its way in. */
  scan: JsonScan | null;
}

const CREDENCIALES = ['rutOtec', 'idSistema', 'token'] as const;

/**
 * Reads the bodies of enviarAvance credentials first. They stand in the body, so a big one is scanned as it arrives:
 * once they are found good it is taken in whole, like a small one; until then it is in the lane of {@link Dudosos},
 * and when they are bad it is only read to its end, to be told what every bad token is told. [A 1]
 * Gives what is known of a call whose body has been read; undefined: its credentials have not been looked at.
 */
export function readEntradas(
  app: FastifyInstance,
  context: Ground,
): (request: FastifyRequest) => Acreditada | undefined {
  const acreditadas = new WeakMap<FastifyRequest, Acreditada>();
  const dudosos = new Dudosos(2 * context.limits.cuerpo);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    const entrada = new Entrada(context, dudosos, !(Number(request.headers['content-length']) <= LONG_BODY));
    try {
      for await (const piece of piecesOf(request, payload, context.limits.cuerpo)) await entrada.take(piece);
      const body = entrada.finish();
      if (entrada.acreditada) acreditadas.set(request, entrada.acreditada);
      return body;
    } finally {
      entrada.leave();
      payload.resume();
    }
  });
  return (request) => acreditadas.get(request);
}

/** Whether a parsed body names the credentials that its head was let in with; a key may stand twice. */
export function isSame(envio: JsonObject, { credenciales }: Acreditada): boolean {
  return CREDENCIALES.every((name) => envio[name] === credenciales[name]);
}

/** One body on its way in. */
class Entrada {
  readonly #context: Ground;
  readonly #dudosos: Dudosos;
  readonly #scan = new JsonScan(CREDENCIALES, 'listaAlumnos');
  readonly #utf8 = new Utf8Scan();
  #pieces: Uint8Array[] = [];
  #length = 0;
  #dudoso: Dudoso | null = null;
  /** Null: not known yet, or not good. */
  acreditada: Acreditada | null = null;
  #isBad = false;
  readonly #isLong: boolean;

  /** @param isLong it is so big, or does not say how big, that it is scanned to its end. */
  constructor(context: Ground, dudosos: Dudosos, isLong: boolean) {
    this.#context = context;
    this.#dudosos = dudosos;
    this.#isLong = isLong;
  }

  async take(piece: Uint8Array): Promise<void> {
    this.#length += piece.length;
    if (!this.#isBad) this.#pieces.push(piece);
    if (this.acreditada) {
      if (this.#isLong) this.#scan.push(piece);
      return;
    }
    if (this.#length <= this.#context.limits.sinCredenciales) return;
    if (this.#dudoso) await this.#doubt(this.#dudoso, piece);
    else await this.#open();
  }

  /** The body is more than a head: who sends it? */
  async #open(): Promise<void> {
    const head = Buffer.concat(this.#pieces);
    this.#utf8.push(head);
    this.#scan.push(head.subarray(byteOrderMark(head)));
    await this.#decide();
    if (this.acreditada) return;
    this.#dudoso = this.#dudosos.enter();
    if (!this.#isBad) this.#dudoso.hold(this.#length);
  }

  async #doubt(dudoso: Dudoso, piece: Uint8Array): Promise<void> {
    if (!this.#isBad) dudoso.hold(piece.length);
    await dudoso.look(() => this.#look(piece));
    if (this.#isBad) return;
    await this.#decide();
    if (this.acreditada) this.leave();
    else if (this.#isBad) dudoso.release();
  }

  #look(piece: Uint8Array): void {
    this.#scan.push(piece);
    this.#utf8.push(piece);
  }

  async #decide(): Promise<void> {
    const credenciales = this.#scan.fields;
    if (credenciales) {
      const { store, clock, supuestos } = this.#context;
      const otec = await authenticate(store.db, credenciales, { hoy: santiagoDate(clock()), supuestos });
      this.acreditada = otec && { credenciales, otec, scan: this.#isLong ? this.#scan : null };
    }
    this.#isBad = this.#scan.isBroken || (credenciales !== null && this.acreditada === null);
    if (this.#isBad) this.#pieces = [];
  }

  /** @throws Refusal (400) for a body without good credentials that is no JSON object either. */
  finish(): Buffer | typeof SIN_CREDENCIALES {
    if (this.#dudoso === null || this.acreditada) return Buffer.concat(this.#pieces);
    if (!this.#utf8.finish()) throw unreadable('utf8');
    const kind = this.#scan.finish();
    if (kind !== 'object') throw unreadable(kind);
    return SIN_CREDENCIALES;
  }

  leave(): void {
    this.#dudoso?.leave();
    this.#dudoso = null;
  }
}

/** @throws Refusal (413) where there is more of it than the limit. */
async function* piecesOf(
  request: FastifyRequest,
  payload: IncomingMessage,
  limit: number,
): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length']) > limit) throw tooBig();
  let length = 0;
  const pieces = payload.iterator({ destroyOnReturn: false });
  for (;;) {
    const next = await pieces.next().catch((error: Error) => {
      // Broken off on the way: nobody is there any more who could be told more.
      throw Object.assign(error, { statusCode: 400 });
    });
    if (next.done) return;
    length += next.value.length;
    if (length > limit) throw tooBig();
    yield next.value;
  }
}
