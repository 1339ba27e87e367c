import { CATALOGUE } from './catalogue.ts';
import { SOPORTE_SENCE } from './envio.ts';
import type { Reason } from './reason.ts';

/** What a reason means and what to do about it, for a person of an OTEC. */
export interface Explanation {
  explicacion: string;
  queHacer: string;
}

/** Explains a reason in Spanish, from the catalogue; of a code that we do not know it says so, and where to ask. */
export function explainReason(reason: Reason): Explanation {
  if (reason.code === null) return explainUnknown(reason);
  const { meaning, fix } = CATALOGUE[reason.code];
  return { explicacion: `${meaning}${detail(reason)}`, queHacer: fix };
}

/** What only this answer says: the former percentage; SENCE's own description of a failure. */
function detail({ code, message }: Reason): string {
  if (code === '025') {
    const former = /(\d+(?:\.\d+)?)\)?\.?$/.exec(message)?.[1];
    return former === undefined
      ? ''
      : ` El último aceptado fue ${String(Number(former)).replace('.', ',')} %.`;
  }
  return code === '002' && message !== '' ? ` El servicio dijo: «${message}».` : '';
}

function explainUnknown({ rawCode, message }: Reason): Explanation {
  const code =
    rawCode === null
      ? 'sin indicar un código'
      : `con el código ${rawCode}, que no está en la tabla publicada`;
  const said = message === '' ? 'y no explicó el motivo' : `y dijo: «${message}»`;
  return {
    explicacion: `El servicio lo rechazó ${code}, ${said}.`,
    queHacer: `Revise el dato que nombra el mensaje. Si no se entiende, escriba a ${SOPORTE_SENCE} con ese texto y el número del proceso.`,
  };
}
