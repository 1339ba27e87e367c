import { type Llamada, recordsOf } from '../call.ts';
import { cumplido, type Dictamen, fallado, pendiente, SIN_INTENTO } from '../scenario.ts';

/** What a call was refused for, in the service's own words; null where nothing was. */
export function refusalOf({ n, rechazos, respuesta, falla }: Llamada): string | null {
  if (falla !== null) return null;
  if (respuesta && respuesta.status >= 400)
    return `El servicio no tomó la llamada ${n} (HTTP ${respuesta.status}): ${respuesta.texto}`;
  const [first] = rechazos;
  if (!first) return null;
  const more = rechazos.length > 1 ? ` Y ${rechazos.length - 1} más.` : '';
  const module = first.codigoModulo === null ? '' : `, módulo ${first.codigoModulo}`;
  return `En la llamada ${n} el servicio rechazó ${first.rut === null ? 'el curso entero' : `a ${first.rut}`}${module}: [${first.codigo}] ${first.mensaje}.${more}`;
}

/** Fulfilled once each of the records expected is accepted, in however many calls, and none is refused. */
export function acceptedAll(envios: readonly Llamada[], expected: readonly string[]): Dictamen {
  if (envios.length === 0) return SIN_INTENTO;
  const wrong = envios.map((envio) => refusalOf(envio) ?? twiceIn(envio)).find((text) => text !== null);
  if (wrong) return fallado(wrong);
  const accepted = acceptedIn(envios);
  const missing = expected.filter((record) => !accepted.has(record)).length;
  return missing === 0
    ? cumplido(`Aceptados ${expected.length} de ${expected.length}, en ${calls(envios)}.`)
    : pendiente(`Aceptados ${expected.length - missing} de ${expected.length} hasta ahora.`);
}

/** The same student and module more than once in one call; null where there is none. */
function twiceIn(envio: Llamada): string | null {
  const records = recordsOf(envio);
  const twice = records.length - new Set(records).size;
  return twice > 0 ? `La llamada ${envio.n} trae ${twice} registros repetidos en la misma lista.` : null;
}

export function acceptedIn(envios: readonly Llamada[]): Set<string> {
  return new Set(envios.flatMap(({ aceptados }) => aceptados));
}

/** Whether both calls carry a same record. */
export function overlaps(one: Llamada, other: Llamada): boolean {
  const records = new Set(recordsOf(one));
  return recordsOf(other).some((record) => records.has(record));
}

/** The first call that carries again what an earlier one, already answered, had accepted. */
export function repeatOfAccepted(envios: readonly Llamada[]): { llamada: Llamada; registros: number } | null {
  for (const later of envios) {
    const before = acceptedIn(envios.filter(({ hasta, n }) => n < later.n && hasta < later.n));
    const registros = recordsOf(later).filter((record) => before.has(record)).length;
    if (registros > 0) return { llamada: later, registros };
  }
  return null;
}

function calls({ length }: readonly Llamada[]): string {
  return length === 1 ? 'una llamada' : `${length} llamadas`;
}
