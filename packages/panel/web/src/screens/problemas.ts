import type { ErrorAbierto } from '../../../src/api.ts';
import { numero } from '../format.ts';

/** How a problem is mended: what its buttons do. */
export type Salida = 'planilla' | 'reintentar' | 'codigo' | 'mantener' | 'consulta' | 'token';

/** Problems that are mended the same way, told once. */
export interface Grupo {
  clave: string;
  titulo: string;
  porQue: string;
  /** `mal`: SENCE refused it; `espera`: it was held back before. */
  tono: 'mal' | 'espera';
  /** The first is the one to choose. */
  salidas: readonly Salida[];
  /** What to look at in the data, row by row. */
  revise: (error: ErrorAbierto) => string;
  errores: ErrorAbierto[];
}

/** Equal problems together, those of most students first. */
export function gruposDe(errores: readonly ErrorAbierto[]): Grupo[] {
  const grupos = new Map<string, Grupo>();
  for (const error of errores) {
    const { problema } = error;
    const known = grupos.get(problema.clave);
    if (known === undefined)
      grupos.set(problema.clave, {
        ...problema,
        ...remedioDe(error),
        tono: error.origen === 'gestor' ? 'mal' : 'espera',
        errores: [error],
      });
    else known.errores.push(error);
  }
  const rango = ({ tono }: Grupo) => (tono === 'mal' ? 0 : 1);
  return [...grupos.values()].sort(
    (a, b) => rango(a) - rango(b) || personasDe(b.errores) - personasDe(a.errores),
  );
}

/** What there is of each course, those of most students first. */
export function porCurso(
  errores: readonly ErrorAbierto[],
): { clave: string; titulo: string; errores: ErrorAbierto[] }[] {
  const cursos = new Map<string, ErrorAbierto[]>();
  for (const error of errores) {
    const clave = [error.rutOtec, error.codigoOferta, error.codigoGrupo].join('/');
    cursos.set(clave, [...(cursos.get(clave) ?? []), error]);
  }
  return [...cursos]
    .map(([clave, suyos]) => ({ clave, titulo: suyos[0]?.titulo ?? '', errores: suyos }))
    .sort((a, b) => personasDe(b.errores) - personasDe(a.errores) || a.titulo.localeCompare(b.titulo, 'es'));
}

/** Students of several problems; one who has two is one. What is about a whole course counts its students. */
export function personasDe(errores: readonly ErrorAbierto[]): number {
  const people = new Map<string, number>();
  for (const { rutOtec, codigoOferta, codigoGrupo, rut, id, alumnos } of errores) {
    const who = rut ?? (alumnos > 1 ? 'todos' : `sin RUT ${id}`);
    people.set(`${rutOtec} ${codigoOferta} ${codigoGrupo} ${who}`, alumnos);
  }
  return [...people.values()].reduce((sum, alumnos) => sum + alumnos, 0);
}

function remedioDe({ codigo, origen, sugerencia }: ErrorAbierto): Pick<Grupo, 'salidas' | 'revise'> {
  switch (codigo) {
    case '012':
      return origen === 'previa'
        ? { salidas: ['planilla'], revise: digitoQueCorresponde }
        : { salidas: ['planilla', 'reintentar'], revise: () => 'RUT, con la cédula' };
    case '011':
      return {
        salidas: ['reintentar', 'consulta'],
        revise: ({ codigoGrupo }) => `En SIC, curso y grupo ${codigoGrupo}`,
      };
    case '010':
      return {
        salidas: sugerencia === null ? ['planilla', 'reintentar', 'consulta'] : ['codigo'],
        revise: () => 'Código del módulo',
      };
    case '025':
      return {
        salidas: ['mantener', 'consulta'],
        revise: ({ codigoModulo }) => `Módulo ${codigoModulo ?? ''}`,
      };
    case '003':
      return { salidas: ['planilla', 'consulta'], revise: () => 'Código del curso y del grupo' };
    case '001':
      return { salidas: ['token'], revise: () => 'Token, RUT y vigencia de la OTEC' };
    case '002':
      return { salidas: ['reintentar'], revise: () => 'Nada en sus datos' };
    default:
      return { salidas: ['planilla'], revise: datoQueSeIndica };
  }
}

function digitoQueCorresponde({ mensaje }: ErrorAbierto): string {
  const [, digito] = /corresponde ([\dkK])\b/.exec(mensaje) ?? [];
  return digito === undefined ? 'RUT, con la cédula' : `Para ese número sería …-${digito.toUpperCase()}`;
}

function datoQueSeIndica({ mensaje, problema: { titulo } }: ErrorAbierto): string {
  if (mensaje.includes('está dos veces')) return 'Deje una sola fila por módulo';
  if (titulo.startsWith('La cifra')) return 'La cifra';
  return titulo.startsWith('La fecha') ? 'La fecha' : 'El dato que se indica';
}

/** The figure that goes on being reported; of several, in words. */
export function loAnterior({ errores }: Pick<Grupo, 'errores'>): string {
  const cifras = new Set(errores.map(({ bajada }) => bajada?.de));
  const [unica] = cifras;
  return cifras.size === 1 && unica !== undefined ? `${numero(unica)} %` : 'lo anterior';
}

/** What is written to SENCE about it, ready to be pasted. Its official code is SENCE's own name for the problem. */
export function consultaDe({ titulo, errores }: Grupo): string {
  const lineas = errores.map(
    ({ rut, nombre, codigoOferta, codigoGrupo, codigoModulo, codigo, mensaje, bajada }) =>
      [
        `- ${nombre ?? ''} ${rut ?? 'todo el curso'}`.replace(/\s+/g, ' '),
        `curso ${codigoOferta}, grupo ${codigoGrupo}`,
        codigoModulo === null ? '' : `módulo ${codigoModulo}`,
        bajada === null ? '' : `SENCE tiene ${bajada.de} %, debería ser ${bajada.a} %`,
        codigo === null ? '' : `código ${codigo}`,
        bajada === null ? `respuesta: «${mensaje}»` : '',
      ]
        .filter(Boolean)
        .join('; '),
  );
  return `Consulta sobre registros de avance en SIC: ${titulo}.\n\n${lineas.join('\n')}\n`;
}
