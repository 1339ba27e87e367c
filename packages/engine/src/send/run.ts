import type { GestorClient } from '@puente-sic/client';
import type { CourseKey } from '../ledger/tables.ts';
import type { Progress, SendRequest } from '../request.ts';
import type { Hallazgo } from '../results.ts';
import type { Stop } from './stop.ts';

export interface Reporter {
  report: (event: Progress) => void;
  courseDone: (course: CourseKey) => void;
}

/** What the courses of one provider share while they are sent. */
export interface ProviderRun {
  request: SendRequest;
  client: GestorClient;
  reporter: Reporter;
  /** Set by the first call that shows that no other can succeed: no connection, token refused. */
  stop: Stop | null;
  /** Findings of the run as a whole, each once. */
  hallazgos: Map<string, Hallazgo>;
}
