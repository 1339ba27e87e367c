import type { Kind } from '@puente-sic/testing';

/** One fault, put back as a replacement of source text. */
export interface PutBack {
  /** Of issue 11 its point; `own`: a mutation that nobody had named. */
  point: string;
  name: string;
  /** What it would mean for a provider. */
  means: string;
  file: string;
  /** Each stands exactly once in the file. */
  replace: readonly (readonly [string, string])[];
  /** Only seeds in which all of these kinds are, and that speak this version: others cannot show it. */
  where?: { kinds?: readonly Kind[]; version?: 1 | 2 };
  /** Known to find it, and tried first. */
  seed?: number;
  /** What the simulation does not reach: the test file that fails with it. */
  test?: string;
}
