import type { ServeEvent } from '@puente-sic/engine';
import { mask, santiagoDateTime } from '@puente-sic/protocol';
import type { Terminal } from '../terminal.ts';
import { clockTime, count } from './words.ts';

/** One line for each thing that the service did or found; no student is named, since it goes into a system's log. */
export function printEvent(terminal: Terminal, event: ServeEvent, now: Date): void {
  terminal.line(`${santiagoDateTime(now)}  ${event.rutOtec}  ${mask(textOf(event))}`);
}

function textOf(event: ServeEvent): string {
  switch (event.kind) {
    case 'night':
      return `noche del ${event.noche}: ${count(event.courses, 'curso por enviar', 'cursos por enviar')}`;
    case 'sending':
      return `${event.curso}: enviando`;
    case 'done': {
      if (event.envios.length === 0) return `${event.curso}: listo`;
      const total = (of: 'aceptados' | 'rechazados' | 'retenidos') =>
        event.envios.reduce((sum, envio) => sum + envio[of], 0);
      const late = event.tarde ? ', fuera de la ventana' : '';
      return `${event.curso}: ${total('aceptados')} aceptados, ${total('rechazados')} rechazados, ${total('retenidos')} retenidos${late}`;
    }
    case 'retry':
      return `${event.curso}: se repetirá a las ${clockTime(event.next)}. ${event.motivo}`;
    case 'lost':
      return `NOCHE PERDIDA del ${event.noche}: ${event.cursos.join(', ') || 'ningún curso se envió'}. ${event.motivo}`;
    case 'settled':
      return `${event.codigoEnvio}, que había quedado sin respuesta clara, ${event.arrived ? 'llegó' : 'no llegó y se enviará de nuevo'}`;
    case 'condition':
      return event.mal ? `PROBLEMA: ${event.mensaje} ${event.queHacer}` : `bien: ${event.mensaje}`;
  }
}
