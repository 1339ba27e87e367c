import { Check, CircleHelp, type LucideIcon, Send, X } from 'lucide-react';
import type { NocheEnviada } from '../../../src/api.ts';
import { cuantos, numero } from '../format.ts';

/** How a course's night ended, in a word. */
export function estadoDe({ partes, sinRespuesta, rechazados, confirmado }: NocheEnviada): {
  texto: string;
  tono: string;
  icono: LucideIcon;
} {
  const hay = (...estados: string[]) => partes.some(({ estado }) => estados.includes(estado));
  if (hay('preparado', 'enviando')) return { texto: 'Enviando', tono: '', icono: Send };
  if (hay('incierto') || sinRespuesta > 0)
    return { texto: `${numero(sinRespuesta)} sin respuesta`, tono: 'duda', icono: CircleHelp };
  if (rechazados > 0)
    return {
      texto: `${cuantos(rechazados, 'rechazado')}`,
      tono: 'mal',
      icono: X,
    };
  if (!hay('aceptado', 'parcial')) return { texto: 'No llegó', tono: 'mal', icono: X };
  return { texto: confirmado ? 'SENCE lo tiene' : 'Aceptado, sin confirmar', tono: 'mudo', icono: Check };
}
