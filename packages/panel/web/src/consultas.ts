import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiError, leer, type Of } from './api.ts';

/** What more than one part of the panel asks. */
export const hoyQuery = queryOptions({ queryKey: ['hoy'], queryFn: () => leer<'hoy'>('/api/hoy') });

export const erroresQuery = queryOptions({
  queryKey: ['errores'],
  queryFn: () => leer<'errores'>('/api/errores'),
});

/** Files that a rehearsal hands out. */
export const ejemplosQuery = queryOptions({
  queryKey: ['ejemplos'],
  queryFn: () => leer<'ejemplos'>('/api/ejemplos'),
  staleTime: Number.POSITIVE_INFINITY,
});

export const decisionesQuery = queryOptions({
  queryKey: ['decisiones'],
  queryFn: () => leer<'decisionesVistas'>('/api/decisiones'),
});

/** Courses that end soon, or have ended and are not closed. */
export const porCerrarQuery = queryOptions({
  queryKey: ['por-cerrar'],
  queryFn: () => leer<'porCerrar'>('/api/por-cerrar'),
});

/** Sends of which is not known whether they arrived. */
export const inciertosQuery = queryOptions({
  queryKey: ['envios', 'inciertos'],
  queryFn: () => leer<'envios'>('/api/envios', { estado: 'incierto' }),
});

export const usuariosQuery = queryOptions({
  queryKey: ['usuarios'],
  queryFn: () => leer<'usuarios'>('/api/usuarios'),
});

export const segundoPasoQuery = queryOptions({
  queryKey: ['segundo-paso'],
  queryFn: () => leer<'segundoPaso'>('/api/segundo-paso'),
});

export const clavesQuery = queryOptions({
  queryKey: ['claves'],
  queryFn: () => leer<'clavesApi'>('/api/claves'),
});

/** How puente is set up; only an administrator may ask. */
export const instalacionQuery = queryOptions({
  queryKey: ['instalacion'],
  queryFn: () => leer<'instalacion'>('/api/instalacion'),
});

/** The sheets in use, and those that were put aside. */
export const planillasQuery = queryOptions({
  queryKey: ['planillas'],
  queryFn: () => leer<'planillas'>('/api/planillas'),
});

/** Who is to be erased, and waits for a second person. */
export const borradosQuery = queryOptions({
  queryKey: ['borrados'],
  queryFn: () => leer<'pedidosDeBorrado'>('/api/personas/borrados'),
});

/** Who did what, the newest first. */
export const bitacoraQuery = infiniteQueryOptions({
  queryKey: ['bitacora'],
  queryFn: ({ pageParam }) => leer<'bitacora'>('/api/bitacora', { antes: pageParam ?? undefined }),
  initialPageParam: null as number | null,
  getNextPageParam: ({ siguiente }: Of<'bitacora'>) => siguiente,
});

/** A send that somebody asked for, until it has ended. */
export const trabajoQuery = (id: string) =>
  queryOptions({
    queryKey: ['trabajo', id],
    queryFn: () => leer<'trabajo'>(`/api/trabajos/${encodeURIComponent(id)}`),
    // The live events bring it sooner; this is for where they are cut.
    refetchInterval: ({ state }) => (state.data?.terminado || isGone(state.error) ? false : 2000),
  });

/** What the server no longer knows: it was started anew and remembers no send that was under way. */
export function isGone(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 404;
}
