/** Where the documents are published, with the slash at its end; empty until they are published somewhere. */
export const DOCS_BASE = '';

/** The public page of a code of SENCE's table (`https://…/errores/012`), or null while {@link DOCS_BASE} is empty. */
export function docsAddressOf(code: string, base: string = DOCS_BASE): string | null {
  return base === '' ? null : new URL(`errores/${code}`, base).href;
}
