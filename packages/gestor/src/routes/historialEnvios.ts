import { Readable } from 'node:stream';
import { isFecha, messageOf, santiagoDate } from '@puente-sic/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { archivadoFields, procesoFields, registroFields } from '../answers/historial.ts';
import { authenticate, type Otec } from '../auth/credentials.ts';
import type { Context } from '../context.ts';
import { limitOtecs } from '../http/limit.ts';
import { errorBody, Refusal } from '../http/refusal.ts';
import { isObject, type JsonObject, sentText } from '../judge/values.ts';
import { findArchivado, type LoArchivado } from '../store/archivo.ts';
import { findProcesos, findRegistros, type HistoryFilter } from '../store/procesos.ts';
import type { Db } from '../store/store.ts';

/** `GET /avance-sic/historialEnvios`: what a provider has sent, and the official connection test. [S, I] */
export function historialEnvios(app: FastifyInstance, context: Context): void {
  const limitOtec = limitOtecs(context);
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const query = isObject(request.query) ? request.query : {};
    const condiciones = { hoy: santiagoDate(context.clock()), supuestos: context.supuestos };

    reply.type('application/json; charset=utf-8');
    const otec = await authenticate(context.store.db, query, condiciones);
    if (!otec) return errorBody(messageOf('001'));
    await limitOtec(otec.rut);

    return Readable.from(writeHistorial(context, otec, readFilter(query, otec, context)));
  };
  app.get('/avance-sic/historialEnvios', answer);
  // The address that `observaciones` of the official example names. [I]
  app.get('/avance-sic/historial-envios', answer);
}

/** An empty parameter counts as left out. */
function readFilter(
  { fechaDesde, codigo_externo, id_proceso }: JsonObject,
  otec: Otec,
  { supuestos }: Context,
): HistoryFilter {
  const filter: HistoryFilter = { rutOtec: otec.rut };
  if (isGiven(fechaDesde)) {
    if (!isFecha(fechaDesde))
      throw new Refusal(400, 'fechaDesde debe ser una fecha AAAA-MM-DD, por ejemplo 2026-11-22.');
    const dia = fechaDesde.slice(0, 10);
    if (supuestos.historialEnUtc) filter.recibidoDesde = Date.parse(`${dia}T00:00:00Z`);
    else filter.fechaDesde = dia;
  }
  if (isGiven(codigo_externo)) {
    if (typeof codigo_externo !== 'string') throw new Refusal(400, 'codigo_externo viene más de una vez.');
    filter.codigoEnvio = sentText(codigo_externo) ?? '';
  }
  if (isGiven(id_proceso)) {
    if (typeof id_proceso !== 'string' || !/^\d{1,15}$/.test(id_proceso)) {
      throw new Refusal(400, 'id_proceso debe ser el número de un proceso.');
    }
    filter.idProceso = Number(id_proceso);
  }
  return filter;
}

function isGiven(parameter: unknown): boolean {
  return parameter !== undefined && parameter !== '';
}

/** The answer's JSON in parts of some hundred records. */
async function* writeHistorial(
  { store: { db }, supuestos }: Context,
  otec: Otec,
  filter: HistoryFilter,
): AsyncGenerator<string> {
  const archivado = await archivadoOf(db, filter);
  const isForOne = filter.codigoEnvio !== undefined || filter.idProceso !== undefined;
  let before = '[';
  if (archivado && !isForOne) {
    yield before + archivadoEntry(archivado, otec);
    before = ',';
  }
  for await (const proceso of findProcesos(db, filter)) {
    const fields = JSON.stringify(procesoFields(proceso, supuestos));
    yield `${before}${fields.slice(0, -1)},"listaregistros":[`;
    let parted = '';
    for await (const registros of findRegistros(db, proceso)) {
      yield parted +
        registros
          .map((registro) => JSON.stringify(registroFields(proceso, otec, registro, supuestos)))
          .join(',');
      parted = ',';
    }
    yield ']}';
    before = ',';
  }
  // Who asks for one and gets nothing would take it for one that never arrived.
  if (archivado && isForOne && before === '[') {
    yield before + archivadoEntry(archivado, otec);
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

/** What is archived of that which is asked for; null: nothing. */
async function archivadoOf(
  db: Db,
  { rutOtec, fechaDesde, recibidoDesde, idProceso }: HistoryFilter,
): Promise<LoArchivado | null> {
  const desde = recibidoDesde === undefined ? fechaDesde : santiagoDate(new Date(recibidoDesde));
  const archivado = await findArchivado(db, rutOtec, desde?.slice(0, 7));
  return archivado && (idProceso ?? 0) <= archivado.hastaId ? archivado : null;
}

function archivadoEntry(archivado: LoArchivado, otec: Otec): string {
  return JSON.stringify({ ...archivadoFields(archivado, otec), listaregistros: [] });
}
