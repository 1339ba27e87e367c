import { dayOf, isFecha, type ProcesoHistorial, santiagoDate } from '@puente-sic/protocol';
import type { CallOptions, Calls } from '../calls.ts';
import { readProcessId } from './match.ts';
import type { KnownProcess } from './storage.ts';

/** What a history that was looked through proves. */
export interface Looked {
  /** Distinct processes given. */
  processes: number;
  /** Entries that have not the form of a process. */
  skipped: number;
  /** The service has cut its list, or may have: what was not given may be there all the same. */
  cut: boolean;
  /** The last day of which a process was given, by the service's own stamps; null: none can be read. */
  lastDay: string | null;
  status: number;
  serverDate: Date | null;
}

/**
 * Reads the history from a day on (all of it when left out), each process once, also past the end that a service puts
 * to its list: it is asked again from the last day given until nothing new comes.
 * @param known processes that must be there; one that is missing shows that the list was cut.
 */
export async function lookThrough(
  client: Pick<Calls, 'historyStream'>,
  fechaDesde: string | undefined,
  known: readonly KnownProcess[],
  onProcess: (proceso: ProcesoHistorial) => void,
  options: CallOptions = {},
): Promise<Looked> {
  const seen = new Set<number>();
  const looked: Looked = { processes: 0, skipped: 0, cut: false, lastDay: null, status: 0, serverDate: null };
  let fullest = 0;
  for (let from = fechaDesde; ; ) {
    let fresh = 0;
    const filter = from === undefined ? {} : { fechaDesde: from };
    const read = await client.historyStream(
      filter,
      (proceso) => {
        const id = readProcessId(proceso);
        if (id !== null && seen.has(id)) return;
        if (id !== null) seen.add(id);
        fresh += 1;
        const day = isFecha(proceso.fecha) ? dayOf(proceso.fecha) : null;
        if (day !== null && day > (looked.lastDay ?? '')) looked.lastDay = day;
        onProcess(proceso);
      },
      options,
    );
    looked.processes += fresh;
    looked.skipped = Math.max(looked.skipped, read.skipped);
    Object.assign(looked, { status: read.status, serverDate: read.serverDate });
    // A service that cuts does so at one length: a shorter list than one that it has given is whole.
    if (!isSuspicious(read.processes) || read.processes < fullest) break;
    fullest = read.processes;
    if (looked.lastDay === null || looked.lastDay <= (from ?? '')) {
      looked.cut = true;
      break;
    }
    from = looked.lastDay;
  }
  // A day that is still to come was written by a clock that was wrong.
  const today = looked.serverDate === null ? null : santiagoDate(looked.serverDate);
  const expected = known.filter(
    ({ day }) => (fechaDesde === undefined || day > fechaDesde) && (today === null || day <= today),
  );
  looked.cut ||= expected.some(({ idProceso }) => !seen.has(idProceso));
  return looked;
}

/** Lists are cut at round numbers; one that is not full is whole. */
function isSuspicious(processes: number): boolean {
  return processes > 0 && processes % 50 === 0;
}
