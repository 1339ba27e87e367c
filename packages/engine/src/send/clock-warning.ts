import type { Hallazgo } from '../results.ts';

/** Between this computer and the service, in milliseconds; more would put data into the wrong night. */
const TOLERANCE_MS = 60_000;

/** A warning when this computer's clock and the service's (`Date` header) differ by more than a minute. */
export function clockWarning(serverDate: Date | null, now: Date): Hallazgo | null {
  if (serverDate === null) return null;
  const differenceMs = now.getTime() - serverDate.getTime();
  if (Math.abs(differenceMs) <= TOLERANCE_MS) return null;
  const minutes = Math.round(Math.abs(differenceMs) / 60_000);
  const much = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return {
    codigo: null,
    ruta: '',
    mensaje: `El reloj de este computador está ${much} ${differenceMs > 0 ? 'adelantado' : 'atrasado'} respecto del de SENCE.`,
    queHacer:
      'Active la sincronización automática de la hora: con otra hora, los datos podrían quedar en la noche equivocada.',
    gravedad: 'aviso',
  };
}
