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

type Descrito = Omit<Grupo, 'errores' | 'tono'>;

/** Equal problems together, those of most students first. */
export function gruposDe(errores: readonly ErrorAbierto[]): Grupo[] {
  const grupos = new Map<string, Grupo>();
  for (const error of errores) {
    const descrito = describir(error);
    const known = grupos.get(descrito.clave);
    if (known === undefined)
      grupos.set(descrito.clave, {
        ...descrito,
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

/** Students of several problems; one who has two is one. What is about a whole course counts its students. */
export function personasDe(errores: readonly ErrorAbierto[]): number {
  const people = new Map<string, number>();
  for (const { rutOtec, codigoOferta, codigoGrupo, rut, id, alumnos } of errores) {
    const who = rut ?? (alumnos > 1 ? 'todos' : `sin RUT ${id}`);
    people.set(`${rutOtec} ${codigoOferta} ${codigoGrupo} ${who}`, alumnos);
  }
  return [...people.values()].reduce((sum, alumnos) => sum + alumnos, 0);
}

function describir(error: ErrorAbierto): Descrito {
  const { codigo, origen } = error;
  if (codigo === '012') return origen === 'previa' ? digitoMalo() : rutDesconocido();
  if (codigo === '011') return noFigura();
  if (codigo === '010') return moduloDesconocido(error);
  if (codigo === '025') return bajo(error);
  if (codigo === '003') return cursoDesconocido(error);
  if (codigo === '001') return tokenRechazado(error);
  if (codigo === '002') return sinComprobar(error);
  return mal(error);
}

function rutDesconocido(): Descrito {
  return {
    clave: '012',
    titulo: 'SENCE no conoce su RUT',
    porQue:
      'Compárelo con la cédula. Si está mal escrito, corríjalo en la planilla y súbala; si está bien, pida su inscripción en SIC.',
    salidas: ['planilla', 'reintentar'],
    revise: () => 'RUT, con la cédula',
  };
}

function digitoMalo(): Descrito {
  return {
    clave: '012-digito',
    titulo: 'El dígito del RUT no corresponde',
    porQue:
      'Compare el RUT con la cédula: el error puede estar en el número o en el dígito. Puente no lo envió, porque SENCE no lo habría reconocido.',
    salidas: ['planilla'],
    revise: ({ mensaje }) => {
      const [, digito] = /corresponde ([\dkK])\b/.exec(mensaje) ?? [];
      return digito === undefined ? 'RUT, con la cédula' : `Para ese número sería …-${digito.toUpperCase()}`;
    },
  };
}

function noFigura(): Descrito {
  return {
    clave: '011',
    titulo: 'No figura en el curso, según SENCE',
    porQue:
      'SENCE conoce su RUT, pero no lo tiene en este curso y grupo. Suele ser una inscripción en trámite u otro grupo.',
    salidas: ['reintentar', 'consulta'],
    revise: ({ codigoGrupo }) => `En SIC, curso y grupo ${codigoGrupo}`,
  };
}

function moduloDesconocido({
  rutOtec,
  codigoOferta,
  codigoGrupo,
  codigoModulo,
  sugerencia,
}: ErrorAbierto): Descrito {
  const revise = () => 'Código del módulo';
  if (sugerencia === null || codigoModulo === null) {
    return {
      clave: '010',
      titulo: 'Trae un módulo que SENCE no conoce',
      porQue:
        'Compare el código del módulo con el de SIC y corríjalo en la planilla. Si está bien, pida en SIC que inscriban al alumno en el módulo.',
      salidas: ['planilla', 'reintentar', 'consulta'],
      revise,
    };
  }
  return {
    clave: `010 ${rutOtec} ${codigoOferta} ${codigoGrupo} ${codigoModulo}`,
    titulo: `Trae un módulo que SENCE no conoce: …${codigoModulo.slice(-4)}. Los demás traen …${sugerencia.codigoModulo.slice(-4)}`,
    porQue: `Su planilla dice ${codigoModulo}. ${sugerencia.alumnos === 1 ? 'Otro alumno del curso trae' : `Otros ${numero(sugerencia.alumnos)} alumnos del curso traen`} ${sugerencia.codigoModulo}, y SENCE lo aceptó.`,
    salidas: ['codigo'],
    revise,
  };
}

function bajo({ bajada }: ErrorAbierto): Descrito {
  const cifras = bajada === null ? '' : ` de ${numero(bajada.de)} % a ${numero(bajada.a)} %`;
  return {
    clave: `025${cifras}`,
    titulo: `Su avance bajó${cifras}`,
    porQue:
      'SENCE no acepta un avance menor que el anterior; por eso este módulo no llegó. Suele pasar cuando se agregan actividades.',
    salidas: ['mantener', 'consulta'],
    revise: ({ codigoModulo }) => `Módulo ${codigoModulo ?? ''}`,
  };
}

function cursoDesconocido({ codigoOferta, codigoGrupo }: ErrorAbierto): Descrito {
  return {
    clave: `003 ${codigoOferta} ${codigoGrupo}`,
    titulo: 'SENCE no conoce el curso',
    porQue:
      'Compare el código del curso y el del grupo con los de SIC, y corríjalos en la planilla. Nada del curso llega mientras tanto.',
    salidas: ['planilla', 'consulta'],
    revise: () => 'Código del curso y del grupo',
  };
}

function tokenRechazado({ rutOtec }: ErrorAbierto): Descrito {
  return {
    clave: `001 ${rutOtec}`,
    titulo: 'SENCE no acepta el token',
    porQue:
      'Vale para todos los cursos de la OTEC. Hay tres causas posibles: el token no es el de esta OTEC o cambió, el RUT de la OTEC está mal escrito, o la OTEC ya no está vigente en SENCE.',
    salidas: ['token'],
    revise: () => 'Token, RUT y vigencia de la OTEC',
  };
}

function sinComprobar({ rutOtec }: ErrorAbierto): Descrito {
  return {
    clave: `002 ${rutOtec}`,
    titulo: 'SENCE no pudo comprobar la clave: una falla de SENCE',
    porQue: 'No hay nada que corregir en sus datos. La noche lo intenta otra vez por sí sola.',
    salidas: ['reintentar'],
    revise: () => 'Nada en sus datos',
  };
}

/** What cannot be read, comes twice, or SENCE refuses for its form: each is told by what it says. */
function mal(error: ErrorAbierto): Descrito {
  const { codigo, origen, mensaje, explicacion, queHacer } = error;
  const [, ilegible] = /«([^»]{1,40})»\)/.exec(mensaje) ?? [];
  const [titulo, revise] = mensaje.includes('está dos veces')
    ? ['Viene dos veces en la planilla', 'Deje una sola fila por módulo']
    : mensaje.includes('no es un número') && ilegible !== undefined
      ? [`La cifra «${ilegible}» no se puede leer`, 'La cifra']
      : mensaje.includes('no es una fecha') && ilegible !== undefined
        ? [`La fecha «${ilegible}» no se puede leer`, 'La fecha']
        : [primeraFrase(origen === 'previa' ? mensaje : explicacion), 'El dato que se indica'];
  return {
    clave: `${codigo ?? origen} ${titulo}`,
    titulo,
    porQue: `${queHacer}${queHacer.endsWith('.') ? '' : '.'}`,
    salidas: ['planilla'],
    revise: () => revise,
  };
}

function primeraFrase(texto: string): string {
  return (texto.split(/(?<=[.:;])\s/)[0] ?? texto).replace(/[.:;]$/, '');
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
