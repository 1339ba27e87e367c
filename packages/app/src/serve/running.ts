import type { Provider, SendRequest } from '@puente-sic/engine';
import type { Problem } from '../problem.ts';

/** What is in force at a moment; settings that change put another one in its place. */
export interface Running {
  /** As the service runs them; their sources are read when a person asks. */
  providers: Provider[];
  version: 1 | 2;
  clientFor: SendRequest['clientFor'];
  /** Nothing goes to SENCE: the Gestor is not the official one. */
  ensayo: boolean;
  /** What keeps puente, or one of its providers, from reporting at all. */
  pendientes: Problem[];
}

/** Lends what is in force: its sources stay open until `work` has ended, also when settings change meanwhile. */
export type UseRunning = <T>(work: (running: Running) => Promise<T>) => Promise<T>;
