import { isFecha, readRut, santiagoDate } from '@puente-sic/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { archivadoText } from '../answers/historial.ts';
import { requireViewer, type Viewer } from '../auth/viewer.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../http/refusal.ts';
import { isObject } from '../judge/values.ts';
import { findArchivado } from '../store/archivo.ts';
import {
  findCursoAlumno,
  findProceso,
  listAvances,
  listProcesos,
  listRegistros,
  loadOfDay,
  nombresOf,
  type ProcesoFilter,
} from '../store/pantalla.ts';
import { listSicCursos, readSicCurso } from '../store/sic.ts';
import { formatPersonRut } from './format.ts';
import { type HtmlValue, html } from './html.ts';
import { sendPage, serveEstilo } from './layout.ts';
import { alumnoMain } from './procesos/alumno.ts';
import { cargaMain } from './procesos/carga.ts';
import { detalleMain } from './procesos/detalle.ts';
import { listaMain } from './procesos/lista.ts';
import { sicCursoMain, sicMain } from './sic.ts';

const PROCESOS_PER_PAGE = 50;
const REGISTROS_PER_PAGE = 200;

/**
 * The «pantalla de procesos» that the answers speak of, and what SIC shows: pages for the service's operators and, with
 * its token, for each provider, which sees its own. How the real ones look is not published. [A]
 */
export function pages(app: FastifyInstance, context: Context): void {
  const { store, clock } = context;
  serveEstilo(app);
  refuseWithPage(app);

  app.get('/procesos', async (request, reply) => {
    const viewer = await requireViewer(request, context);
    const filtro = readTexts(request.query);
    const filter = readFilter(filtro, viewer);
    const rows = await listProcesos(store.db, filter, PROCESOS_PER_PAGE + 1);
    const procesos = rows.slice(0, PROCESOS_PER_PAGE);
    return show(
      reply,
      'Procesos',
      listaMain({
        filtro,
        filter,
        procesos,
        more: rows.length > procesos.length,
        // Told where the list ends, which is where they would follow.
        archivado:
          rows.length > procesos.length
            ? null
            : await findArchivado(store.db, filter.rutOtec, filter.desde?.slice(0, 7)),
      }),
    );
  });

  app.get('/procesos/:id', async (request, reply) => {
    const { rutOtec } = await requireViewer(request, context);
    const { id } = readTexts(request.params);
    const proceso = await findProceso(store.db, readNumber(id), rutOtec);
    if (!proceso) {
      const archivado = await findArchivado(store.db, rutOtec);
      const isOld = archivado !== null && readNumber(id) <= archivado.hastaId;
      throw new Refusal(
        404,
        `No hay ningún proceso con ese número entre los que usted puede ver.${isOld ? ` ${archivadoText(archivado)}` : ''}`,
      );
    }
    const { ver, desde } = readTexts(request.query);
    const soloRechazados = ver === 'rechazados';
    const rows = await listRegistros(store.db, proceso, {
      desde: readNumber(desde ?? '0'),
      soloRechazados,
      limit: REGISTROS_PER_PAGE + 1,
    });
    const registros = rows.slice(0, REGISTROS_PER_PAGE);
    const nombres = await nombresOf(
      store.db,
      registros.map(({ rut_alumno }) => rut_alumno),
    );
    const more = rows.length > registros.length;
    return show(
      reply,
      `Proceso ${proceso.id}`,
      detalleMain({ proceso, registros, nombres, soloRechazados, more }),
    );
  });

  app.get('/procesos/alumno', async (request, reply) => {
    const { rutOtec } = await requireViewer(request, context);
    const { curso, rut } = readTexts(request.query);
    const cursoId = readNumber(curso);
    const rutAlumno = readNumber(rut);
    const found = await findCursoAlumno(store.db, cursoId, rutAlumno, rutOtec);
    if (!found) throw new Refusal(404, 'No hay ningún curso así entre los que usted puede ver.');
    const nombre = `${found.alumno ?? 'Alumno'} (${formatPersonRut(rutAlumno, found.dv ?? undefined)})`;
    const avances = await listAvances(store.db, cursoId, rutAlumno);
    return show(
      reply,
      `${nombre} en ${found.nombre || found.codigoOferta}`,
      alumnoMain(found.alumno ?? 'este alumno', avances, await findArchivado(store.db, rutOtec)),
    );
  });

  app.get('/carga', async (request, reply) => {
    const { rutOtec } = await requireViewer(request, context);
    const hoy = santiagoDate(clock());
    const rows = await loadOfDay(store.db, hoy, rutOtec);
    const horas = rows.map(({ hora, procesos, aceptados, rechazados }) => ({
      hora: Number(hora),
      procesos: Number(procesos),
      aceptados: Number(aceptados),
      rechazados: Number(rechazados),
    }));
    return show(reply, 'Carga de hoy', cargaMain(hoy, horas));
  });

  app.get('/sic', async (request, reply) => {
    const { rutOtec } = await requireViewer(request, context);
    const { codigoOferta, codigoGrupo } = readTexts(request.query);
    if (codigoOferta === undefined || codigoGrupo === undefined) {
      return show(reply, 'Lo que muestra SIC', sicMain(await listSicCursos(store.db, rutOtec)));
    }
    const filas = await readSicCurso(store.db, { codigoOferta, codigoGrupo, rutOtec });
    if (filas.length === 0) throw new Refusal(404, 'SIC no muestra nada de ese curso.');
    return show(reply, `SIC: ${codigoOferta} · ${codigoGrupo}`, sicCursoMain(filas));
  });
}

