import type { PoolClient } from 'pg';
import type { ModuloJuzgado, Veredicto } from '../../judge/veredicto.ts';
import type { Llamada } from '../recorder.ts';
import { AVANCE_COLUMNS, PROCESO_COLUMNS, procesoValues, REGISTRO_COLUMNS, registroValues } from '../rows.ts';

/** Writes a judged call in one statement: its process, its records, and the percentages that later calls meet. */
export async function insertProceso(
  client: PoolClient,
  llamada: Llamada,
  veredicto: Veredicto,
): Promise<number> {
  const modulos = veredicto.alumnos.flatMap((alumno) => alumno.modulos);
  const { rows } = await client.query<{ id: number }>({
    name: 'insert-proceso',
    text: INSERT_PROCESO,
    values: [
      ...procesoValues(llamada, veredicto),
      ...columnsOf(
        modulos.map(({ registro }) => registroValues(registro)),
        RECORD_COLUMNS.length,
      ),
      ...columnsOf(lastAvances(modulos), 3),
    ],
  });
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('insert into proceso returned no id');
  return id;
}

/** One row per student × module, the last one: an upsert may not touch a row twice in one statement. */
function lastAvances(modulos: ModuloJuzgado[]): (string | number)[][] {
  const last = new Map<string, (string | number)[]>();
  for (const { avance } of modulos) {
    if (!avance) continue;
    const { rutAlumno, codigoModulo, porcentajeAvance } = avance;
    last.set(`${rutAlumno} ${codigoModulo}`, [rutAlumno, codigoModulo, porcentajeAvance]);
  }
  return [...last.values()];
}

/** Rows turned into one list per column, as unnest takes them. */
function columnsOf<T>(rows: readonly (readonly T[])[], width: number): T[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] as T));
}

const RECORD_COLUMNS = REGISTRO_COLUMNS.slice(2);

const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');
const parameters = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `$${from + index}`);

const firstRecord = PROCESO_COLUMNS.length + 1;
const firstAvance = firstRecord + RECORD_COLUMNS.length;
const recordArrays = parameters(firstRecord, RECORD_COLUMNS.length).map((parameter, index) =>
  RECORD_COLUMNS[index] === 'estado_registro' ? `${parameter}::integer[]` : `${parameter}::text[]`,
);

const INSERT_PROCESO = `
with nuevo as (
  insert into proceso (${quoted(PROCESO_COLUMNS)})
  values (${parameters(1, PROCESO_COLUMNS.length).join(', ')})
  returning id, "cursoId", dia
), registros as (
  insert into registro (${quoted(['procesoId', 'dia', 'n', ...RECORD_COLUMNS])})
  select nuevo.id, nuevo.dia, fila.n, ${RECORD_COLUMNS.map((column) => `fila."${column}"`).join(', ')}
  from nuevo, unnest(${recordArrays.join(', ')})
    with ordinality as fila (${quoted(RECORD_COLUMNS)}, n)
), avances as (
  insert into avance (${quoted(AVANCE_COLUMNS)})
  select nuevo."cursoId", fila.rut, fila.modulo, fila.porcentaje, nuevo.id
  from nuevo, unnest($${firstAvance}::integer[], $${firstAvance + 1}::text[], $${firstAvance + 2}::double precision[])
    as fila (rut, modulo, porcentaje)
  on conflict ("cursoId", "rutAlumno", "codigoModulo") do update set
    "porcentajeAvance" = excluded."porcentajeAvance", "procesoId" = excluded."procesoId"
)
select id from nuevo`;
