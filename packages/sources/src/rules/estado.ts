import type { Estado } from '@puente-sic/protocol';
import type { Mark } from './marks.ts';
import type { Progress } from './progress.ts';

export interface Thresholds {
  avanceAprobacion: number;
  notaAprobacion: number;
}

/** A module: all required activities done and grade ≥ 4.0 → 2; done and below → 3; else 1. [I] */
export function moduleEstado(progress: Progress, mark: Mark | null): Estado {
  if (progress.percentage === null || progress.percentage < 100 || !mark) return 1;
  return mark.passes ? 2 : 3;
}

/**
 * A student: grade and progress strictly above the thresholds, both unrounded → 2; else enrolment ended → 3;
 * else 1. [I]
 */
export function studentEstado(
  progress: Progress,
  mark: Mark | null,
  ended: boolean,
  { avanceAprobacion, notaAprobacion }: Thresholds,
): Estado {
  const passes =
    mark !== null &&
    mark.percentage > notaAprobacion &&
    progress.percentage !== null &&
    progress.percentage > avanceAprobacion;
  return passes ? 2 : ended ? 3 : 1;
}
