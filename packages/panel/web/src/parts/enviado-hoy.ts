import type { LineaDeCurso } from '../../../src/api.ts';
import { hora, numero } from '../format.ts';

/** What went out by day, and what the night does with the rest; null where nothing did. */
export function fraseDeHoy(cursos: readonly Pick<LineaDeCurso, 'enviadoHoy'>[]): string | null {
  const enviados = cursos.flatMap(({ enviadoHoy }) => enviadoHoy ?? []);
  if (enviados.length === 0) return null;
  const ultimo = enviados.reduce((latest, { cuando }) => (cuando > latest ? cuando : latest), '');
  const faltan = enviados.reduce((sum, one) => sum + one.faltan, 0);
  const cambios = 'lo que haya cambiado desde entonces';
  const salen = [salenLosQueFaltan(faltan, cambios), ...(enviados.length < cursos.length ? [OTROS] : [])];
  const que =
    enviados.length === cursos.length
      ? ''
      : ` ${numero(enviados.length)} de ${numero(cursos.length)} cursos,`;
  return `Hoy ya se envió${que} a las ${hora(ultimo)}. Esta noche ${salen.join(', ')}.`;
}

function salenLosQueFaltan(faltan: number, cambios: string): string {
  if (faltan === 0) return `sale ${cambios}`;
  return faltan === 1
    ? `salen el alumno que falta y ${cambios}`
    : `salen los ${numero(faltan)} que faltan y ${cambios}`;
}

const OTROS = 'y también los demás cursos que corresponda';
