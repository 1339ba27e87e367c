import pg from 'pg';
import { cursoRows } from './rows.ts';

const REGISTRO_COLUMNS = [
  ...[
    'rut_alumno',
    'dv_alumno',
    'tiempo_conectividad',
    'estado',
    'porcentaje_avance',
    'fecha_inicio',
    'fecha_fin',
  ],
  ...['fecha_ejecucion', 'evaluacion_final', 'mod_cod', 'mod_tiempo_conectividad', 'mod_estado'],
  ...['mod_porcentaje_avance', 'mod_fecha_inicio', 'mod_fecha_fin', 'mod_nota', 'mod_cant_sincronica'],
  ...['mod_cant_asincronica', 'actividades', 'estado_registro', 'obs_registro'],
];

const PROCESO = `insert into proceso
  ("rutOtec", "cursoId", "codigoOferta", "codigoGrupo", "codigoEnvio", "recibidoEn", dia, alumnos, aceptados, rechazados)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`;
const REGISTRO = `insert into registro ("procesoId", dia, n, ${REGISTRO_COLUMNS.join(', ')})
  select $1, '2026-11-22', fila.n, ${REGISTRO_COLUMNS.map((column) => `fila.${column}`).join(', ')}
  from unnest(${REGISTRO_COLUMNS.map((column, index) => `$${index + 2}::${column === 'estado_registro' ? 'integer' : 'text'}[]`).join(', ')})
    with ordinality as fila (${REGISTRO_COLUMNS.join(', ')}, n)`;
const AVANCE = `insert into avance ("cursoId", "rutAlumno", "codigoModulo", "porcentajeAvance", "procesoId")
  select $1, rut, modulo, $2, $3 from unnest($4::integer[], $5::text[]) as fila (rut, modulo)
  on conflict ("cursoId", "rutAlumno", "codigoModulo") do update set
    "porcentajeAvance" = excluded."porcentajeAvance", "procesoId" = excluded."procesoId"`;

/** Courses a second that the bare driver makes durable in the same tables with unnest: one commit per course. */
export async function postgresFloor(
  datos: string,
  range: { from: number; to: number; porcentaje: number; connections: number },
): Promise<number> {
  const pool = new pg.Pool({ connectionString: datos, max: range.connections });
  const cursos = Array.from({ length: range.to - range.from }, (_, index) =>
    cursoRows(range.from + index, range.porcentaje),
  );
  const waiting = cursos.values();
  const work = async (): Promise<void> => {
    const client = await pool.connect();
    for (const rows of waiting) await insertCurso(client, rows, range.porcentaje);
    client.release();
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: range.connections }, work));
  const seconds = (performance.now() - start) / 1000;
  await pool.end();
  return (range.to - range.from) / seconds;
}

/** Writes one course's rows with the bare driver, in a transaction of its own. */
export async function insertCurso(
  client: pg.PoolClient,
  { codigoCurso, proceso, registros }: ReturnType<typeof cursoRows>,
  porcentaje: number,
): Promise<void> {
  await client.query('begin');
  const found = await client.query({
    name: 'c',
    text: 'select id from curso where "codigoOferta" = $1',
    values: [codigoCurso],
  });
  const cursoId = Number(found.rows[0].id);
  const inserted = await client.query({ name: 'p', text: PROCESO, values: [...proceso(cursoId)] });
  const procesoId = Number(inserted.rows[0].id);
  const columns = REGISTRO_COLUMNS.map((_, index) => registros.map(({ columns }) => columns[index]));
  await client.query({ name: 'r', text: REGISTRO, values: [procesoId, ...columns] });
  const ruts = registros.map(({ key }) => key[0]);
  const modulos = registros.map(({ key }) => key[1]);
  await client.query({ name: 'a', text: AVANCE, values: [cursoId, porcentaje, procesoId, ruts, modulos] });
  await client.query('commit');
}
