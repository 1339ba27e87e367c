import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openStore, publishDay, type Store, verifyArchive } from '../src/index.ts';
import { alumno, envio, modulo, registry } from './data.ts';
import { send } from './http.ts';
import { onBothStores } from './stores.ts';

/** The nightly run sets 50. */
const ROUNDS = Number(process.env.GESTOR_KILL_ROUNDS ?? 5);
const NOW = new Date('2027-03-10T22:30:00-03:00');
const CALLS = 60;
const REPEATED = 40;

onBothStores('an archiving process killed at any moment', (home) => {
  test(`${ROUNDS} times: the month stands in the store or in its checked files, and a run after it ends it`, async () => {
    const destino = await mkdtemp(join(tmpdir(), 'puente-archivo-'));
    onTestFinished(() => rm(destino, { recursive: true, force: true }));
    const datos = await home.datos();
    let now = new Date('2026-11-22T22:30:00-03:00');
    const gestor = await home.start({
      datos,
      registro: registry(),
      clock: () => now,
      limits: { porOtec: 1e9 },
    });
    const listaModulos = Array.from({ length: REPEATED }, () => modulo());
    for (let call = 0; call < CALLS; call++) await send(gestor, envio([alumno(1, { listaModulos })]));
    now = NOW;
    await gestor.close();
    const store = await openStore(datos);
    onTestFinished(() => store.close());
    await publishDay('2027-03-09', { store, clock: () => NOW });

    for (let round = 0; round < ROUNDS; round++) {
      await archiveAndKill({ datos, destino, antesDe: '2026-12', now: NOW }, Math.random() * 400);
      await expectNothingLost(store, destino);
    }
    await archiveAndKill({ datos, destino, antesDe: '2026-12', now: NOW }, null);
    expect(await left(store)).toEqual({ procesos: 0, registros: 0 });
    expect(await verifyArchive(destino)).toMatchObject([
      { problemas: [], manifiesto: { procesos: CALLS, registros: CALLS * REPEATED } },
    ]);
  }, 300_000);
});

/** @param after milliseconds after it has opened its store; null: it ends by itself. */
async function archiveAndKill(settings: object, after: number | null): Promise<void> {
  const script = fileURLToPath(new URL('process/archive.mjs', import.meta.url));
  const child = fork(script, [JSON.stringify(settings)]);
  const gone = once(child, 'exit');
  await once(child, 'message');
  if (after !== null) {
    await new Promise((resolve) => setTimeout(resolve, after));
    child.kill('SIGKILL');
  }
  const [code] = await gone;
  if (after === null) expect(code).toBe(0);
}

async function expectNothingLost(store: Store, destino: string): Promise<void> {
  const now = await left(store);
  if (now.procesos === CALLS && now.registros === CALLS * REPEATED) return;
  expect(await verifyArchive(destino)).toMatchObject([{ problemas: [], manifiesto: { procesos: CALLS } }]);
}

async function left({ db }: Store): Promise<{ procesos: number; registros: number }> {
  const count = async (table: 'proceso' | 'registro') =>
    Number(
      (
        await db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  return { procesos: await count('proceso'), registros: await count('registro') };
}
