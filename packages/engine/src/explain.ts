import { CATALOGUE, type Codigo, type Issue, type Reason, SOPORTE_SENCE } from '@puente-sic/protocol';
import type { Place } from '@puente-sic/sources';
import type { ErrorDeEnvio, Hallazgo, Retenido } from './results.ts';

/** A finding as `--json` prints it. */
export function hallazgoOf(issue: Issue): Hallazgo {
  return {
    codigo: issue.code,
    ruta: issue.path,
    mensaje: issue.message,
    queHacer: issue.fix,
    gravedad: issue.severity === 'error' ? 'error' : 'aviso',
    ...(issue.rut !== undefined && { rut: issue.rut }),
    ...(issue.codigoModulo !== undefined && { codigoModulo: issue.codigoModulo }),
    ...placeOf(issue),
  };
}

/** What was held back, told in the preview. */
export function retenidoOf(issue: Issue): Retenido {
  return {
    rut: issue.rut || null,
    codigoModulo: issue.codigoModulo ?? null,
    codigo: issue.code,
    mensaje: issue.message,
    queHacer: issue.fix,
    ...placeOf(issue),
  };
}

function placeOf({ place, placeUrl }: Issue): { lugar?: string; url?: string } {
  return { ...(place !== undefined && { lugar: place }), ...(placeUrl !== undefined && { url: placeUrl }) };
}

/** What was held back, told with the send. */
export function heldError(issue: Issue): ErrorDeEnvio {
  return {
    ...retenidoOf(issue),
    origen: 'previa',
    explicacion: issue.code === null ? issue.message : explain(issue.code),
  };
}

/** What SENCE refused, told with its meaning and what to do. */
export function refusedError(
  reason: Reason,
  whom: { rut: string | null; codigoModulo: string | null; place?: Pick<Place, 'text' | 'url'> | undefined },
): ErrorDeEnvio {
  const { place, ...who } = whom;
  return {
    ...who,
    codigo: reason.code ?? reason.rawCode,
    origen: 'gestor',
    mensaje: reason.message,
    explicacion: reason.code === null ? UNKNOWN.explicacion : explain(reason.code),
    queHacer: reason.code === null ? UNKNOWN.queHacer : CATALOGUE[reason.code].fix,
    ...(place && { lugar: place.text }),
    ...(place?.url !== undefined && { url: place.url }),
  };
}

/** Meaning and the likeliest cause of a code. */
function explain(code: Codigo): string {
  const { meaning, causes } = CATALOGUE[code];
  const likeliest = causes[0];
  if (likeliest === undefined) return meaning;
  return `${meaning} Causa más probable: ${likeliest.charAt(0).toLowerCase()}${likeliest.slice(1)}`;
}

const UNKNOWN = {
  explicacion: 'SENCE rechazó el dato con un motivo que no está en su tabla oficial de códigos.',
  queHacer: `Revise el mensaje de SENCE. Si no se entiende, escriba a ${SOPORTE_SENCE} con el código del envío.`,
};
