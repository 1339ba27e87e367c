import type { Of } from './api.ts';

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
