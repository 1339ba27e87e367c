import { queryOptions } from '@tanstack/react-query';
import { leer, type Of } from './api.ts';

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

/** Everything that needs somebody now: what is not well, and nights whose data SENCE still lacks. */
export function cuentaAlarmas({ proveedores }: Of<'hoy'>): number {
  return proveedores.reduce(
    (sum, { problemas, nochesPerdidas }) =>
      sum + problemas.length + nochesPerdidas.filter(({ recuperada }) => !recuperada).length,
    0,
  );
}
