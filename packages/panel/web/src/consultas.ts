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
