/** A mark of a total, with whether its student completed everything that it is of. */
export interface SeenMark {
  final: number;
  max: number;
  complete: boolean;
}

/** Marks that may be of another scale than they are said to be. */
export interface OddMarks {
  least: number;
  most: number;
  /** The end of the scale as the LMS has it. */
  max: number;
}

/**
 * Marks of Chile's 1,0–7,0 typed into an item of 0–100: all of them are within 1 and 7, and somebody who completed
 * everything has one. As percentages they would fail everybody; which they are, nobody has said. [M]
 */
export function oddMarks(marks: readonly SeenMark[]): OddMarks | null {
  const finals = marks.map(({ final }) => final);
  const ends = marks.map(({ max }) => max);
  const within = finals.every((final) => final >= 1 && final <= 7) && ends.every((max) => max >= WIDE);
  if (!within || !marks.some(({ complete }) => complete)) return null;
  const least = finals.reduce((one, other) => Math.min(one, other));
  const most = finals.reduce((one, other) => Math.max(one, other));
  return { least, most, max: ends.reduce((one, other) => Math.max(one, other)) };
}

/** Scales shorter than this are no percentages: their marks are small by right. */
const WIDE = 50;
