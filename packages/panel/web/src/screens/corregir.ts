import type { ErrorAbierto, PedidoDeEnvio } from '../../../src/api.ts';

/** A course in the address of the page. */
export function cursoDe({ codigoOferta, codigoGrupo }: ErrorAbierto): string {
  return `${codigoOferta}/${codigoGrupo}`;
}

/** Problems that are mended the same way: those with the same code, or without code the same remedy. */
export function tipoDe({ codigo, origen, explicacion, mensaje }: ErrorAbierto): {
  clave: string;
  texto: string;
} {
  if (codigo === null) return { clave: `${origen}-sin-codigo`, texto: firstSentence(mensaje) };
  return { clave: codigo, texto: `${firstSentence(explicacion)} (${codigo})` };
}

/** What SENCE says in plain words: ours when we held it back, else the meaning of its code. */
export function enPalabras({ origen, mensaje, explicacion }: ErrorAbierto): string {
  return origen === 'previa' ? mensaje : explicacion;
}

/** The smallest send that covers what was chosen: one course, or all; these students, or everybody with an error. */
export function pedidoDe(errores: ErrorAbierto[]): PedidoDeEnvio {
  const [first] = errores;
  const ruts = new Set<string>();
  let everybody = false;
  for (const { rut, codigo } of errores) {
    // A RUT that is unknown to SENCE may be a wrong one: once corrected, it is no longer the one named here.
    if (rut === null || codigo === RUT_DESCONOCIDO) everybody = true;
    else ruts.add(rut);
  }
  const oneCourse =
    first !== undefined &&
    errores.every((error) => error.rutOtec === first.rutOtec && cursoDe(error) === cursoDe(first));
  return {
    soloErrores: true,
    ...(oneCourse && {
      curso: { rutOtec: first.rutOtec, codigoOferta: first.codigoOferta, codigoGrupo: first.codigoGrupo },
    }),
    ...(!everybody && { alumnos: [...ruts] }),
  };
}

const RUT_DESCONOCIDO = '012';

function firstSentence(text: string): string {
  return text.split(/(?<=[.:])\s/)[0]?.replace(/[.:]$/, '') ?? text;
}
