import { santiagoDate } from '@puente-sic/protocol';
import { noteAskedToWait } from '../asked-to-wait.ts';
import { readFirst } from '../history/first-reading.ts';
import { takeLease } from '../lease.ts';
import { recoverEnvios } from '../ledger/envios.ts';
import type { Assigned } from '../plan/gather.ts';
import { courseKeyOf } from '../plan/plan.ts';
import type { Otec, SendRequest } from '../request.ts';
import type { EnvioHecho, Hallazgo, HistorialLeido, NoEnviado, YaEnviado } from '../results.ts';
import { sendCourse } from './course.ts';
import type { ProviderRun, Reporter } from './run.ts';
import { BUSY, type Stop } from './stop.ts';

export interface ProviderResult {
  /** Read before anything went out; null where that was not needed. */
  historial: HistorialLeido | null;
  envios: EnvioHecho[];
  yaEnviados: YaEnviado[];
  noEnviados: NoEnviado[];
  hallazgos: Hallazgo[];
}

/** Sends the courses of one provider, a few at once, under its lease. */
export async function sendProvider(
  otec: Otec,
  courses: readonly Assigned[],
  request: SendRequest,
  reporter: Reporter,
): Promise<ProviderResult> {
  const lease = takeLease(request.ledger, otec.rut);
  if (lease === null) return nothingSent(courses, BUSY);
  try {
    await recoverEnvios(request.ledger.db, otec.rut, request.clock());
    const client = request.clientFor(otec);
    const first = await readFirst(otec, { ...request, client, noche: santiagoDate(request.at) });
    if (first !== null && 'mensaje' in first) {
      await noteAskedToWait(request.ledger, otec, first, request.clock());
      return nothingSent(courses, first);
    }
    const run: ProviderRun = { request, client, reporter, stop: null, hallazgos: new Map() };
    const results = await eachOf(courses, request.concurrency ?? DEFAULT_CONCURRENCY, async (assigned) => {
      const result = await sendCourse(assigned, run);
      reporter.courseDone(courseKeyOf(assigned));
      return result;
    });
    if (run.stop && !request.onceTonight) {
      await noteAskedToWait(request.ledger, otec, run.stop, request.clock());
    }
    return {
      historial: first,
      envios: results.flatMap(({ envios }) => envios),
      yaEnviados: results.flatMap(({ yaEnviados }) => yaEnviados),
      noEnviados: results.flatMap(({ noEnviados }) => noEnviados.map(told)),
      hallazgos: [...run.hallazgos.values()],
    };
  } finally {
    lease.release();
  }
}

function nothingSent(courses: readonly Assigned[], stop: Stop): ProviderResult {
  const noEnviados = courses.map((course) => told({ ...courseKeyOf(course), ...stop }));
  return { historial: null, envios: [], yaEnviados: [], hallazgos: [], noEnviados };
}

/** Calls at once per provider: the service is shared by all the providers of the country. */
const DEFAULT_CONCURRENCY = 2;

/** Works through a list, so many at once; results in the list's order. A failure lets what has begun end. */
async function eachOf<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  const worker = async () => {
    for (const [at, item] of queue) results.set(at, await work(item));
  };
  const workers = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  const failed = workers.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

/** As results show it: how long to wait is for the service alone. */
function told({ rutOtec, codigoOferta, codigoGrupo, motivo, mensaje, queHacer }: NoEnviado): NoEnviado {
  return { rutOtec, codigoOferta, codigoGrupo, motivo, mensaje, queHacer };
}
