import { sql } from 'kysely';
import { type Nombrado, registrosOfDays, sameDay } from './dias.ts';
import type { Db } from './store.ts';

/** What the list of processes is narrowed to; `rutOtec` null: of every provider. */
export interface ProcesoFilter {
  rutOtec: number | null;
  /** Santiago's days, both included. */
  desde?: string;
  hasta?: string;
  codigoOferta?: string;
  codigoEnvio?: string;
  soloRechazos?: boolean;
  /** Only older than this process: where the next page begins. */
  antes?: number;
}

export type ProcesoRow = Awaited<ReturnType<typeof listProcesos>>[number];
export type RegistroRow = Awaited<ReturnType<typeof listRegistros>>[number];

/** Processes, newest first. */
export function listProcesos(db: Db, filter: ProcesoFilter, limit: number) {
  let query = procesos(db).orderBy('proceso.id', 'desc').limit(limit);
  const { rutOtec, desde, hasta, codigoOferta, codigoEnvio, soloRechazos, antes } = filter;
  if (rutOtec !== null) query = query.where('proceso.rutOtec', '=', rutOtec);
  if (desde) query = query.where('proceso.dia', '>=', desde);
  if (hasta) query = query.where('proceso.dia', '<=', hasta);
  if (codigoOferta) query = query.where('proceso.codigoOferta', '=', codigoOferta);
  if (codigoEnvio) query = query.where('proceso.codigoEnvio', '=', codigoEnvio);
  if (soloRechazos) {
    query = query.where((eb) =>
      eb.or([eb('proceso.rechazados', '>', 0), eb('proceso.rechazo', 'is not', null)]),
    );
  }
  if (antes) query = query.where('proceso.id', '<', antes);
  return query.execute();
}

/** One process; undefined also when it is another provider's. */
export function findProceso(db: Db, id: number, rutOtec: number | null) {
  let query = procesos(db).where('proceso.id', '=', id);
  if (rutOtec !== null) query = query.where('proceso.rutOtec', '=', rutOtec);
  return query.executeTakeFirst();
}

function procesos(db: Db) {
  return db
    .selectFrom('proceso')
    .leftJoin('otec', 'otec.rut', 'proceso.rutOtec')
    .leftJoin('curso', 'curso.id', 'proceso.cursoId')
    .selectAll('proceso')
    .select(['otec.dv as dvOtec', 'otec.nombre as nombreOtec', 'curso.nombre as nombreCurso']);
}

/** Records of a process in the order sent, from the one after `desde`. */
export function listRegistros(
  db: Db,
  proceso: Nombrado,
  { desde, soloRechazados, limit }: { desde: number; soloRechazados: boolean; limit: number },
) {
  let query = db
    .selectFrom('registro')
    .selectAll()
    .where('registro.procesoId', '=', proceso.id)
    .where(registrosOfDays(db, [proceso]))
    .where('registro.n', '>', desde)
    .orderBy('registro.n')
    .limit(limit);
  if (soloRechazados) query = query.where('registro.estado_registro', '=', 3);
  return query.execute();
}

/** Everything that was sent of one student of a course, oldest first. */
export function listAvances(db: Db, cursoId: number, rutAlumno: number) {
  return db
    .selectFrom('proceso')
    .innerJoin('registro', 'registro.procesoId', 'proceso.id')
    .select([
      'proceso.id',
      'proceso.recibidoEn',
      'registro.mod_cod',
      'registro.mod_porcentaje_avance',
      'registro.mod_tiempo_conectividad',
      'registro.estado_registro',
      'registro.obs_registro',
    ])
    .where('proceso.cursoId', '=', cursoId)
    .where(sameDay(db))
    .where('registro.rut_alumno', '=', String(rutAlumno))
    .orderBy('proceso.id')
    .orderBy('registro.n')
    .execute();
}

export type AvanceRow = Awaited<ReturnType<typeof listAvances>>[number];

/** A course with a student's name; undefined also when it is another provider's. */
export function findCursoAlumno(db: Db, cursoId: number, rutAlumno: number, rutOtec: number | null) {
  let query = db
    .selectFrom('curso')
    .leftJoin('alumno', (join) => join.on('alumno.rut', '=', rutAlumno))
    .select([
      'curso.nombre',
      'curso.codigoOferta',
      'curso.codigoGrupo',
      'alumno.nombre as alumno',
      'alumno.dv',
    ])
    .where('curso.id', '=', cursoId);
  if (rutOtec !== null) query = query.where('curso.rutOtec', '=', rutOtec);
  return query.executeTakeFirst();
}

/**
 * What came in on a day, by hour of the epoch. Only of the day under way: its processes have not been taken by a
 * night yet, and there is an index of just those.
 */
export function loadOfDay(db: Db, dia: string, rutOtec: number | null) {
  const hora = sql<number>`cast(proceso."recibidoEn" / 3600000 as bigint)`;
  let query = db
    .selectFrom('proceso')
    .select((eb) => [
      hora.as('hora'),
      eb.fn.countAll<number>().as('procesos'),
      eb.fn.sum<number>('aceptados').as('aceptados'),
      eb.fn.sum<number>('rechazados').as('rechazados'),
    ])
    .where('dia', '=', dia)
    .where('noche', 'is', null)
    .groupBy(hora)
    .orderBy('hora');
  if (rutOtec !== null) query = query.where('rutOtec', '=', rutOtec);
  return query.execute();
}

/** Names of the students whom the platform knows. */
export async function nombresOf(db: Db, ruts: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ruts)].filter((rut) => rut !== null && /^\d{1,9}$/.test(rut)).map(Number);
  if (known.length === 0) return new Map();
  const rows = await db.selectFrom('alumno').select(['rut', 'nombre']).where('rut', 'in', known).execute();
  return new Map(rows.map(({ rut, nombre }) => [String(rut), nombre]));
}
