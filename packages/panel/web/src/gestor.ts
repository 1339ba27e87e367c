import { useCallback } from 'react';
import { useEnsayo } from './sesion.ts';

/** Says a sentence of whoever answers: in a rehearsal it is not SENCE, and nobody should read that it was. */
export function useDecir(): (frase: string) => string {
  const ensayo = useEnsayo();
  return useCallback((frase: string) => (ensayo ? delEnsayo(frase) : frase), [ensayo]);
}

function delEnsayo(frase: string): string {
  return frase
    .replaceAll(/\bde SENCE\b/g, 'del Gestor de ensayo')
    .replaceAll(/\ba SENCE\b/g, 'al Gestor de ensayo')
    .replaceAll(/(^|[.:?»] )SENCE\b/g, '$1El Gestor de ensayo')
    .replaceAll(/\bSENCE\b/g, 'el Gestor de ensayo');
}
