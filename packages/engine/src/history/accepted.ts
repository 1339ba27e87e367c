import { Temporal } from '@js-temporal/polyfill';
import { type ProcesoHistorial, readFigure, readRegistro, SANTIAGO } from '@puente-sic/protocol';
import type { Aceptado } from '../ledger/aceptados.ts';

/**
 * What SENCE has of a provider, by its history: of each student × module the last value accepted. Processes count in
 * the order of their numbers; records that name no course are left aside and counted.
 */
export function acceptedByHistory(
  rutOtec: string,
  processes: readonly ProcesoHistorial[],
): { aceptados: Aceptado[]; leftAside: number } {
  const last = new Map<string, Aceptado>();
  let leftAside = 0;
  const inOrder = [...processes].sort((a, b) => idOf(a) - idOf(b));
  for (const proceso of inOrder) {
    for (const registro of proceso.listaregistros) {
      const { rut, codigoModulo, fate, porcentajeAvance } = readRegistro(registro);
      if (fate !== 'accepted') continue;
      const { oferta_cod: codigoOferta, seccion_cod: codigoGrupo } = registro;
      if (codigoOferta === null || codigoGrupo === null || porcentajeAvance === null || codigoModulo === '') {
        leftAside += 1;
        continue;
      }
      last.set(JSON.stringify([codigoOferta, codigoGrupo, rut, codigoModulo]), {
        ...{ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo, porcentajeAvance },
        tiempoConectividad: readFigure(registro.mod_tiempo_conectividad),
        estado: readFigure(registro.mod_estado),
        huella: null,
        cuando: instantOf(proceso.fecha),
        codigoEnvio: proceso.codigo_externo,
        idProceso: idOf(proceso),
      });
    }
  }
  return { aceptados: [...last.values()], leftAside };
}

function idOf({ id_proceso_externo }: ProcesoHistorial): number {
  return readFigure(id_proceso_externo) ?? 0;
}

/** Santiago's clock, as the service writes it, to ISO in UTC. [A 8] */
function instantOf(fecha: string | null): string {
  if (fecha === null || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(fecha))
    return new Date(0).toISOString();
  const local = Temporal.PlainDateTime.from(fecha.replace(' ', 'T'));
  return new Date(local.toZonedDateTime(SANTIAGO).epochMilliseconds).toISOString();
}
