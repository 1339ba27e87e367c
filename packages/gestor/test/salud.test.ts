import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Gestor, openStore } from '../src/index.ts';
import { alumno, EVENING, envio, registry } from './data.ts';
import { history, post, send } from './http.ts';
import { onEachStore } from './stores.ts';

const WAIT = { timeout: 30_000, interval: 500 };
const BIEN = { status: 200, estado: 'bien' };
const SIN_ESCRITURA = { status: 503, estado: 'sin escritura' };

onEachStore('the health that a load balancer asks for', (home) => {
  test('is red while the store takes no writes, though it reads, and good again by itself', async () => {
    const datos = await home.datos();
    const gestor = await home.start({ datos, clock: () => EVENING, registro: registry() });
    await expect.poll(() => salud(gestor), WAIT).toMatchObject(BIEN);
    await send(gestor, envio([alumno(1)]));

    const store = await openStore(datos);
    try {
      for (const table of ['latido', 'proceso']) await full(store, table);
      expect((await post(gestor, envio([alumno(1)]))).status).toBe(503);
      expect(await salud(gestor)).toMatchObject(SIN_ESCRITURA);
      expect(await history(gestor)).toHaveLength(1);
      for (const table of ['latido', 'proceso']) await free(store, table);
    } finally {
      await store.close();
    }
    await expect.poll(() => salud(gestor), WAIT).toMatchObject(BIEN);
    expect((await send(gestor, envio([alumno(1)]))).errores).toEqual([]);
  });
});

type Opened = Awaited<ReturnType<typeof openStore>>;

/** Makes a table refuse what is written as a full disk does. */
async function full({ db, dialect }: Opened, table: string): Promise<void> {
  if (dialect === 'sqlite') {
    for (const deed of ['insert', 'update']) {
      await sql
        .raw(
          `create trigger lleno_${table}_${deed} before ${deed} on ${table} begin select raise(abort, 'database or disk is full'); end`,
        )
        .execute(db);
    }
    return;
  }
  await sql
    .raw(
      "create or replace function lleno() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$",
    )
    .execute(db);
  await sql
    .raw(
      `create trigger lleno_${table} before insert or update on ${table} for each row execute function lleno()`,
    )
    .execute(db);
}

async function free({ db, dialect }: Opened, table: string): Promise<void> {
  const names =
    dialect === 'sqlite'
      ? [`lleno_${table}_insert`, `lleno_${table}_update`]
      : [`lleno_${table} on ${table}`];
  for (const name of names) await sql.raw(`drop trigger ${name}`).execute(db);
}

async function salud({ port }: Gestor): Promise<{ status: number; estado: unknown }> {
  const response = await fetch(`http://127.0.0.1:${port}/salud`);
  const { estado } = await response.json();
  return { status: response.status, estado };
}
