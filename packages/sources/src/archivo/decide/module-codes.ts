import { cellText, type Wide } from '../grid.ts';
import { asCode } from '../wide/module-answers.ts';
import { WHERE } from './answers.ts';
import type { Reader } from './reader.ts';

/** How the codes of modules are read that stand in the names of columns: one that nobody has said is asked. */
export function moduleReader({ codes }: Wide, read: Reader): Reader {
  return (cell, tell) => {
    const name = cellText(cell);
    return codes.get(name) === null ? { value: name, doubt: unknownCode(name) } : read(cell, tell);
  };
}

function unknownCode(name: string) {
  const key = /^[\p{L}\p{N} ]+$/u.test(name) ? name : JSON.stringify(name);
  return {
    message: `No se sabe qué código de SIC tiene el módulo que la planilla llama «${name}».`,
    fix: `Escriba el código en el nombre de sus columnas, como «Avance PRES028008000558». O anótelo una vez ${WHERE}: «columnas: { ${key}: ${asCode('PRES028008000558')} }», con el suyo.`,
    asks: [{ clave: name, opciones: null }],
  };
}
