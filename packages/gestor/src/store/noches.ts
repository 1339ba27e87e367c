import { type Selectable, sql } from 'kysely';
import { daysOf, type Nombrado, registrosOfDays } from './dias.ts';
import { upTo } from './grupos.ts';
import type { Db } from './store.ts';
import type { NocheTable } from './tables.ts';

export type Noche = Selectable<NocheTable>;

export async function findNoche(db: Db, dia: string): Promise<Noche | undefined> {
  return db.selectFrom('noche').selectAll().where('dia', '=', dia).executeTakeFirst();
}

/** The latest night that has finished. */
export async function lastNoche(db: Db): Promise<Noche | undefined> {
  return db
    .selectFrom('noche')
    .selectAll()
    .where('terminadaEn', 'is not', null)
    .orderBy('dia', 'desc')
    .executeTakeFirst();
}

export async function listNoches(db: Db, limit: number): Promise<Noche[]> {
  return db.selectFrom('noche').selectAll().orderBy('dia', 'desc').limit(limit).execute();
}

export async function beginNoche(db: Db, dia: string, now: Date): Promise<Noche> {
  await db
    .insertInto('noche')
    .values({ dia, iniciadaEn: now.getTime(), tomadaEn: null, terminadaEn: null })
    .onConflict((conflict) => conflict.column('dia').doNothing())
    .execute();
  return db.selectFrom('noche').selectAll().where('dia', '=', dia).executeTakeFirstOrThrow();
}

/** A night once taken gets no more processes: what comes in late waits for the next one. */
export async function markNoche(
  db: Db,
  dia: string,
  step: 'tomadaEn' | 'terminadaEn',
  now: Date,
): Promise<void> {
  await db.updateTable('noche').set(step, now.getTime()).where('dia', '=', dia).execute();
}

/**
 * Takes the next processes received up to a day into SIC: their accepted records become what SIC shows, and they are
 * marked with the night, in one transaction. Returns how many processes; 0 when none is left.
 */
export async function takeProcesos(db: Db, noche: string, maxRegistros: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const waiting = await trx
      .selectFrom('proceso')
      .select(['id', 'dia', 'aceptados'])
      .where('noche', 'is', null)
      .where('dia', '<=', noche)
      .orderBy('dia')
      .orderBy('id')
      .limit(500)
      .execute();
    const taken = upTo(waiting, maxRegistros, ({ aceptados }) => aceptados);
    if (taken.length === 0) return 0;
    await upsertSic(trx, taken, noche);
    const { from, to } = daysOf(taken);
    await trx
      .updateTable('proceso')
      .set({ noche })
      .where('id', 'in', idsOf(taken))
      .where('dia', '>=', from)
      .where('dia', '<=', to)
      .execute();
    return taken.length;
  });
}

function idsOf(procesos: readonly Nombrado[]): number[] {
  return procesos.map(({ id }) => id);
}

/** The last accepted record of each student × module among these processes; an older one never covers a newer. */
async function upsertSic(db: Db, procesos: Nombrado[], noche: string): Promise<void> {
  const { from, to } = daysOf(procesos);
  await sql`
    insert into sic (
      "cursoId", "rutAlumno", "codigoModulo", "dvAlumno",
      "tiempoConectividad", "estado", "porcentajeAvance", "fechaInicio", "fechaFin", "fechaEjecucion",
      "evaluacionFinal", "modTiempoConectividad", "modEstado", "modPorcentajeAvance", "modFechaInicio", "modFechaFin",
      "notaModulo", "procesoId", "n", "noche"
    )
    select
      "cursoId", cast(rut_alumno as integer), mod_cod, dv_alumno,
      cast(tiempo_conectividad as double precision), cast(estado as integer),
      cast(porcentaje_avance as double precision), fecha_inicio, fecha_fin, fecha_ejecucion,
      cast(evaluacion_final as double precision), cast(mod_tiempo_conectividad as double precision),
      cast(mod_estado as integer), cast(mod_porcentaje_avance as double precision), mod_fecha_inicio, mod_fecha_fin,
      cast(mod_nota as double precision), "procesoId", n, ${noche}
    from (
      select registro.*, proceso."cursoId", row_number() over (
        partition by proceso."cursoId", rut_alumno, mod_cod order by "procesoId" desc, n desc
      ) as age
      from registro join proceso on proceso.id = registro."procesoId"
      where registro."procesoId" in (${sql.join(idsOf(procesos))}) and estado_registro = 1
        and ${registrosOfDays(db, procesos)} and proceso.dia between ${from} and ${to}
    ) as aceptado
    where age = 1
    on conflict ("cursoId", "rutAlumno", "codigoModulo") do update set
      "dvAlumno" = excluded."dvAlumno",
      "tiempoConectividad" = excluded."tiempoConectividad",
      "estado" = excluded."estado",
      "porcentajeAvance" = excluded."porcentajeAvance",
      "fechaInicio" = excluded."fechaInicio",
      "fechaFin" = excluded."fechaFin",
      "fechaEjecucion" = excluded."fechaEjecucion",
      "evaluacionFinal" = excluded."evaluacionFinal",
      "modTiempoConectividad" = excluded."modTiempoConectividad",
      "modEstado" = excluded."modEstado",
      "modPorcentajeAvance" = excluded."modPorcentajeAvance",
      "modFechaInicio" = excluded."modFechaInicio",
      "modFechaFin" = excluded."modFechaFin",
      "notaModulo" = excluded."notaModulo",
      "procesoId" = excluded."procesoId",
      "n" = excluded."n",
      "noche" = excluded."noche"
    where (excluded."procesoId", excluded."n") > (sic."procesoId", sic."n")
  `.execute(db);
}

/** Providers that a night took something from, in order. */
export async function otecsOfNoche(db: Db, noche: string): Promise<number[]> {
  const rows = await db
    .selectFrom('proceso')
    .select('rutOtec')
    .distinct()
    .where('noche', '=', noche)
    .where('aceptados', '>', 0)
    .orderBy('rutOtec')
    .execute();
  return rows.map(({ rutOtec }) => rutOtec);
}

const PROCESOS_PER_READ = 20;

/** What a night took from one provider, in the order received, some processes at a time. */
export async function* publishedRegistros(
  db: Db,
  noche: string,
  rutOtec: number,
): AsyncGenerator<Publicado[]> {
  let after = 0;
  for (;;) {
    const procesos = await db
      .selectFrom('proceso')
      .select(['id', 'dia'])
      .where('noche', '=', noche)
      .where('rutOtec', '=', rutOtec)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PROCESOS_PER_READ)
      .execute();
    const last = procesos.at(-1);
    if (!last) return;
    after = last.id;
    yield await readPublicados(db, procesos);
  }
}

export type Publicado = Awaited<ReturnType<typeof readPublicados>>[number];

function readPublicados(db: Db, procesos: Nombrado[]) {
  const { from, to } = daysOf(procesos);
  return db
    .selectFrom('registro')
    .innerJoin('proceso', 'proceso.id', 'registro.procesoId')
    .selectAll('registro')
    .select(['proceso.codigoOferta', 'proceso.codigoGrupo', 'proceso.codigoEnvio'])
    .where('registro.procesoId', 'in', idsOf(procesos))
    .where(registrosOfDays(db, procesos))
    .where('proceso.dia', '>=', from)
    .where('proceso.dia', '<=', to)
    .where('registro.estado_registro', '=', 1)
    .orderBy('registro.procesoId')
    .orderBy('registro.n')
    .execute();
}
