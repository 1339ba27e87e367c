import type { Issue } from '@puente-sic/protocol';
import { warning } from '../../rules/findings.ts';
import { visibleText } from './text.ts';

/** Text that something in the site wrote into an answer. */
export interface Noise {
  wsfunction: string;
  text: string;
}

/** Data is read all the same; what wrote beside it can break it any day. */
export function noisy({ wsfunction, text }: Noise): Issue {
  const writer = writerOf(text);
  return warning({
    message: `El Moodle escribe texto de más en sus respuestas (en ${wsfunction}${writer === null ? '' : `; lo escribe ${writer}`}). Los datos se leyeron igual, pero cualquier cambio en ese texto puede impedirlo.`,
    fix: `Pida a quien administra el servidor que quite esos mensajes: Administración del sitio > Desarrollo > Depuración > Mostrar mensajes de depuración: No${writer === null ? ', y que revise los complementos' : `, y que revise ${writer}`}.`,
  });
}

/** The PHP file that a notice names, else the first word: the text may hold data of people, so no more is told. */
function writerOf(text: string): string | null {
  const plain = visibleText(text);
  return /\/[\w./-]+\.php/.exec(plain)?.[0] ?? /^[A-Za-z][\w./:-]{2,39}/.exec(plain)?.[0] ?? null;
}
