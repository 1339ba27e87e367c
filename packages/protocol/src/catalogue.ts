import { DATOS } from './catalogue/datos.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { IDENTIDAD } from './catalogue/identidad.ts';

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
