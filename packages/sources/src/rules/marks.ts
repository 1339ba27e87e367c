import { roundPercentage } from '@puente-sic/protocol';

/** A mark and the scale that it stands on. */
export interface Grade {
  /** Null: no mark. */
  final: number | null;
  min: number;
  max: number;
}

/** A student's mark as the API wants it. */
export interface Mark {
  /** As in the LMS: 5.2 of 1–7. */
  final: number;
  min: number;
  max: number;
  /** 0–100, unrounded: what thresholds are compared with. */
  percentage: number;
  /** `evaluacionFinal`, `notaModulo`: half up, kept within 0–100. */
  sent: number;
  /** 4.0 or more on Chile's 1.0–7.0. */
  passes: boolean;
}

/**
 * A stored grade as a percentage: its place between the student's own minimum and maximum, so the 4.0 of 1–7 is
 * 50. With `exigencia`, marks of a scale that ends at 7 are taken for Chilean marks and the 4.0 stands at that
 * percentage; other scales are percentages already. Null where there is no grade: it is left out, never null. [A 5]
 */
export function markOf(grade: Grade | undefined, exigencia?: number): Mark | null {
  if (!grade || grade.final === null || !(grade.max > grade.min)) return null;
  const { final, min, max } = grade;
  const percentage =
    exigencia !== undefined && max === 7 ? chilean(final, exigencia) : place(final, min, max);
  return {
    final,
    min,
    max,
    percentage,
    sent: Math.min(100, Math.max(0, roundPercentage(percentage))),
    passes: percentage >= (exigencia ?? 50),
  };
}

/** Moodle stores five decimals: whole numbers of them keep 4.0 of 1–7 at exactly 50. */
function place(final: number, min: number, max: number): number {
  const units = (value: number): number => Math.round(value * 100_000);
  return (100 * (units(final) - units(min))) / (units(max) - units(min));
}

function chilean(mark: number, exigencia: number): number {
  if (mark >= 4) return exigencia + ((mark - 4) * (100 - exigencia)) / 3;
  return Math.max(0, ((mark - 1) * exigencia) / 3);
}
