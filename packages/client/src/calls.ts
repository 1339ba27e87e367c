import type { Curso, ProcesoHistorial } from '@puente-sic/protocol';
import type { HistoryAnswer, HistoryFilter, HistoryRead, SentAvance } from './results.ts';

/** Options of one call. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/** The calls that a course is sent and settled with: {@link GestorClient}'s. */
export interface Calls {
  /** See {@link GestorClient.sendAvance}. */
  sendAvance(curso: Curso, options?: CallOptions): Promise<SentAvance>;
  /** See {@link GestorClient.history}. */
  history(filter?: HistoryFilter, options?: CallOptions): Promise<HistoryAnswer>;
  /** See {@link GestorClient.historyStream}. */
  historyStream(
    filter: HistoryFilter,
    onProcess: (proceso: ProcesoHistorial) => void,
    options?: CallOptions & { once?: boolean },
  ): Promise<HistoryRead>;
}
