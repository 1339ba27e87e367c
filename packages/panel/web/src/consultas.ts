import { queryOptions } from '@tanstack/react-query';
import { leer } from './api.ts';

/** What more than one part of the panel asks. */
export const hoyQuery = queryOptions({ queryKey: ['hoy'], queryFn: () => leer<'hoy'>('/api/hoy') });

export const erroresQuery = queryOptions({
  queryKey: ['errores'],
  queryFn: () => leer<'errores'>('/api/errores'),
});

export const usuariosQuery = queryOptions({
  queryKey: ['usuarios'],
  queryFn: () => leer<'usuarios'>('/api/usuarios'),
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

/** A send that somebody asked for, until it has ended. */
export const trabajoQuery = (id: string) =>
  queryOptions({
    queryKey: ['trabajo', id],
    queryFn: () => leer<'trabajo'>(`/api/trabajos/${encodeURIComponent(id)}`),
    // The live events bring it sooner; this is for where they are cut.
    refetchInterval: ({ state }) => (state.data?.terminado ? false : 2000),
  });
