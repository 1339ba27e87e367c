import type { Issue } from '@puente-sic/protocol';
import { type FindingWords, failure, warning } from '../../rules/findings.ts';

/**
 * What a problem costs. `blocks`: nothing of the course can be reported. `students`: some students are left out.
 * `figures`: what is reported is lower than what was done. `advice`: worth knowing.
 */
export type Weight = 'blocks' | 'students' | 'figures' | 'advice';

/** Heaviest first. */
export const WEIGHTS: Weight[] = ['blocks', 'students', 'figures', 'advice'];

export const WEIGHT_ES: Record<Weight, string> = {
  blocks: 'Impide informar el curso',
  students: 'Deja estudiantes sin informar',
  figures: 'Baja o falsea las cifras que se informan',
  advice: 'Conviene saberlo',
};

/** One thing that an expert would raise before the first send. */
export interface Diagnosis {
  weight: Weight;
  /** Short name of the course; null: of the site. */
  course: string | null;
  issue: Issue;
}

/** A diagnosis on its way: {@link FindingWords} with a link that may not be known. */
export interface Words extends Omit<FindingWords, 'place'> {
  place?: string | undefined;
}

export function diagnosis(weight: Weight, course: string | null, { place, ...words }: Words): Diagnosis {
  const make = weight === 'blocks' || weight === 'students' ? failure : warning;
  return { weight, course, issue: make({ ...words, ...(place !== undefined && { place }) }) };
}
