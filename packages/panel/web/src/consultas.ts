import { queryOptions } from '@tanstack/react-query';
import { ApiError, leer, type Of } from './api.ts';

/** What more than one part of the panel asks. */
export const hoyQuery = queryOptions({ queryKey: ['hoy'], queryFn: () => leer<'hoy'>('/api/hoy') });

export const erroresQuery = queryOptions({
  queryKey: ['errores'],
  queryFn: () => leer<'errores'>('/api/errores'),
});

export const decisionesQuery = queryOptions({
  queryKey: ['decisiones'],
  queryFn: () => leer<'decisionesVistas'>('/api/decisiones'),
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

/**
 * Everything that needs somebody now: what is not well, nights whose data SENCE still lacks, and, as one for each OTEC,
 * what its night told in red.
 */
export function cuentaAlarmas({ pendientes, proveedores }: Of<'hoy'>): number {
  return proveedores.reduce(
    (sum, { problemas, nochesPerdidas, dichos }) =>
      sum +
      problemas.filter(isFijo).length +
      nochesPerdidas.filter(({ recuperada }) => !recuperada).length +
      (dichos.some(isRojo) ? 1 : 0),
    pendientes.length,
  );
}

/** Whether nothing that the panel knows of a provider asks for somebody: only then may it be called well. */
export function isTodoBien({ problemas, nochesPerdidas, dichos }: Of<'hoy'>['proveedores'][number]): boolean {
  return (
    problemas.length === 0 && nochesPerdidas.every(({ recuperada }) => recuperada) && !dichos.some(isRojo)
  );
}

/** Not one that often ends by itself, see `pasajero`. */
export function isFijo({ pasajero }: { pasajero: boolean }): boolean {
  return !pasajero;
}

function isRojo({ gravedad }: { gravedad: string }): boolean {
  return gravedad === 'rojo';
}
