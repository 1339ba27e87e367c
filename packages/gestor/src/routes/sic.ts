import type { FastifyInstance } from 'fastify';
import { requireViewer } from '../auth/viewer.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../http/refusal.ts';
import { isObject } from '../judge/values.ts';
import { listSicCursos, readSicCurso } from '../store/sic.ts';

type SicRow = Awaited<ReturnType<typeof readSicCurso>>[number];

/** What SIC shows, as JSON: for operators everything, for a provider its own. The real SIC has no such address. */
export function sic(app: FastifyInstance, context: Context): void {
  app.get('/sic/cursos', async (request) => {
    const { rutOtec } = await requireViewer(request, context);
    return { cursos: await listSicCursos(context.store.db, rutOtec) };
  });

  app.get('/sic/curso', async (request) => {
    const { rutOtec } = await requireViewer(request, context);
    const { codigoOferta, codigoGrupo } = isObject(request.query) ? request.query : {};
    if (typeof codigoOferta !== 'string' || typeof codigoGrupo !== 'string') {
      throw new Refusal(400, 'Indique el curso: ?codigoOferta=…&codigoGrupo=…');
    }
    const rows = await readSicCurso(context.store.db, { codigoOferta, codigoGrupo, rutOtec });
    if (rows.length === 0) throw new Refusal(404, 'SIC no muestra nada de ese curso.');
    return { codigoOferta, codigoGrupo, alumnos: groupByAlumno(rows) };
  });
}

function groupByAlumno(rows: SicRow[]) {
  const alumnos = new Map<number, ReturnType<typeof toAlumno>>();
  for (const row of rows) {
    const alumno = alumnos.get(row.rutAlumno) ?? toAlumno(row);
    alumno.modulos.push(toModulo(row));
    alumnos.set(row.rutAlumno, alumno);
  }
  return [...alumnos.values()];
}

function toAlumno(row: SicRow) {
  return {
    rutAlumno: row.rutAlumno,
    dvAlumno: row.dvAlumno,
    nombre: row.nombreAlumno,
    tiempoConectividad: row.tiempoConectividad,
    estado: row.estado,
    porcentajeAvance: row.porcentajeAvance,
    fechaInicio: row.fechaInicio,
    fechaFin: row.fechaFin,
    fechaEjecucion: row.fechaEjecucion,
    evaluacionFinal: row.evaluacionFinal,
    modulos: [] as ReturnType<typeof toModulo>[],
  };
}

function toModulo(row: SicRow) {
  return {
    codigoModulo: row.codigoModulo,
    nombre: row.nombreModulo,
    tiempoConectividad: row.modTiempoConectividad,
    estado: row.modEstado,
    porcentajeAvance: row.modPorcentajeAvance,
    fechaInicio: row.modFechaInicio,
    fechaFin: row.modFechaFin,
    notaModulo: row.notaModulo,
    idProceso: row.procesoId,
    /** The day that SIC took it from; SIC shows it since the day after. */
    dia: row.noche,
  };
}
