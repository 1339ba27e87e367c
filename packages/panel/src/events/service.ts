import type { ServeEvent } from '@puente-sic/engine';
import type { Evento } from '../api.ts';

/** What the nightly service says, as the panel's readers hear it. */
export function eventoOf(event: ServeEvent): Evento {
  const { rutOtec } = event;
  switch (event.kind) {
    case 'night':
      return { tipo: 'noche', rutOtec, noche: event.noche, cursos: event.courses };
    case 'sending':
      return { tipo: 'enviando', rutOtec, noche: event.noche, curso: event.curso };
    case 'done': {
      const { noche, curso, envios, tarde } = event;
      return { tipo: 'hecho', rutOtec, noche, curso, envios, tarde };
    }
    case 'retry': {
      const { noche, curso, motivo, next } = event;
      return { tipo: 'reintento', rutOtec, noche, curso, motivo, proximo: next.toISOString() };
    }
    case 'lost': {
      const { noche, cursos, motivo } = event;
      return { tipo: 'perdida', rutOtec, noche, cursos, motivo };
    }
    case 'settled': {
      const { noche, codigoEnvio, arrived } = event;
      return { tipo: 'aclarado', rutOtec, noche, codigoEnvio, llego: arrived };
    }
    case 'condition': {
      const { clave, mal, mensaje, queHacer } = event;
      return { tipo: 'condicion', rutOtec, clave, mal, mensaje, queHacer };
    }
  }
}
