import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { santiagoDate } from '@puente-sic/protocol';
import { expect, test, vi } from 'vitest';
import { openStore } from '../src/index.ts';
import { alumno, EVENING, envio, MODULOS, modulo, registry } from './data.ts';
import { getHistory, history, post } from './http.ts';
import { type GestorProcess, startProcess } from './process/process.ts';
import { onBothStores } from './stores.ts';

/** The nightly run sets 50. */
const ROUNDS = Number(process.env.GESTOR_KILL_ROUNDS ?? 5);
const DAY_MS = 86_400_000;
/** Enough of a day that its night takes several steps: 30 × 4 students × 2 modules × 20. */
const CALLS_A_DAY = 30;
const REPEATED = 20;
const adminKey = 'clave-inventada-de-pruebas';
const limits = { porOtec: 1e9, porDireccion: 1e9 };

onBothStores('killed at any moment', (home) => {
  test(
    `${ROUNDS} times during sends: nothing acknowledged is lost, nothing is there twice`,
    async () => {
      const datos = await home.datos();
      const sent = new Sent();
      for (let round = 0; round < ROUNDS; round++) {
        const gestor = await startProcess({ datos, registro: registry(), limits }, EVENING);
        const senders = [1, 2, 3, 4].map((n) => keepSending(gestor, n, sent));
        await moment(400);
        await gestor.kill();
        await Promise.all(senders);
      }
      await checkHistory(datos, sent);
    },
    60_000 + ROUNDS * 15_000,
  );

  test(
    `${ROUNDS} nights, each killed once: every record is published once`,
    async () => {
      const datos = await home.datos();
      const salida = await mkdtemp(join(tmpdir(), 'puente-salida-'));
      const days: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const evening = new Date(EVENING.getTime() + round * DAY_MS);
        const dia = santiagoDate(evening);
        days.push(dia);
        const day = await startProcess({ datos, registro: registry(), limits }, evening);
        for (let call = 0; call < CALLS_A_DAY; call++) await post(day, busyDay(round + call / CALLS_A_DAY));
        await day.close();

        const next = new Date(evening.getTime() + DAY_MS);
        const killed = await startProcess({ datos, adminKey, salida }, next);
        const job = publish(killed, dia).catch(() => undefined);
        await moment(400);
        await killed.kill();
        await job;
        const finishing = await startProcess({ datos, adminKey, salida }, next);
        expect((await publish(finishing, dia)).status).toBe(200);
        expect(await (await publish(finishing, dia)).json()).toMatchObject({
          resultado: 'ya estaba',
          procesos: 0,
        });
        await finishing.close();
      }
      await checkNights(datos, salida, days);
      await rm(salida, { recursive: true });
    },
    60_000 + ROUNDS * 30_000,
  );

  test(
    'with its database: it says 503, and goes on once that is back',
    async ({ skip }) => {
      const postgres = home.postgres();
      if (!postgres) return skip('SQLite has no server to kill');
      const datos = await home.datos();
      const sent = new Sent();
      const gestor = await startProcess({ datos, registro: registry(), limits }, EVENING);
      for (let round = 0; round < ROUNDS; round++) {
        const stop = new AbortController();
        const senders = [1, 2, 3, 4].map((n) => keepSending(gestor, n, sent, stop.signal));
        await moment(300);
        await postgres.kill();
        expect((await getHistory(gestor)).status).toBe(503);
        await postgres.start();
        const before = sent.acknowledged.size;
        await vi.waitUntil(() => sent.acknowledged.size > before, { timeout: 30_000 });
        stop.abort();
        await Promise.all(senders);
      }
      await gestor.close();
      await checkHistory(datos, sent);
    },
    60_000 + ROUNDS * 20_000,
  );
});

/** What the senders know: every codigoEnvio that they used, and of those answered their process number. */
class Sent {
  readonly acknowledged = new Map<string, number>();
  #next = 0;

  /** Percentages rise slowly over all rounds, so that every send can be accepted. */
  next(): { codigoEnvio: string; porcentajeAvance: number } {
    this.#next += 1;
    return { codigoEnvio: `envio-${this.#next}`, porcentajeAvance: this.#next / 10_000 };
  }
}

/** Sends one student's progress again and again, until the process is gone or the signal comes. */
async function keepSending(gestor: GestorProcess, n: number, sent: Sent, stop?: AbortSignal): Promise<void> {
  while (!stop?.aborted) {
    const { codigoEnvio, porcentajeAvance } = sent.next();
    try {
      const { status, text } = await post(
        gestor,
        envio([alumno(n, { listaModulos: both(porcentajeAvance) })], { codigoEnvio }),
      );
      if (status === 200) sent.acknowledged.set(codigoEnvio, JSON.parse(text).id_proceso);
    } catch {
      if (!stop) return; // killed, which is what the test is about
    }
  }
}

function both(porcentajeAvance: number) {
  return MODULOS.map((codigo) => modulo(codigo, { porcentajeAvance }));
}

async function moment(upTo: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * upTo));
}

async function checkHistory(datos: string, { acknowledged }: Sent): Promise<void> {
  const gestor = await startProcess({ datos, limits }, EVENING);
  const processes = await history(gestor);
  await gestor.close();
  expect(acknowledged.size).toBeGreaterThan(0);
  const byCode = new Map(processes.map((process) => [process.codigo_externo, process]));
  expect(byCode.size).toBe(processes.length);
  for (const [codigoEnvio, idProceso] of acknowledged) {
    expect(byCode.get(codigoEnvio)?.id_proceso_externo, codigoEnvio).toBe(String(idProceso));
  }
  for (const { id_proceso_externo, listaregistros } of processes) {
    expect(
      listaregistros.map(({ estado_registro }) => estado_registro),
      id_proceso_externo,
    ).toEqual(['1', '1']);
  }
}

function busyDay(porcentajeAvance: number) {
  const listaModulos = Array.from({ length: REPEATED }, () => both(porcentajeAvance)).flat();
  return envio([1, 2, 3, 4].map((n) => alumno(n, { listaModulos })));
}

function publish(gestor: GestorProcess, dia: string): Promise<Response> {
  return fetch(new URL('/admin/noches', gestor.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}` },
    body: JSON.stringify({ dia }),
  });
}

async function checkNights(datos: string, salida: string, days: string[]): Promise<void> {
  const store = await openStore(datos);
  const pending = await store.db.selectFrom('proceso').select('id').where('noche', 'is', null).execute();
  const shown = await store.db.selectFrom('sic').select(['modPorcentajeAvance', 'noche']).execute();
  await store.close();
  expect(pending).toEqual([]);
  const last = {
    modPorcentajeAvance: Number((days.length - 1 / CALLS_A_DAY).toFixed(5)),
    noche: days.at(-1),
  };
  expect(shown).toEqual(Array.from({ length: 8 }, () => last));

  expect((await readdir(salida)).sort()).toEqual(days);
  const published = new Set<string>();
  for (const dia of days) {
    const lines = (await readFile(join(salida, dia, '77124930.ndjson'), 'utf8')).trim().split('\n');
    expect(lines, dia).toHaveLength(CALLS_A_DAY * 8 * REPEATED);
    for (const { procesoId, n } of lines.map((line) => JSON.parse(line))) published.add(`${procesoId}/${n}`);
  }
  expect(published.size).toBe(days.length * CALLS_A_DAY * 8 * REPEATED);
}
