import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Evento, Trabajo } from '../../src/api.ts';
import type { Of } from './api.ts';
import { type Gatherer, gatherer } from './gather.ts';

/** What of the pages each kind of event changes: the rest need not be read again. */
const ALL = ['hoy', 'noches', 'errores', 'envios', 'envio', 'trabajos', 'decisiones'] as const;
type Key = (typeof ALL)[number];
const TOUCHES: Record<Evento['tipo'], readonly Key[]> = {
  trabajo: ALL,
  noche: ['hoy', 'noches'],
  enviando: ['hoy', 'noches', 'envios', 'envio'],
  hecho: ALL,
  reintento: ALL,
  perdida: ['hoy', 'noches'],
  aclarado: ALL,
  condicion: ['hoy'],
  recargar: ALL,
};

/** Keeps what is on the screen true while the service works. False while nothing can be heard of it. */
export function useEventos(): boolean {
  const queryClient = useQueryClient();
  const [conectado, setConectado] = useState(true);
  useEffect(() => {
    const reload = gatherer<Key>(
      (keys) => {
        for (const key of keys) void queryClient.invalidateQueries({ queryKey: [key] });
      },
      { isLooked: () => !document.hidden, onLook: whenShown },
    );
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
      for (const tipo of Object.keys(TOUCHES)) {
        source.addEventListener(tipo, ({ data }) => take(queryClient, JSON.parse(data), reload));
      }
    };
    listen();
    return () => {
      clearTimeout(again);
      source.close();
      reload.close();
    };
  }, [queryClient]);
  return conectado;
}

function take(queryClient: QueryClient, evento: Evento, reload: Gatherer<Key>): void {
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
  reload.ask(TOUCHES[evento.tipo]);
}

function withTrabajo({ trabajos }: Of<'trabajos'>, trabajo: Trabajo): Of<'trabajos'> {
  const isKnown = trabajos.some(({ id }) => id === trabajo.id);
  return {
    trabajos: isKnown
      ? trabajos.map((one) => (one.id === trabajo.id ? trabajo : one))
      : [trabajo, ...trabajos],
  };
}

/** A tab that is shown again catches up. */
function whenShown(begins: () => void): () => void {
  document.addEventListener('visibilitychange', begins);
  return () => document.removeEventListener('visibilitychange', begins);
}

const RETRY_MS = 3000;
