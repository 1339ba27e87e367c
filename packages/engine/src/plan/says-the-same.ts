import type { Aceptado } from '../ledger/aceptados.ts';
import type { SealedCandidate } from './candidates.ts';
import type { SealedRegistro } from './registro.ts';
import { differing, saidOfAceptado, saidOfSource } from './said.ts';

/**
 * Whether a record says what SENCE accepted of it: by its hash, or, of what is known from the history alone, by what the
 * history tells.
 */
export function saysTheSame(
  last: Aceptado,
  { alumno }: Pick<SealedCandidate, 'alumno'>,
  { huella, modulo }: SealedRegistro,
): boolean {
  if (last.huella !== null) return last.huella === huella;
  return differing(saidOfAceptado(last), saidOfSource(alumno, modulo)).length === 0;
}
