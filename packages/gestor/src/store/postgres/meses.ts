import { runStatements } from '@puente-sic/store';
import { type Kysely, sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { type Archivado, LateError } from '../store.ts';

/** The tables that are kept a month apart, by the day (Santiago's) that a process came in. */
const TABLES = ['proceso', 'registro'] as const;

/**
 * Makes the partitions of the month of a day (`YYYY-MM-DD`) where they are missing. Attaching an empty table holds up
 * nobody who sends, and several processes at it at once wait for each other.
 */
export async function ensureMonth(pool: Pool, dia: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('puente-gestor'), hashtext('meses'))");
    for (const table of TABLES) {
      const partition = partitionOf(table, dia);
      const { rows } = await client.query('select to_regclass($1) is null as missing', [partition]);
      if (!rows[0]?.missing) continue;
      await client.query(
        `create table ${partition} (like ${table} including defaults including constraints)`,
      );
      await client.query(`alter table ${table} attach partition ${partition} ${boundsOf(dia)}`);
    }
  });
}

/**
 * Takes a month away, whole or not at all. It waits for the tables five seconds at most, since all who send would wait
 * behind it, and tries again.
 * @throws LateError
 */
export async function dropMonth(pool: Pool, archivado: Archivado): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(pool, (client) => drop(client, archivado));
    } catch (error) {
      if (attempt === ATTEMPTS || !hasCode(error, LOCK_NOT_AVAILABLE)) throw error;
    }
  }
}

async function drop(client: PoolClient, { mes, procesos, hastaId }: Archivado): Promise<void> {
  await client.query("set local lock_timeout = '5s'");
  const own = partitionOf('proceso', mes);
  const { rows } = await client.query('select to_regclass($1) is null as gone', [own]);
  if (rows[0]?.gone) return;
  await client.query(`lock table ${own} in share mode`);
  const now = await client.query(`select count(*)::integer as n, max(id) as last from ${own}`);
  if (now.rows[0]?.n !== procesos || now.rows[0]?.last !== hastaId) throw new LateError(mes);
  for (const table of TABLES) await client.query(`drop table ${partitionOf(table, mes)}`);
}

/** Whether a row had no partition to go into. */
export function isMonthMissing(error: unknown): boolean {
  return hasCode(error, CHECK_VIOLATION) && error.message.startsWith('no partition of relation');
}

/**
 * The migration: what stood in one table each is moved into its months, in the Migrator's transaction. It reads and
 * writes everything once; meanwhile nobody sends.
 */
export async function partitionByMonth<T>(db: Kysely<T>): Promise<void> {
  await runStatements(db, BEGIN);
  const { rows } = await sql<{ mes: string }>`
    select distinct substr(dia, 1, 7) as mes from proceso_entero order by mes`.execute(db);
  for (const { mes } of rows) {
    for (const table of TABLES) {
      const partition = partitionOf(table, mes);
      await sql.raw(`create table ${partition} partition of ${table} ${boundsOf(mes)}`).execute(db);
    }
    const [from, to] = [`${mes}-01`, firstOfNext(mes)];
    await sql
      .raw(`insert into ${partitionOf('proceso', mes)} (${PROCESO})
            select ${PROCESO} from proceso_entero where dia >= '${from}' and dia < '${to}'`)
      .execute(db);
    await sql
      .raw(`insert into ${partitionOf('registro', mes)} (${REGISTRO}, dia)
            select ${REGISTRO.replace(/\S+/g, (column) => `r.${column}`)}, p.dia
            from proceso_entero p join registro_entero r on r."procesoId" = p.id
            where p.dia >= '${from}' and p.dia < '${to}'`)
      .execute(db);
  }
  await requireAllMoved(db);
  await runStatements(db, END);
}