const NAV = [
  { href: '/procesos', text: 'Procesos' },
  { href: '/carga', text: 'Carga de hoy' },
  { href: '/sic', text: 'SIC' },
];

function show(reply: FastifyReply, title: string, main: HtmlValue, status = 200): FastifyReply {
  return sendPage(reply, { title, nav: NAV, main }, status);
}

/** A person gets a page, and who has not said who he is gets asked for it by the browser. */
function refuseWithPage(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 401) {
      reply.header('www-authenticate', 'Basic realm="Gestor Intermedio", charset="UTF-8"');
    }
    const main = html`<p class="aviso mal">${error.message}</p>${
      error.status === 401
        ? html`<p>Los operadores del servicio entran como <code>operador</code> con la clave de administración.</p>`
        : html`<p><a href="/procesos">Volver a los procesos</a></p>`
    }`;
    return show(
      reply,
      error.status === 401 ? 'Hay que identificarse' : 'No se puede mostrar',
      main,
      error.status,
    );
  });
}

function readFilter(filtro: Record<string, string>, { rutOtec }: Viewer): ProcesoFilter {
  const { desde, hasta, oferta, envio, otec, estado, antes } = filtro;
  for (const dia of [desde, hasta]) {
    if (dia && !(isFecha(dia) && dia.length === 10))
      throw new Refusal(400, 'Las fechas van como 2026-11-22.');
  }
  const wanted = otec ? readRut(otec) : null;
  if (otec && !wanted) throw new Refusal(400, 'El RUT de la OTEC va como 11222333-4.');
  return {
    rutOtec: rutOtec ?? wanted?.numero ?? null,
    ...(desde && { desde }),
    ...(hasta && { hasta }),
    ...(oferta && { codigoOferta: oferta.trim() }),
    ...(envio && { codigoEnvio: envio.trim() }),
    soloRechazos: estado === 'rechazos',
    ...(antes && { antes: readNumber(antes) }),
  };
}

function readTexts(fields: unknown): Record<string, string> {
  const texts = isObject(fields) ? Object.entries(fields) : [];
  return Object.fromEntries(
    texts.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function readNumber(text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  throw new Refusal(404, 'Esta dirección no lleva a nada: le falta un número, o no es un número.');
}
