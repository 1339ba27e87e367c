import type { MoodleRules } from '../settings.ts';

/**
 * Where time spent comes from: Moodle does not hand it over by web services, and it is never invented.
 * `baseDeDatos`: the log in the site's database, as `moodle-bd` reads it, to the second. `csv`: the log downloaded
 * from Moodle, a file or a folder of them. `informe`: a report-builder report of block_dedication, whole course,
 * rounded down to minutes, as of last night.
 */
export type WsTime =
  | { baseDeDatos: { url: string; prefijo?: string } }
  | { csv: string }
  | { informe: number };

/** A `moodle-ws` source of puente.yaml. */
export interface MoodleWsSettings {
  /** As puente.yaml names it. */
  name: string;
  /** The site's address. */
  url: string;
  token: string;
  reglas?: Partial<MoodleRules>;
  /** Without it courses can be listed and examined, not read. */
  tiempo?: WsTime;
  /** A report-builder report of the course participants with their enrolment dates. */
  informeInscripciones?: number;
  /** Where answers of a reading that was cut are kept for the next try. */
  stateDir?: string;
  clock?: () => Date;
  /** Milliseconds to wait before each further try of a call that failed for a passing reason. */
  pauses?: readonly number[];
}
