import type { Broken, Reply, Transport } from '@puente-sic/client';
import { bend } from './history.ts';
import type { Kind } from './kinds.ts';
import type { Random } from './random.ts';
import type { HttpAnswer, Sence } from './sence.ts';
import { MINUTE, type VirtualTime } from './time.ts';
import { FIRST_TOKEN, SECOND_TOKEN } from './truth.ts';

/** Who made a request and what it was; for judging, by the process that it became. */
export interface Passage {
  rutOtec: string;
  /** `service`, or which act of a person. */
  sender: string;
  method: 'GET' | 'POST';
  at: number;
  /** Numbers of the processes that it became, in the order of arrival; more than one where the line repeated it. */
  procesos: number[];
  /** Until when the answer asked to wait, where it did. */
  waitUntil: number | null;
  waitSince: number | null;
  refusedToken: boolean;
}

export interface LineWorld {
  time: VirtualTime;
  sence: Sence;
  random: (rutOtec: string) => Random;
  meets(kind: Kind, rutOtec: string): boolean;
  passages: Passage[];
  /** A call of the service begins. */
  onCall(): void;
}

/** What a request meets on its way: at most one of these. */
const ON_THE_WAY = [
  'cut-before',
  'no-connection',
  'cut-after',
  'too-late',
  'arrives-later',
  'truncated',
  'leaked-html',
  '429-retry-after',
  '503-retry-after',
] as const satisfies Kind[];
const OF_A_POST = ['duplicate', '503-recorded', 'denied-and-recorded'] as const satisfies Kind[];

/** The network of one sender, between its client and the Gestor: takes its time, and has its faults. */
export function lineOf(world: LineWorld, rutOtec: string, sender: string): Transport {
  const { time, sence } = world;
  return (request) =>
    new Promise((resolve) => {
      const begun = time.now;
      const random = world.random(rutOtec);
      const passage: Passage = {
        ...{ rutOtec, sender, method: request.method, at: begun },
        ...{ procesos: [], waitUntil: null, waitSince: null, refusedToken: false },
      };
      world.passages.push(passage);
      if (sender === 'service' && request.method === 'POST') world.onCall();
      let over = false;
      const end = (result: Reply | Broken) => {
        if (over) return;
        over = true;
        request.signal?.removeEventListener('abort', onAbort);
        resolve(result);
      };
      const broken = (why: Broken['why'], sent: boolean): Broken => ({
        ...{ kind: 'broken', why, sent, proxied: false, error: null, status: null, headers: {} },
        ...{ body: Buffer.alloc(0), durationMs: time.now - begun },
      });
      const reply = ({ status, headers, body }: HttpAnswer): Reply => ({
        ...{ kind: 'reply', status, headers, body: Buffer.from(body), durationMs: time.now - begun },
      });
      const after = (ms: number, work: () => void) => time.at(time.now + ms, work);
      /** The request reaches the Gestor, which answers at once. */
      const arrive = (answered: (answer: HttpAnswer) => void) => {
        const path = withFirstToken(`${request.url.pathname}${request.url.search}`);
        const { method, headers } = request;
        const body = request.body && Buffer.from(withFirstToken(Buffer.from(request.body).toString()));
        void time.real(sence.call({ method, path, headers, ...(body && { body }) })).then((answer) => {
          const id = /"id_proceso":(\d+)/.exec(answer.body)?.[1];
          if (method === 'POST' && id !== undefined) passage.procesos.push(Number(id));
          answered(bend(request, answer, time.now, (kind) => world.meets(kind, rutOtec)));
        });
      };

      after(request.timeoutMs, () => end(broken('timeout', true)));
      const onAbort = () => end(broken('aborted', true));
      request.signal?.addEventListener('abort', onAbort);
      const there = random.int(50, 3_000);
      const back = random.int(50, 8_000);
      const dated = (answer: Partial<HttpAnswer> & { status: number }): HttpAnswer => ({
        ...{ body: '', ...answer },
        headers: { date: time.date().toUTCString(), 'content-type': 'text/html', ...answer.headers },
      });
      const waits = (status: number): HttpAnswer => {
        const seconds = random.int(1, 12) * 60;
        passage.waitSince = time.now;
        passage.waitUntil = time.now + seconds * 1_000;
        return dated({ status, headers: { 'retry-after': String(seconds) }, body: '<h1>Espere</h1>' });
      };

      if (world.meets('token-refused', rutOtec)) {
        passage.refusedToken = true;
        return after(there + back, () => end(reply(refused(dated))));
      }
      const kinds: readonly Kind[] = request.method === 'POST' ? [...ON_THE_WAY, ...OF_A_POST] : ON_THE_WAY;
      const fault = kinds.find((kind) => world.meets(kind, rutOtec)) ?? null;
      switch (fault) {
        case 'no-connection':
          return after(there, () => end(broken('failed', false)));
        case 'cut-before':
          return after(there, () => end(broken('failed', true)));
        case 'arrives-later':
          after(there, () => end(broken('failed', true)));
          return after(there + random.int(1, 11) * MINUTE, () => arrive(() => {}));
        case '429-retry-after':
          return after(there, () => end(reply(waits(429))));
        case '503-retry-after':
          return after(there, () => end(reply(waits(503))));
        default:
      }
      after(there, () =>
        arrive((answer) => {
          if (fault === 'duplicate') after(random.int(1, 240) * 1_000, () => arrive(() => {}));
          if (fault === 'cut-after') return after(back, () => end(broken('failed', true)));
          if (fault === 'too-late') return after(request.timeoutMs + back, () => end(reply(answer)));
          after(back, () =>
            end(fault === null ? reply(answer) : reply(changed(answer, fault, random, dated))),
          );
        }),
      );
    });
}

/** The one token that the Gestor knows, for the one that came in its place. */
function withFirstToken(text: string): string {
  return text.replaceAll(SECOND_TOKEN, FIRST_TOKEN);
}

type Dated = (answer: Partial<HttpAnswer> & { status: number }) => HttpAnswer;

/** What is left of a good answer. */
function changed(answer: HttpAnswer, fault: Kind, random: Random, dated: Dated): HttpAnswer {
  switch (fault) {
    case 'truncated':
      return { ...answer, body: answer.body.slice(0, random.int(0, Math.max(0, answer.body.length - 1))) };
    case 'leaked-html':
      return { ...answer, body: `<div><h4>A PHP Error was encountered</h4></div>\n${answer.body}` };
    case '503-recorded':
      return dated({ status: 503, body: '<h1>Unavailable</h1>' });
    case 'denied-and-recorded':
      return random.pick([
        dated({ status: 429, body: '<h1>Too many requests</h1>' }),
        dated({ status: 307, headers: { location: '/otra' } }),
        dated({ status: 308, headers: { location: '/otra' } }),
        refused(dated),
      ]);
    default:
      return answer;
  }
}

function refused(dated: Dated): HttpAnswer {
  return dated({ status: 200, body: '{"error":[{"mensaje":"Token invalido"}]}' });
}
