import type { Question } from './decide/mark-questions.ts';
import type { Ask, Entry } from './entry.ts';

/** A question about columns, with what may be answered. */
export interface AskedColumn {
  /** What the answer is kept under among those about the columns of the source. */
  clave: string;
  /** Why it is asked, with what stands in the sheet. */
  porque: string;
  /** What may be answered, the likeliest first; null: the code of a module. */
  opciones: readonly string[] | null;
}

/** What the tables of a file ask about their columns, each question once. */
export function questionsOf(
  readings: readonly { entries: readonly Entry[]; questions: readonly Question[] }[],
) {
  const asked = new Map<string, AskedColumn>();
  const ask = (asks: readonly Ask[] | undefined, porque: string) => {
    for (const { clave, opciones } of asks ?? [])
      if (!asked.has(clave)) asked.set(clave, { clave, porque, opciones });
  };
  for (const { entries, questions } of readings) {
    for (const { asks, message } of questions) ask(asks, message);
    for (const { doubts, moduloDoubts } of entries)
      for (const { asks, message } of [...doubts, ...moduloDoubts]) ask(asks, message);
  }
  return [...asked.values()];
}
