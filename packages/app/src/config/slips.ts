import { settingsKeys } from './settings.ts';

/** A slip of the keyboard that YAML takes for something else. */
export interface Slip {
  /** From 1. */
  line: number;
  message: string;
}

/** What the eye does not tell from a space: copied from a web page, a PDF or a word processor. */
const ODD_BLANK = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;

/**
 * Slips in a text of puente.yaml that cannot be used: a key without the space behind its colon, blanks that are none.
 * What YAML says of them is about what they become, and speaks of other lines.
 */
export function slipsIn(text: string): Slip[] {
  const known = settingsKeys();
  return text.split(/\r?\n/).flatMap((line, index): Slip | Slip[] => {
    const [, before = '', key = '', colon = '', after = ''] = KEY.exec(line) ?? [];
    if (!known.has(key)) return [];
    const slip = (message: string): Slip => ({ line: index + 1, message });
    if (ODD_BLANK.test(before) || ODD_BLANK.test(colon) || ODD_BLANK.test(after))
      return slip(
        `cerca de «${key}» hay un espacio que no es el corriente (se copia de páginas web y documentos): bórrelo y escríbalo con la barra espaciadora`,
      );
    if (colon.trim() !== ':')
      return slip(
        `los dos puntos de «${key}» no son los corrientes: escríbalos de nuevo, y un espacio después`,
      );
    return after === '' ? slip(`falta un espacio después de los dos puntos: escriba «${key}: …»`) : [];
  });
}

/** A line that begins with a key: blanks and dashes, the key, its colon, and the blank behind it. */
const KEY = /^([\s-]*)([A-Za-z]\w*)([^\S\n]*[:：︰])([^\S\n]?)(?=\S|$)(?!$|\/\/)/;
