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
  const own = new Set<string>();
  // One answer may be asked for several columns: of each the reason is told that is about it.
  const ask = (asks: readonly Ask[] | undefined, porque: string, ofModule: boolean) => {
    for (const { clave, opciones } of asks ?? []) {
      const isOwn = OF_MODULE.test(clave) === ofModule;
      if (asked.has(clave) && (own.has(clave) || !isOwn)) continue;
      asked.set(clave, { clave, porque, opciones });
      if (isOwn) own.add(clave);
    }
  };
  for (const { entries, questions } of readings) {
    for (const { asks, message } of questions) ask(asks, message, true);
    for (const { doubts, moduloDoubts } of entries) {
      for (const { asks, message } of doubts) ask(asks, message, false);
      for (const { asks, message } of moduloDoubts) ask(asks, message, true);
    }
  }
  return [...asked.values()];
}

const OF_MODULE = /^(modulo|nota)/;
