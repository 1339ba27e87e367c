import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Evento, Trabajo } from '../../src/api.ts';
import type { Of } from './api.ts';

const TIPOS: Evento['tipo'][] = [
  'trabajo',
  'noche',
  'enviando',
  'hecho',
  'reintento',
  'perdida',
  'aclarado',
  'condicion',
  'recargar',
];

/** Keeps what is on the screen true while the service works. False while nothing can be heard of it. */
export function useEventos(): boolean {
  const queryClient = useQueryClient();
  const [conectado, setConectado] = useState(true);
  useEffect(() => {
    const reload = reloader(queryClient);
    let source: EventSource;
    let again: ReturnType<typeof setTimeout>;
    let wasCut = false;
    const listen = () => {
      source = new EventSource('/api/eventos');
      source.onopen = () => {
        setConectado(true);
        // Also what changed without an event, while the line was cut or Puente was starting.
        if (wasCut) void queryClient.invalidateQueries();
        wasCut = false;
      };
      source.onerror = () => {
        wasCut = true;
        setConectado(false);
        // After an answer that is no stream (a proxy's 502, a session that has ended) a browser does not try again.
        if (source.readyState === EventSource.CLOSED) {
          void queryClient.invalidateQueries({ queryKey: ['sesion'] });
          again = setTimeout(listen, RETRY_MS);
        }
      };
      for (const tipo of TIPOS) {
        source.addEventListener(tipo, ({ data }) => take(queryClient, JSON.parse(data), reload));
      }
    };
    listen();
    return () => {
      clearTimeout(again);
      source.close();
    };
  }, [queryClient]);
  return conectado;
}

function take(queryClient: QueryClient, evento: Evento, reload: () => void): void {
  if (evento.tipo === 'trabajo') {
    const { trabajo } = evento;
    queryClient.setQueryData<Of<'trabajo'>>(['trabajo', trabajo.id], trabajo);
    queryClient.setQueryData<Of<'trabajos'>>(
      ['trabajos'],
      (before) => before && withTrabajo(before, trabajo),
    );
    const kind = trabajo.progreso?.kind;
    if (trabajo.terminado === null && kind !== 'sending' && kind !== 'course') return;
  }
  reload();
}

function withTrabajo({ trabajos }: Of<'trabajos'>, trabajo: Trabajo): Of<'trabajos'> {
  const isKnown = trabajos.some(({ id }) => id === trabajo.id);
  return {
    trabajos: isKnown
      ? trabajos.map((one) => (one.id === trabajo.id ? trabajo : one))
      : [trabajo, ...trabajos],
  };
}

/** Reads anew what the service changes; a night of many courses tells more than need be read. */
function reloader(queryClient: QueryClient): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      for (const key of ['hoy', 'noches', 'errores', 'envios', 'envio', 'trabajos']) {
        void queryClient.invalidateQueries({ queryKey: [key] });
      }
    }, GATHER_MS);
  };
}

const RETRY_MS = 3000;
const GATHER_MS = 250;
