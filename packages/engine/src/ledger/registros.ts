import type { Position, Reason, RecordFate } from '@puente-sic/protocol';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { CourseKey, RegistroTable, Tables } from './tables.ts';

export type RegistroRow = Selectable<RegistroTable>;
/** What is written with its envío, before the network is touched. */
export type NewRegistro = Omit<RegistroRow, 'codigoEnvio' | 'noche' | 'resultado' | 'codigo' | 'motivo'>;

/** What is known of one record of an envío. */
export interface Fate {
  position: Position;
  fate: RecordFate;
  reasons: readonly Reason[];
}

/** Writes the records of an envío, all of them still open. */
export async function insertRegistros(
  db: Kysely<Tables>,
  { codigoEnvio, noche }: Pick<RegistroRow, 'codigoEnvio' | 'noche'>,
  rows: readonly NewRegistro[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const open = { codigoEnvio, noche, resultado: 'pendiente' } as const;
    await db
      .insertInto('registro')
      .values(rows.slice(start, start + ROWS_PER_STATEMENT).map((row) => ({ ...row, ...open })))
      // Another process may be making the rows of the same old envío.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Writes what became of records of an envío, each by its position; those that are not among them stay as they are. */
export async function writeFates(
  db: Kysely<Tables>,
  codigoEnvio: string,
  fates: readonly Fate[],
): Promise<void> {
  const accepted = fates.filter(({ fate }) => fate === 'accepted').map(({ position }) => position);
  await sql`
    UPDATE registro SET resultado = 'aceptado', codigo = NULL, motivo = NULL
    WHERE codigoEnvio = ${codigoEnvio} AND (alumno, modulo) IN
      (SELECT value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(accepted)}))`.execute(db);
  for (const { position, fate, reasons } of fates) {
    if (fate === 'accepted') continue;
    const [alumno, modulo] = position;
    const told = reasons.map(({ code, rawCode, message }) =>
      [code ?? rawCode, message].filter(Boolean).join(' '),
    );
    await db
      .updateTable('registro')
      .set({
        resultado: fate === 'rejected' ? 'rechazado' : 'desconocido',
        codigo: reasons[0]?.code ?? reasons[0]?.rawCode ?? null,
        motivo: told.length > 0 ? told.join('; ') : null,
      })
      .where('codigoEnvio', '=', codigoEnvio)
      .where('alumno', '=', alumno)
      .where('modulo', '=', modulo)
      .execute();
  }
}

/** What of an envío is not known yet counts as accepted; how many are by now, and how many are refused. */
export async function acceptOpen(
  db: Kysely<Tables>,
  codigoEnvio: string,
): Promise<{ aceptados: number; rechazados: number }> {
  await db
    .updateTable('registro')
    .set({ resultado: 'aceptado', codigo: null, motivo: null })
    .where('codigoEnvio', '=', codigoEnvio)
    .where('resultado', 'in', ['pendiente', 'desconocido'])
    .execute();
  const rows = await db
    .selectFrom('registro')
    .select('resultado')
    .where('codigoEnvio', '=', codigoEnvio)
    .execute();
  const aceptados = rows.filter(({ resultado }) => resultado === 'aceptado').length;
  return { aceptados, rechazados: rows.length - aceptados };
}

/** The same for every record of an envío. */
export async function setAll(
  db: Kysely<Tables>,
  codigoEnvio: string,
  resultado: RegistroRow['resultado'],
): Promise<void> {
  await db
    .updateTable('registro')
    .set({ resultado, codigo: null, motivo: null })
    .where('codigoEnvio', '=', codigoEnvio)
    .execute();
}

/** In the order of the body. */
export async function registrosOf(db: Kysely<Tables>, codigoEnvio: string): Promise<RegistroRow[]> {
  return db
    .selectFrom('registro')
    .selectAll()
    .where('codigoEnvio', '=', codigoEnvio)
    .orderBy('alumno')
    .orderBy('modulo')
    .execute();
}

/** What of an envío's records is compared with SENCE's history, in the order of the body. */
export type RegistroToConfirm = Pick<RegistroRow, 'rut' | 'codigoModulo' | 'porcentajeAvance' | 'resultado'>;

/** See {@link RegistroToConfirm}; a night has tens of thousands of them. */
export async function registrosToConfirm(
  db: Kysely<Tables>,
  codigoEnvio: string,
): Promise<RegistroToConfirm[]> {
  return db
    .selectFrom('registro')
    .select(['rut', 'codigoModulo', 'porcentajeAvance', 'resultado'])
    .where('codigoEnvio', '=', codigoEnvio)
    .orderBy('alumno')
    .orderBy('modulo')
    .execute();
}

/** Records of a course that went out for one night and arrived, by whom and what SENCE said of each; oldest first. */
export async function sentForNight(
  db: Kysely<Tables>,
  course: CourseKey,
  noche: string,
): Promise<
  (Pick<RegistroRow, 'rut' | 'codigoModulo' | 'huella' | 'resultado'> & { origen: 'servicio' | 'mano' })[]
> {
  return db
    .selectFrom('envio')
    .innerJoin('registro', 'registro.codigoEnvio', 'envio.codigoEnvio')
    .select([
      'registro.rut',
      'registro.codigoModulo',
      'registro.huella',
      'registro.resultado',
      'envio.origen',
    ])
    .where('envio.rutOtec', '=', course.rutOtec)
    .where('envio.codigoOferta', '=', course.codigoOferta)
    .where('envio.codigoGrupo', '=', course.codigoGrupo)
    .where('envio.noche', '=', noche)
    .where('envio.estado', 'in', ['aceptado', 'parcial', 'rechazado'])
    .orderBy('envio.creado')
    .execute();
}

/** One record of a person with what its envío says; without body and answer. */
export type RegistroSent = RegistroRow &
  CourseKey & { enviado: string | null; creado: string; idProceso: number | null };

/** Every record of one person, oldest first, one at a time; of one course where it is given. */
export function registrosOfPerson(db: Kysely<Tables>, rut: string): AsyncIterableIterator<RegistroSent> {
  return ofPerson(db, rut).orderBy('registro.noche').orderBy('envio.creado').stream();
}

/** A person's records in one course's nights, both included, oldest first. */
export function registrosOfPersonIn(
  db: Kysely<Tables>,
  asked: { rut: string; rutOtec: string; codigoOferta: string; desde: string; hasta: string },
): Promise<RegistroSent[]> {
  return ofPerson(db, asked.rut)
    .where('envio.rutOtec', '=', asked.rutOtec)
    .where('envio.codigoOferta', '=', asked.codigoOferta)
    .where('registro.noche', '>=', asked.desde)
    .where('registro.noche', '<=', asked.hasta)
    .orderBy('registro.noche')
    .orderBy('envio.creado')
    .orderBy('registro.modulo')
    .execute();
}

/**
 * Records of one person in one course of the last nights before `antes` (left out: of the last there are), newest
 * first, whole nights: at most as many nights as asked.
 */
export async function lastRegistros(
  db: Kysely<Tables>,
  { rut, ...course }: CourseKey & { rut: string },
  { noches, antes }: { noches: number; antes?: string | undefined },
): Promise<RegistroSent[]> {
  let nights = db
    .selectFrom('registro')
    .innerJoin('envio', 'envio.codigoEnvio', 'registro.codigoEnvio')
    .select('registro.noche')
    .distinct()
    .where('registro.rut', '=', rut)
    .where('envio.rutOtec', '=', course.rutOtec)
    .where('envio.codigoOferta', '=', course.codigoOferta)
    .where('envio.codigoGrupo', '=', course.codigoGrupo);
  if (antes !== undefined) nights = nights.where('registro.noche', '<', antes);
  const found = await nights.orderBy('registro.noche', 'desc').limit(noches).execute();
  const oldest = found.at(-1)?.noche;
  if (oldest === undefined) return [];
  let query = ofPerson(db, rut)
    .where('envio.rutOtec', '=', course.rutOtec)
    .where('envio.codigoOferta', '=', course.codigoOferta)
    .where('envio.codigoGrupo', '=', course.codigoGrupo)
    .where('registro.noche', '>=', oldest);
  if (antes !== undefined) query = query.where('registro.noche', '<', antes);
  return query.orderBy('registro.noche', 'desc').orderBy('envio.creado', 'desc').execute();
}

function ofPerson(db: Kysely<Tables>, rut: string) {
  return db
    .selectFrom('registro')
    .innerJoin('envio', 'envio.codigoEnvio', 'registro.codigoEnvio')
    .selectAll('registro')
    .select([
      'envio.rutOtec',
      'envio.codigoOferta',
      'envio.codigoGrupo',
      'envio.enviado',
      'envio.creado',
      'envio.idProceso',
    ])
    .where('registro.rut', '=', rut);
}

/** The envíos that hold a record of a person. */
export async function enviosOfPerson(db: Kysely<Tables>, rut: string): Promise<string[]> {
  const rows = await db
    .selectFrom('registro')
    .select('codigoEnvio')
    .distinct()
    .where('rut', '=', rut)
    .execute();
  return rows.map(({ codigoEnvio }) => codigoEnvio);
}

/** Takes the accepted records of an envío over as what SENCE has: the last one of a record counts. [A 9] */
export async function takeAccepted(db: Kysely<Tables>, codigoEnvio: string, now: Date): Promise<void> {
  await sql`
    INSERT INTO aceptado (rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo, porcentajeAvance,
      tiempoConectividad, estado, avanceAlumno, estadoAlumno, huella, noche, cuando, codigoEnvio, idProceso)
    SELECT e.rutOtec, e.codigoOferta, e.codigoGrupo, r.rut, r.codigoModulo, r.porcentajeAvance,
      r.tiempoConectividad, r.estado, r.avanceAlumno, r.estadoAlumno, r.huella, r.noche,
      ${now.toISOString()}, e.codigoEnvio, e.idProceso
    FROM registro r JOIN envio e ON e.codigoEnvio = r.codigoEnvio
    WHERE r.codigoEnvio = ${codigoEnvio} AND r.resultado = 'aceptado'
    ORDER BY r.alumno, r.modulo
    ON CONFLICT DO UPDATE SET porcentajeAvance = excluded.porcentajeAvance,
      tiempoConectividad = excluded.tiempoConectividad, estado = excluded.estado,
      avanceAlumno = excluded.avanceAlumno, estadoAlumno = excluded.estadoAlumno, huella = excluded.huella,
      noche = excluded.noche, cuando = excluded.cuando, codigoEnvio = excluded.codigoEnvio,
      idProceso = excluded.idProceso, fechas = NULL`.execute(db);
}

const ROWS_PER_STATEMENT = 200;
