import { openStore } from '@puente-sic/gestor';
import pg from 'pg';

/** Copies the first process of each course, with its records, into nights before today; how many records there are then. */
export async function insertNights(datos: string, cursos: number, nights: number): Promise<number> {
  const store = await openStore(datos);
  const client = new pg.Client({ connectionString: datos });
  await client.connect();
  for (let night = 1; night <= nights; night++) {
    const when = new Date(Date.now() - night * 86_400_000);
    const dia = when.toISOString().slice(0, 10);
    await store.prepareMonth(dia);
    await client.query(COPY, [dia, when.getTime(), cursos]);
  }
  await client.query('vacuum analyze');
  const { rows } = await client.query<{ n: string }>('select count(*) as n from registro');
  await client.end();
  await store.close();
  return Number(rows[0]?.n);
}

const COPY = `
with primero as (
  select distinct on ("cursoId") * from proceso where "cursoId" <= $3 order by "cursoId", id
), nuevo as (
  insert into proceso ("rutOtec", "cursoId", "codigoOferta", "codigoGrupo", "codigoEnvio", "recibidoEn", dia, alumnos,
    aceptados, rechazados, noche)
  select "rutOtec", "cursoId", "codigoOferta", "codigoGrupo", "codigoEnvio", $2::bigint, $1, alumnos, aceptados,
    rechazados, $1 from primero
  returning id, "cursoId"
)
insert into registro
select nuevo.id, n, rut_alumno, dv_alumno, tiempo_conectividad, estado, porcentaje_avance, fecha_inicio, fecha_fin,
  fecha_ejecucion, evaluacion_final, mod_cod, mod_tiempo_conectividad, mod_estado, mod_porcentaje_avance,
  mod_fecha_inicio, mod_fecha_fin, mod_nota, mod_cant_sincronica, mod_cant_asincronica, actividades, estado_registro,
  obs_registro, $1
from nuevo join primero using ("cursoId") join registro on registro."procesoId" = primero.id and registro.dia = primero.dia`;
