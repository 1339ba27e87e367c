import { apartFromWaiting, withSaid } from '../plan/chosen.ts';
import { withoutEmpty } from '../plan/empty.ts';
import type { Assigned } from '../plan/gather.ts';
import { gather } from '../plan/gather.ts';
import type { Otec, SendRequest } from '../request.ts';
import type { SendResult } from '../results.ts';
import { absentOf } from './absent.ts';
import { sendProvider } from './provider.ts';
import type { Reporter } from './run.ts';

/**
 * Reads the sources and sends every course that they give (and the filters let through), whatever its dates.
 *
 * Returns at once also when the outcome of a call is not known (`incierto`): the next `send` of that course, or
 * `settle`, asks the history. Failures of sources, connections and tokens are in the result; only bugs are thrown.
 * Providers do not wait for each other.
 */
export async function send(asked: SendRequest): Promise<SendResult> {
  const request = await withSaid(asked);
  const report = (event: Parameters<NonNullable<SendRequest['onProgress']>>[0]) =>
    request.onProgress?.(event);
  const {
    courses: given,
    noEntregados,
    hallazgos,
    fallas,
  } = await gather({
    ...request,
    onSource: (source) => report({ kind: 'reading', source }),
  });
  const { said, waiting } = await apartFromWaiting(given, request);
  const { courses, sinAlumnos } = withoutEmpty(said);
  report({ kind: 'planned', courses: courses.length });

  const ausentes = await absentOf(courses, request);
  let done = 0;
  const reporter: Reporter = {
    report,
    courseDone: ({ codigoOferta, codigoGrupo }) => {
      done += 1;
      report({ kind: 'course', codigoOferta, codigoGrupo, done, courses: courses.length });
    },
  };
  const results = await Promise.all(
    byOtec(courses).map(([otec, assigned]) => sendProvider(otec, assigned, request, reporter)),
  );
  return {
    historial: results.flatMap(({ historial }) => historial ?? []),
    envios: results.flatMap(({ envios }) => envios),
    yaEnviados: results.flatMap(({ yaEnviados }) => yaEnviados),
    noEnviados: results.flatMap(({ noEnviados }) => noEnviados),
    noEntregados: [...noEntregados, ...sinAlumnos],
    ausentes,
    hallazgos: [...hallazgos, ...waiting, ...results.flatMap((result) => result.hallazgos)],
    fallas,
  };
}

function byOtec(courses: readonly Assigned[]): [Otec, Assigned[]][] {
  const groups = new Map<Otec, Assigned[]>();
  for (const assigned of courses) groups.set(assigned.otec, [...(groups.get(assigned.otec) ?? []), assigned]);
  return [...groups];
}
