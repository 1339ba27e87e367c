import { santiagoDate } from '@puente-sic/protocol';
import { restoredRecords } from '../history/restore.ts';
import { type Aceptado, recordKey } from '../ledger/aceptados.ts';
import { alumnosOf, saveAlumnos } from '../ledger/alumnos.ts';
import { saveCurso } from '../ledger/cursos.ts';
import { endDecisions } from '../ledger/decisiones.ts';
import { type EnvioRow, restoredEnvios, sentAt, unprovenEnvios } from '../ledger/envios.ts';
import { registrosOf, sentForNight } from '../ledger/registros.ts';
import { replaceSinRut } from '../ledger/sin-rut.ts';
import type { PlannedCourse } from '../plan/course.ts';
import type { Assigned } from '../plan/gather.ts';
import { courseKeyOf, planAssigned } from '../plan/plan.ts';
import type { Arrived } from '../plan/select.ts';
import { erasedIn } from '../privacy/erasures.ts';
import type { EnvioHecho, NoEnviado, YaEnviado } from '../results.ts';
import { attendance, withoutRut } from '../serve/absent.ts';
import { withoutErased } from '../serve/erased-students.ts';
import { settleOne } from '../settle/settle-one.ts';
import { retained, uncertain } from './hecho.ts';
import { recordHeld } from './held.ts';
import { sendPart } from './part.ts';
import type { ProviderRun } from './run.ts';
import type { Stop } from './stop.ts';
import { cannotSend, stopOf } from './stop.ts';

interface CourseResult {
  envios: EnvioHecho[];
  yaEnviados: YaEnviado[];
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
    if (hecho !== null && 'motivo' in hecho)
      return { envios: settled, yaEnviados: [], noEnviados: [{ ...key, ...hecho }] };
    if (hecho !== null) (hecho.resultado === 'incierto' ? open : settled).push(hecho);
  }
  if (open.length > 0) return { envios: [...settled, ...open], yaEnviados: [], noEnviados: [] };

  const noche = santiagoDate(at);
  const course = await planAssigned(assigned, run.request, await sentAlready(assigned, noche, settled, run));
  await recordHeld(ledger, course, run.request.filters ?? {}, clock());
  await endDecisions(ledger.db, course.superadas, { cierre: 'superada', quien: null }, clock());
  const yaEnviados = await alreadyThere(course, settled, run);
  if (course.parts.length === 0) {
    const nothingHeld = course.held.length === 0;
    return { envios: nothingHeld ? settled : [...settled, retained(course)], yaEnviados, noEnviados: [] };
  }

  const envios = settled;
  for (const [index, part] of course.parts.entries()) {
    const sent = run.stop ?? (await sendPart(course, part, { index, noche }, run));
    if ('motivo' in sent) return { envios, yaEnviados, noEnviados: [{ ...key, ...sent }] };
    envios.push(sent);
  }
  return { envios, yaEnviados, noEnviados: [] };
}

/** For the screen, which then need not ask the source for a course's title and who is in it. */
async function remember(assigned: Assigned, { request }: ProviderRun): Promise<void> {
  // A night has written both when it read the course.
  if (request.onceTonight) return;
  const { tree, fuente } = assigned;
  const { id: curso, title: titulo, url = null, students } = tree;
  const key = courseKeyOf(assigned);
  const said = { ...key, fuente, curso, titulo, url, alumnos: students.length };
  await saveCurso(request.ledger.db, said, request.clock());
  if (students.length === 0) return;
  const { db, datos } = request.ledger;
  const { here } = withoutErased(tree, erasedIn(datos));
  const former = await alumnosOf(db, key);
  const noche = santiagoDate(request.at);
  const { list } = attendance(key, former, here.students, noche);
  const { alumno, soloErrores = false } = request.filters ?? {};
  // Who sends a part may have brought only that part.
  const isPart = soloErrores || alumno !== undefined;
  await saveAlumnos(db, isPart ? list.filter(({ ausente }) => ausente === null) : list);
  if (!isPart) await replaceSinRut(db, key, withoutRut(key, here.students, noche));
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
 * What does not go again whatever was said of it: all that the service itself sent for this night, where it is the
 * service's own run; and, as long as it still says the same, what was settled a moment ago, or sent for this night by
 * hand: after it, something of a later night may have gone.
 */
async function sentAlready(
  assigned: Assigned,
  noche: string,
  settled: readonly EnvioHecho[],
  { request }: ProviderRun,
): Promise<Arrived['sent']> {
  const { db } = request.ledger;
  const sent = new Map<string, Set<string> | null>();
  for (const { codigoEnvio } of settled) {
    for (const row of codigoEnvio === null ? [] : await registrosOf(db, codigoEnvio)) {
      if (row.noche !== noche) continue;
      const key = recordKey(row.rut, row.codigoModulo);
      sent.set(key, (sent.get(key) ?? new Set()).add(row.huella));
    }
  }
  if (!request.onceTonight) return sent;
  const ofNight = await sentForNight(db, courseKeyOf(assigned), noche);
  for (const { rut, codigoModulo, huella, origen, resultado } of ofNight) {
    const key = recordKey(rut, codigoModulo);
    if (origen === 'servicio') sent.set(key, null);
    // SENCE has the last one.
    else if (resultado === 'aceptado' && sent.get(key) !== null) sent.set(key, new Set([huella]));
  }
  const restored = await restoredEnvios(db, courseKeyOf(assigned), noche);
  for (const key of restored.flatMap(restoredRecords)) sent.set(key, null);
  return sent;
}

/** What was found at SENCE and left out; what this run has just settled is told as a send of its own. */
async function alreadyThere(
  { rutOtec, codigoOferta, codigoGrupo, titulo, alreadyThere: rows }: PlannedCourse,
  settled: readonly EnvioHecho[],
  { request }: ProviderRun,
): Promise<YaEnviado[]> {
  const told = new Set(settled.map(({ codigoEnvio }) => codigoEnvio));
  const others = rows.filter(({ codigoEnvio }) => !told.has(codigoEnvio));
  if (others.length === 0) return [];
  const times = await sentAt(request.ledger.db, codesOf(others));
  const instants = others.map(({ codigoEnvio, cuando }) => times.get(codigoEnvio ?? '') ?? cuando);
  const enviado = new Date(instants.reduce((latest, one) => (one > latest ? one : latest)));
  return [{ rutOtec, codigoOferta, codigoGrupo, titulo, registros: others.length, enviado }];
}

function codesOf(rows: readonly Aceptado[]): string[] {
  return [...new Set(rows.flatMap(({ codigoEnvio }) => codigoEnvio ?? []))];
}
