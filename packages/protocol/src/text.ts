import { MAX_CODIGO_ACTIVIDAD } from './envio.ts';

/** Cuts to 50 characters (code points, never through one), as the service does with a codigoActividad. [I p.7] */
export function cutCodigoActividad(text: string): string {
  if (text.length <= MAX_CODIGO_ACTIVIDAD) return text;
  // No code point has more than two code units: the rest of a long text is never looked at.
  return Array.from(text.slice(0, 2 * MAX_CODIGO_ACTIVIDAD))
    .slice(0, MAX_CODIGO_ACTIVIDAD)
    .join('');
}
