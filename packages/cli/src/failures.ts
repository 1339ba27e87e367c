import { Failure } from '@puente-sic/app';
import type { FallaFuente } from '@puente-sic/engine';
import { EXIT } from './exit.ts';

/** Ends a command of which nothing came because its sources could not be read. */
export function throwSourceFailures(fallas: readonly FallaFuente[]): void {
  if (fallas.length === 0) return;
  throw new Failure(
    fallas.map(({ mensaje }) => mensaje).join('\n'),
    [...new Set(fallas.map(({ queHacer }) => queHacer))].join('\n'),
    EXIT.usage,
  );
}