/** A migration that would leave a record behind is taken back as a whole. */
async function requireAllMoved<T>(db: Kysely<T>): Promise<void> {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*) from proceso_entero) - (select count(*) from proceso) as procesos,
    (select count(*) from registro_entero) - (select count(*) from registro) as registros`.execute(db);
  if (Number(rows[0]?.procesos) !== 0 || Number(rows[0]?.registros) !== 0)
    throw new Error(`records without a month: ${JSON.stringify(rows[0])}`);
}

const PROCESO = `id, "rutOtec", "cursoId", "codigoOferta", "codigoGrupo", "codigoEnvio", "cantActividadSincronica",
  "cantActividadAsincronica", "recibidoEn", dia, alumnos, aceptados, rechazados, rechazo, noche`;

const REGISTRO = `"procesoId", n, rut_alumno, dv_alumno, tiempo_conectividad, estado, porcentaje_avance, fecha_inicio,
  fecha_fin, fecha_ejecucion, evaluacion_final, mod_cod, mod_tiempo_conectividad, mod_estado, mod_porcentaje_avance,
  mod_fecha_inicio, mod_fecha_fin, mod_nota, mod_cant_sincronica, mod_cant_asincronica, actividades, estado_registro,
  obs_registro`;

/** Days are compared byte by byte, whatever the database's own order; numbers go on from where they were. */
const BEGIN = `
lock table proceso, registro in access exclusive mode;
drop index proceso_otec;
drop index proceso_curso;
drop index proceso_pendiente;
drop index proceso_noche;
alter table proceso rename to proceso_entero;
alter table registro rename to registro_entero;
create sequence proceso_numero as bigint;
select setval('proceso_numero', last_value, is_called) from proceso_id_seq;
create table proceso (
  "id" bigint not null default nextval('proceso_numero'),
  "rutOtec" integer not null,
  "cursoId" bigint,
  "codigoOferta" text,
  "codigoGrupo" text,
  "codigoEnvio" text,
  "cantActividadSincronica" text,
  "cantActividadAsincronica" text,
  "recibidoEn" bigint not null,
  "dia" text collate "C" not null,
  "alumnos" integer not null,
  "aceptados" integer not null,
  "rechazados" integer not null,
  "rechazo" text,
  "noche" text
) partition by range (dia);
create table registro (
  "procesoId" bigint not null,
  "n" integer not null,
  "rut_alumno" text,
  "dv_alumno" text,
  "tiempo_conectividad" text,
  "estado" text,
  "porcentaje_avance" text,
  "fecha_inicio" text,
  "fecha_fin" text,
  "fecha_ejecucion" text,
  "evaluacion_final" text,
  "mod_cod" text,
  "mod_tiempo_conectividad" text,
  "mod_estado" text,
  "mod_porcentaje_avance" text,
  "mod_fecha_inicio" text,
  "mod_fecha_fin" text,
  "mod_nota" text,
  "mod_cant_sincronica" text,
  "mod_cant_asincronica" text,
  "actividades" text,
  "estado_registro" integer not null,
  "obs_registro" text not null,
  "dia" text collate "C" not null
) partition by range (dia)`;

const END = `
drop table registro_entero;
drop table proceso_entero;
alter sequence proceso_numero owned by proceso."id";
alter table proceso add primary key ("id", "dia");
create index proceso_otec on proceso ("rutOtec", "id");
create index proceso_curso on proceso ("cursoId", "id");
create index proceso_pendiente on proceso ("dia", "id") where "noche" is null;
create index proceso_noche on proceso ("noche", "rutOtec", "id") where "noche" is not null;
alter table registro add primary key ("procesoId", "n", "dia")`;

/** The name of a month's table, by one of its days or by itself. */
function partitionOf(table: (typeof TABLES)[number], dia: string): string {
  const [, year, month] = /^(\d{4})-(\d\d)/.exec(dia) ?? [];
  if (year === undefined) throw new Error(`not a day: ${dia}`);
  return `${table}_${year}_${month}`;
}

function boundsOf(dia: string): string {
  return `for values from ('${dia.slice(0, 7)}-01') to ('${firstOfNext(dia)}')`;
}

function firstOfNext(dia: string): string {
  const [year, month] = [Number(dia.slice(0, 4)), Number(dia.slice(5, 7))];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    const isLost = await client.query('rollback').then(
      () => false,
      () => true,
    );
    client.release(isLost);
    throw error;
  }
}

function hasCode(error: unknown, code: string): error is Error {
  return error instanceof Error && 'code' in error && error.code === code;
}

const CHECK_VIOLATION = '23514';
const LOCK_NOT_AVAILABLE = '55P03';
const ATTEMPTS = 12;
