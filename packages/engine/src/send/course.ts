import { santiagoDate } from '@puente-sic/protocol';
import { restoredRecords } from '../history/restore.ts';
import { saveCurso } from '../ledger/cursos.ts';
import { arrivedEnvios, bodyOf, type EnvioRow, unprovenEnvios } from '../ledger/envios.ts';
import type { Assigned } from '../plan/gather.ts';
import { courseKeyOf, planAssigned } from '../plan/plan.ts';
import { type Arrived, arrivedOf } from '../plan/select.ts';
import type { EnvioHecho, NoEnviado } from '../results.ts';
import { settleOne } from '../settle/settle-one.ts';
import { retained, uncertain } from './hecho.ts';
import { recordHeld } from './held.ts';
import { sendPart } from './part.ts';
import type { ProviderRun, Stop } from './provider.ts';
import { cannotSend, stopOf } from './stop.ts';

interface CourseResult {
  envios: EnvioHecho[];
  noEnviados: NoEnviado[];
}

/** Settles what is uncertain of a course, plans it by what is then known, and sends its parts one after the other. */
export async function sendCourse(assigned: Assigned, run: ProviderRun): Promise<CourseResult> {
  const { ledger, at, clock } = run.request;
  const key = courseKeyOf(assigned);
  await remember(assigned, run);
  const settled: EnvioHecho[] = [];
  const open: EnvioHecho[] = [];
  for (const row of await unprovenEnvios(ledger.db, key)) {
    const hecho = await settleFirst(row, assigned.tree.title, run);
    if (hecho !== null && 'motivo' in hecho) return { envios: settled, noEnviados: [{ ...key, ...hecho }] };
    if (hecho !== null) (hecho.resultado === 'incierto' ? open : settled).push(hecho);
  }
  if (open.length > 0) return { envios: [...settled, ...open], noEnviados: [] };

  const arrived = await arrivedTonight(assigned, run, settled.length > 0);
  const course = await planAssigned(assigned, run.request, arrived);
  await recordHeld(ledger, course, run.request.filters ?? {}, clock());
  if (course.parts.length === 0) {
    const nothingHeld = course.held.length === 0;
    return { envios: nothingHeld ? settled : [...settled, retained(course)], noEnviados: [] };
  }

  const envios = settled;
  for (const [index, part] of course.parts.entries()) {
    const sent = run.stop ?? (await sendPart(course, part, { index, noche: santiagoDate(at) }, run));
    if ('motivo' in sent) return { envios, noEnviados: [{ ...key, ...sent }] };
    envios.push(sent);
  }
  return { envios, noEnviados: [] };
}

/** For the screen, which then need not ask the source for a course's title. */
async function remember(assigned: Assigned, { request }: ProviderRun): Promise<void> {
  const { tree, fuente } = assigned;
  const { id: curso, title: titulo, url = null, students } = tree;
  const said = { ...courseKeyOf(assigned), fuente, curso, titulo, url, alumnos: students.length };
  await saveCurso(request.ledger.db, said, request.clock());
}

/** Null: proven not to have arrived, so that the course can be sent as if it never had been. */
async function settleFirst(
  row: EnvioRow,
  titulo: string,
  run: ProviderRun,
): Promise<EnvioHecho | Stop | null> {
  const { codigoEnvio, rutOtec, codigoOferta, codigoGrupo, registros } = row;
  const whose = { codigoEnvio, rutOtec, codigoOferta, codigoGrupo, titulo };
  run.reporter.report({ kind: 'settling', codigoEnvio, codigoOferta, codigoGrupo });
  const settlement = await settleOne(row, { ...run.request, client: run.client });
  if (settlement.kind === 'not-arrived') return null;
  if (settlement.kind === 'open') {
    const { error, mensaje } = settlement;
    // Whom the service does not let ask it does not let send either.
    if (error !== null && cannotSend(error)) run.stop = stopOf(error);
    // What SENCE said that it did not take is not told as uncertain.
    return row.estado === 'incierto'
      ? uncertain(whose, registros, mensaje)
      : (run.stop ?? notProven(mensaje));
  }
  const { estado, ...counts } = settlement.recorded;
  return { ...whose, ...counts, resultado: estado, retenidos: 0, avisos: [] };
}

/** SENCE said that it did not take it, and its history cannot be read well enough to be sure. */
function notProven(mensaje: string): Stop {
  return {
    motivo: 'sin-conexion',
    mensaje,
    queHacer:
      'Vuelva a intentarlo más tarde; si sigue igual, escriba a SENCE: su historial no se puede leer.',
  };
}

/**
 * What the Gestor has already of this night and must not be sent again: everything when the run is the service's own
 * retry, what is still the same when a person sends after a cut; nothing when a person just sends.
 */
async function arrivedTonight(
  assigned: Assigned,
  { request }: ProviderRun,
  justSettled: boolean,
): Promise<Arrived | null> {
  if (!request.onceTonight && !justSettled) return null;
  const rows = await arrivedEnvios(request.ledger.db, courseKeyOf(assigned), santiagoDate(request.at));
  const bodies = rows.flatMap((row) => bodyOf(row) ?? []);
  if (!request.onceTonight) return arrivedOf(bodies, 'only if it says the same');
  const restored = rows.flatMap(restoredRecords).map((key) => [key, null] as const);
  return new Map([...arrivedOf(bodies, 'whatever it says'), ...restored]);
}
