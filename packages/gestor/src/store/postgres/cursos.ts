import type { PoolClient } from 'pg';
import { avancesBefore, type InscritoRows, toCursoInscrito } from '../inscrito.ts';
import type { CursoInscrito, Llamada } from '../recorder.ts';

/** Reads what a call is judged against, and locks its course until the transaction ends. */
export async function findCurso(client: PoolClient, llamada: Llamada): Promise<CursoInscrito | null> {
  const locked = await client.query<Pick<CursoInscrito, 'id' | 'fechaInicio' | 'fechaFin'>>({
    name: 'lock-curso',
    text: `select id, "fechaInicio", "fechaFin" from curso
           where "codigoOferta" = $1 and "codigoGrupo" = $2 and "rutOtec" = $3 and "cerradoEn" is null
           for no key update`,
    values: [llamada.codigoOferta, llamada.codigoGrupo, llamada.rutOtec],
  });
  const curso = locked.rows[0];
  if (!curso) return null;

  // A statement of its own, after the lock: so it sees what the call before this one has committed.
  const read = await client.query<ReadCurso>({
    name: 'read-curso',
    text: READ_CURSO,
    values: [curso.id, llamada.ruts],
  });
  const rows = read.rows[0];
  if (!rows) throw new Error('a select without from gave no row');
  const conocidos = new Set(rows.conocidos);
  const ultimos = await readUltimos(client, curso.id, llamada);
  return toCursoInscrito(curso, { ...rows, ...ultimos, conoce: (rut) => conocidos.has(rut) });
}

/** Another reading of what was accepted last, for a Gestor that plays it. */
async function readUltimos(client: PoolClient, cursoId: number, { avancesAntesDe }: Llamada) {
  if (avancesAntesDe === null) return {};
  const { rows } = await client.query<InscritoRows['ultimos'][number]>(
    avancesBefore('$1', '$2', 'and r.dia = p.dia'),
    [cursoId, avancesAntesDe],
  );
  return { ultimos: rows };
}

interface ReadCurso extends Omit<InscritoRows, 'conoce'> {
  conocidos: number[];
}

/** All at once as JSON: one round trip. */
const READ_CURSO = `
select
  (select coalesce(json_agg(json_build_object('codigoModulo', "codigoModulo")), '[]')
   from modulo where "cursoId" = $1 and "cerradoEn" is null) as modulos,
  (select coalesce(json_agg(json_build_object('rutAlumno', "rutAlumno", 'modulos', modulos)), '[]')
   from inscripcion where "cursoId" = $1 and "cerradoEn" is null) as inscripciones,
  (select coalesce(json_agg(json_build_object(
     'rutAlumno', "rutAlumno", 'codigoModulo', "codigoModulo", 'porcentajeAvance', "porcentajeAvance")), '[]')
   from avance where "cursoId" = $1) as ultimos,
  (select coalesce(json_agg(rut), '[]') from alumno where rut = any ($2::integer[])) as conocidos`;
