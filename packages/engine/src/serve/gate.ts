import type { GestorClient } from '@puente-sic/client';
import { CATALOGUE, type Reason } from '@puente-sic/protocol';
import {
  credentialsMark,
  deleteFreno,
  type FrenoRow,
  frenoOf,
  isAbout,
  marksWith,
  saveFreno,
} from '../ledger/frenos.ts';
import { cutSince } from '../ledger/open-envios.ts';
import type { Otec } from '../request.ts';
import type { Stop } from '../send/stop.ts';
import type { Night } from '../window.ts';
import { isDueAt, nextTest, pauseOfLine } from './pauses.ts';
import type { ServeContext } from './types.ts';

/**
 * Whether calls of a provider can go out.
 * - `open`: nothing is known against it;
 * - `ajar`: a connection test has passed after a stop: one call at a time until one has been taken;
 * - `due`: stopped, and the next connection test may be made;
 * - `shut`: stopped until then.
 */
export type GateState = 'open' | 'ajar' | 'due' | 'shut';

/** What shows that no call can succeed stops the provider's courses; only connection tests go on. */
export interface Gate {
  look(night: Night, now: Date): Promise<GateState>;
  /** A call, or a question to the history, has shown that no other can succeed. */
  close(stop: Stop, night: Night, by: Proof): Promise<Closed>;
  /** One connection test; null where it passed. */
  test(client: GestorClient, night: Night, signal: AbortSignal): Promise<Closed | null>;
  /**
   * A call was taken, or the history answered: nothing is in the way any more. False where the history's word is not
   * enough: it was taken for it before, and the next call was not taken all the same.
   */
  succeeded(by: Proof): Promise<boolean>;
}

type Proof = 'call' | 'history';

/** Why nothing goes out, and until when; `next` null: until the credentials are changed. */
export interface Closed {
  clave: FrenoRow['clave'];
  mensaje: string;
  queHacer: string;
  next: Date | null;
}

export function gateOf(otec: Otec, { ledger: { db }, clock }: Pick<ServeContext, 'ledger' | 'clock'>): Gate {
  const { rut: rutOtec } = otec;
  const huella = credentialsMark(otec);
  let isAjar = false;
  let openedBy: Proof = 'call';
  let isHistoryEnough = true;

  return {
    async look(night, now) {
      const freno = await frenoOf(db, rutOtec);
      if (freno === undefined) return 'open';
      if (isAjar) return 'ajar';
      // A refused token is tried anew each night, another one at once; a pause that was asked for before the window goes
      // on into it, whatever the token.
      const isOther = freno.clave === 'token' && !isAbout(freno, { noche: night.noche, huella });
      return isOther || isDueAt(freno.proximo, freno.actualizado, now) ? 'due' : 'shut';
    },
    close(stop, night, by) {
      if (by === 'call' && openedBy === 'history') isHistoryEnough = false;
      return shut(stop, night);
    },
    async test(client, night, signal) {
      await count(night);
      const found = await client.testConnection({ signal });
      if (found.kind === 'accepted') {
        isAjar = true;
        return null;
      }
      if (found.kind === 'refused') {
        return shut({ motivo: 'no-autenticado', ...refusalOf(found.reason) }, night, 0);
      }
      const { mensaje, queHacer, retryAfterSeconds } = found.error;
      return shut({ motivo: 'sin-conexion', mensaje, queHacer, retryAfterSeconds }, night, 0);
    },
    async succeeded(by) {
      if (by === 'call') isHistoryEnough = true;
      if (!isHistoryEnough) return false;
      openedBy = by;
      isAjar = false;
      await deleteFreno(db, rutOtec);
      return true;
    },
  };

  /** `requests`: not counted yet. */
  async function shut(stop: Stop, night: Night, requests = 1): Promise<Closed> {
    isAjar = false;
    const now = clock();
    const clave = stop.motivo === 'no-autenticado' ? 'token' : 'conexion';
    const pedidos = (await countedOf(night)) + requests + (clave === 'token' ? await uncounted(night) : 0);
    const own = clave === 'token' ? nextTest(pedidos, now, night.end) : waitFor(stop, pedidos, now);
    const asked = await askedFor(night, now);
    const next = own !== null && asked !== null && asked > own ? asked : own;
    const { mensaje, queHacer } = stop;
    const { noche } = night;
    await saveFreno(db, {
      ...{ rutOtec, clave, noche, pedidos, mensaje, queHacer },
      huella: marksWith(await frenoOf(db, rutOtec), { noche, huella }),
      proximo: (next ?? NEVER).toISOString(),
      actualizado: now.toISOString(),
    });
    return { clave, mensaje, queHacer, next };
  }

  /** Until when an answer before, of a call that was under way at the same time, has asked to be left alone. */
  async function askedFor({ noche }: Night, now: Date): Promise<Date | null> {
    const freno = await frenoOf(db, rutOtec);
    if (freno?.clave !== 'conexion' || freno.noche !== noche) return null;
    return isDueAt(freno.proximo, freno.actualizado, now) ? null : new Date(freno.proximo);
  }

  /** A test is a request whatever comes of it, counted before it goes: who dies over it makes another one at once. */
  async function count(night: Night): Promise<void> {
    const freno = await frenoOf(db, rutOtec);
    if (freno === undefined) return;
    const pedidos = (await countedOf(night)) + 1;
    const now = clock().toISOString();
    const { noche } = night;
    const marks = marksWith(freno, { noche, huella });
    await saveFreno(db, { ...freno, noche, huella: marks, pedidos, proximo: now, actualizado: now });
  }

  /** Calls of this night that a process died over before anything was counted: they met the same refusal. */
  async function uncounted({ noche, start }: Night): Promise<number> {
    const freno = await frenoOf(db, rutOtec);
    return freno?.noche === noche ? 0 : cutSince(db, { rutOtec, noche }, start);
  }

  /** Requests of this night with these credentials. */
  async function countedOf({ noche }: Night): Promise<number> {
    const freno = await frenoOf(db, rutOtec);
    return isAbout(freno, { noche, huella }) ? freno.pedidos : 0;
  }
}

/** What is told of a provider that a connection test was refused for. */
export function refusalOf({ code, message }: Reason): { mensaje: string; queHacer: string } {
  const { meaning, fix } = CATALOGUE[code === '002' ? '002' : '001'];
  return { mensaje: `SENCE no acepta a la OTEC: «${message}». ${meaning}`.trim(), queHacer: fix };
}

/** The service's own wish counts where it is the longer one. */
function waitFor({ retryAfterSeconds }: Stop, requests: number, now: Date): Date {
  const asked = Math.min((retryAfterSeconds ?? 0) * 1000, A_DAY_MS);
  return new Date(now.getTime() + Math.max(pauseOfLine(requests), asked));
}

const A_DAY_MS = 86_400_000;
const NEVER = new Date('9999-12-31T00:00:00Z');
