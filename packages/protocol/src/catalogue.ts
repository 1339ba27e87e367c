import { DATOS } from './catalogue/datos.ts';
import { IDENTIDAD } from './catalogue/identidad.ts';
import type { Scope } from './issue.ts';

/** One code of the service's table. Texts as in S (v1), 026–033 as in I (v2). */
export interface CatalogueEntry {
  /** The service's own text; placeholders in braces. */
  text: string;
  scope: Scope;
  /** What it means and what it costs, in plain Spanish. */
  meaning: string;
  /** Likely causes in an OTEC's daily life, most frequent first, in Spanish. */
  causes: string[];
  /** What to do, in Spanish. */
  fix: string;
  /** The same in one English sentence, for developers. */
  english: string;
}

export type Codigo = keyof typeof IDENTIDAD | keyof typeof DATOS;

/** Every official code, in order. `docs/errores.md` and the pages beside it are generated from it and from {@link HELP}. */
export const CATALOGUE: Readonly<Record<Codigo, CatalogueEntry>> = { ...IDENTIDAD, ...DATOS };

/** Whether a text is a code of the official table. */
export function isCodigo(text: unknown): text is Codigo {
  return typeof text === 'string' && Object.hasOwn(CATALOGUE, text);
}

/** The service's text of a code with its placeholders filled in. */
export function messageOf(code: Codigo, values: Record<string, string> = {}): string {
  return CATALOGUE[code].text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
