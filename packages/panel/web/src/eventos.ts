import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Evento } from '../../src/api.ts';
import type { Of } from './api.ts';

/** What a night's run told since the page was opened, by provider: for the live view of Hoy. */
export interface EnVivo {
  noche: string;
  cursos: number;
  hechos: string[];
  reintentos: Record<string, { motivo: string; proximo: string }>;
}

const TIPOS: Evento['tipo'][] = [
  'trabajo',
  'noche',
  'hecho',
  'reintento',
  'perdida',
  'condicion',
  'recargar',
];

/** Keeps what is on the screen true while the service works. */
export function useEventos(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/api/eventos');
    for (const tipo of TIPOS) {
      source.addEventListener(tipo, ({ data }) => take(queryClient, JSON.parse(data)));
    }
    return () => source.close();
  }, [queryClient]);
}

function take(queryClient: QueryClient, evento: Evento): void {
  if (evento.tipo === 'trabajo') {
    queryClient.setQueryData<Of<'trabajo'>>(['trabajo', evento.trabajo.id], evento.trabajo);
    if (evento.trabajo.terminado === null) return;
  }
  if (evento.tipo === 'noche') {
    const { noche, cursos } = evento;
    queryClient.setQueryData<EnVivo>(['en-vivo', evento.rutOtec], {
      noche,
      cursos,
      hechos: [],
      reintentos: {},
    });
  }
  if (evento.tipo === 'hecho' || evento.tipo === 'reintento') {
    queryClient.setQueryData<EnVivo>(['en-vivo', evento.rutOtec], (before) => before && next(before, evento));
  }
  for (const key of ['hoy', 'noches', 'errores', 'envios', 'envio', 'trabajos']) {
    void queryClient.invalidateQueries({ queryKey: [key] });
  }
}

function next(before: EnVivo, evento: Extract<Evento, { tipo: 'hecho' | 'reintento' }>): EnVivo {
  if (evento.tipo === 'hecho') {
    const { [evento.curso]: _, ...reintentos } = before.reintentos;
    return { ...before, hechos: [...before.hechos, evento.curso], reintentos };
  }
  const { motivo, proximo } = evento;
  return { ...before, reintentos: { ...before.reintentos, [evento.curso]: { motivo, proximo } } };
}
