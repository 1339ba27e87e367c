import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { backupSqlite, type Gestor, type GestorOptions, startGestor } from '../src/index.ts';
import { alumno, EVENING, envio, MODULOS, modulo, registry } from './data.ts';
import { history, post, send } from './http.ts';
import { startPostgres } from './postgres.ts';

const options: Partial<GestorOptions> = {
  clock: () => EVENING,
  horaPublicacion: null,
  limits: { porOtec: 1e9 },
};
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
});

test('a SQLite store is copied while it is served, and the copy serves on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'puente-respaldo-'));
  closing.push(() => rm(folder, { recursive: true }));
  const gestor = await start({ datos: join(folder, 'original'), registro: registry() });
  const restored = join(folder, 'restaurado');

  await aroundSends(gestor, () => backupSqlite(join(folder, 'original'), join(restored, 'gestor.db')));
  await checkRestored(await start({ datos: restored }));
  await expect(backupSqlite(join(folder, 'original'), join(restored, 'gestor.db'))).rejects.toThrow();
});

test('a PostgreSQL server is copied while it serves, and the copy serves on', async () => {
  const postgres = await startPostgres();
  closing.push(() => postgres.stop());
  const datos = await postgres.createDatabase();
  const gestor = await start({ datos, registro: registry() });
  const client = new pg.Client({ connectionString: datos });
  await client.connect();
  closing.push(() => client.end());
  const copy = join(postgres.dataFolder, '..', 'restaurado');

  let label = '';
  await aroundSends(gestor, async () => {
    await client.query("select pg_backup_start('prueba', true)");
    await copyDataFolder(postgres.dataFolder, copy);
    const { rows } = await client.query('select labelfile from pg_backup_stop(false)');
    label = rows[0].labelfile;
    // The log that covers the copy: a production server archives it.
    await cp(join(postgres.dataFolder, 'pg_wal'), join(copy, 'pg_wal'), { recursive: true });
  });

  const second = await postgres.startCopy(copy, label);
  closing.push(() => second.stop());
  await checkRestored(await start({ datos: second.url(new URL(datos).pathname.slice(1)) }));
});

async function start(own: Pick<GestorOptions, 'datos' | 'registro'>): Promise<Gestor> {
  const gestor = await startGestor({ ...options, ...own });
  closing.push(() => gestor.close());
  return gestor;
}

/** Ten sends, then the backup with more sends going on. */
async function aroundSends(gestor: Gestor, backup: () => Promise<void>): Promise<void> {
  for (let percentage = 1; percentage <= 10; percentage++) await send(gestor, report(percentage));
  let done = false;
  const sending = (async () => {
    for (let percentage = 11; !done; percentage++) await post(gestor, report(percentage / 1000 + 10));
  })();
  await backup();
  done = true;
  await sending;
}

const report = (porcentajeAvance: number) =>
  envio([1, 2].map((n) => alumno(n, { listaModulos: [modulo(MODULOS[0], { porcentajeAvance })] })));

async function checkRestored(gestor: Gestor): Promise<void> {
  const processes = await history(gestor);
  expect(processes.length).toBeGreaterThanOrEqual(10);
  for (const { listaregistros } of processes) expect(listaregistros).toHaveLength(2);
  const codes = async (percentage: number) =>
    (await send(gestor, report(percentage))).datosError?.map(({ codigo }) => codigo);
  expect(await codes(9)).toEqual(['025', '025']);
  expect(await codes(100)).toBeUndefined();
}

async function copyDataFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  await cp(from, to, {
    recursive: true,
    filter: (path) =>
      !/postmaster\.(pid|opts)$|pg_wal\/.|pg_stat_tmp\/.|pgsql_tmp/.test(path.slice(from.length)),
  });
}
