import { migrate } from '@puente-sic/store';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startGestor } from '../src/index.ts';
import { migrations } from '../src/store/migrations.ts';
import { alumno, CURSO, EVENING, envio, registry } from './data.ts';
import { history, send } from './http.ts';
import { type Postgres, startPostgres } from './postgres.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** A database as it was before months were kept apart: three processes of two months, of a thousand numbers used. */
async function oldDatabase(): Promise<{ datos: string; pool: pg.Pool }> {
  const datos = await postgres.createDatabase();
  const pool = await connect(datos);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: await connect(datos) }) });
  const { '001-first': first, '002-latido': latido } = migrations('postgres');
  if (first === undefined || latido === undefined)
    throw new Error('the first two migrations have other names');
  await migrate(db, { '001-first': first, '002-latido': latido }, 'PostgreSQL');
  await db.destroy();
  for (const [id, dia] of [
    [7, '2026-09-30'],
    [8, '2026-10-01'],
    [9, '2026-10-31'],
  ]) {
    await pool.query(
      `insert into proceso (id, "rutOtec", "codigoOferta", "codigoGrupo", "recibidoEn", dia, alumnos, aceptados, rechazados)
       overriding system value values ($1, 77124930, $2, $2, $3, $4, 1, 2, 0)`,
      [id, CURSO, Date.parse(`${dia}T22:30:00-03:00`), dia],
    );
    for (const n of [1, 2])
      await pool.query(
        `insert into registro ("procesoId", n, rut_alumno, mod_cod, estado_registro, obs_registro)
         values ($1, $2, '9000001', $3, 1, '')`,
        [id, n, `M${n}`],
      );
  }
  await pool.query("select setval('proceso_id_seq', 1000)");
  return { datos, pool };
}

async function connect(datos: string): Promise<pg.Pool> {
  const pool = new pg.Pool({ connectionString: datos });
  onTestFinished(() => pool.end().catch(() => undefined));
  return pool;
}

async function start(datos: string, clock = () => EVENING) {
  const gestor = await startGestor({ datos, registro: registry(), clock, horaPublicacion: null });
  onTestFinished(() => gestor.close());
  return gestor;
}

async function tablesOf(pool: pg.Pool, parent: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    'select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by 1',
    [parent],
  );
  return rows.map(({ name }) => name);
}

test('a database of before is moved into its months with all that it holds, and its numbers go on', async () => {
  const { datos, pool } = await oldDatabase();
  const gestor = await start(datos);
  const { id_proceso } = await send(gestor, envio([alumno(1)]));
  expect(id_proceso).toBe(1001);
  const processes = await history(gestor);
  expect(processes.map((p) => [p.id_proceso_externo, p.listaregistros.map((r) => r.mod_cod)])).toEqual([
    ['7', ['M1', 'M2']],
    ['8', ['M1', 'M2']],
    ['9', ['M1', 'M2']],
    ['1001', ['C00001-O0001-M1']],
  ]);
  const months = ['2026_09', '2026_10', '2026_11', '2026_12', '2027_01'];
  for (const table of ['proceso', 'registro'])
    expect(await tablesOf(pool, table)).toEqual(months.map((month) => `${table}_${month}`));
  const { rows } = await pool.query('select count(*)::int as n from registro_2026_10');
  expect(rows).toEqual([{ n: 4 }]);
  const left = await pool.query(
    "select to_regclass('proceso_entero') as a, to_regclass('registro_entero') as b",
  );
  expect(left.rows).toEqual([{ a: null, b: null }]);
});

test('a database that cannot be moved whole stays as it was', async () => {
  const { datos, pool } = await oldDatabase();
  await pool.query(
    `insert into registro ("procesoId", n, estado_registro, obs_registro) values (555, 1, 1, 'de ningún proceso')`,
  );
  await expect(start(datos)).rejects.toThrow(/without a month/);
  const { rows } = await pool.query('select count(*)::int as n from registro');
  expect(rows).toEqual([{ n: 7 }]);
  expect(await tablesOf(pool, 'registro')).toEqual([]);
});

test('a call that finds no month, as after the service stood still for a year, makes its own', async () => {
  const datos = await postgres.createDatabase();
  let now = EVENING;
  const gestor = await start(datos, () => now);
  now = new Date('2027-12-31T23:59:59-03:00');
  const sends = [1, 2, 3].map((n) => send(gestor, envio([alumno(n)])));
  expect(new Set((await Promise.all(sends)).map(({ id_proceso }) => id_proceso)).size).toBe(3);
  expect(await history(gestor, { fechaDesde: '2027-12-31' })).toHaveLength(3);
  expect(await tablesOf(await connect(datos), 'registro')).toContain('registro_2027_12');
});

test('the records of a process are looked for in its month alone', async () => {
  const { datos, pool } = await oldDatabase();
  await start(datos);
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `explain select * from registro where "procesoId" = 8 and registro.dia between '2026-10-01' and '2026-10-01'`,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('registro_2026_10');
  expect(plan).not.toContain('registro_2026_09');
});
