import { HELP } from '@puente-sic/protocol';
import { amount } from '../words.ts';
import type { PorCorregir, Problema } from './por-corregir.ts';

type Found = Omit<PorCorregir, 'problema'>;

/** Says who is at fault only where that is known; never a code of the official table. */
export function problemOf(error: Found): Problema {
  const { codigo, origen, rutOtec, codigoOferta, codigoGrupo } = error;
  if (codigo === '012') return origen === 'previa' ? WRONG_DIGIT : UNKNOWN_RUT;
  if (codigo === '011') return NOT_ENROLLED;
  if (codigo === '010') return unknownModule(error);
  if (codigo === '025') return fallen(error);
  if (codigo === '003') return { ...UNKNOWN_COURSE, clave: `003 ${codigoOferta} ${codigoGrupo}` };
  if (codigo === '001') return { ...REFUSED_TOKEN, clave: `001 ${rutOtec}` };
  if (codigo === '002') return { ...UNCHECKED_TOKEN, clave: `002 ${rutOtec}` };
  return asTold(error);
}

/** Students of several problems; one who has two is one. What is about a whole course counts its students. */
export function peopleOf(errors: readonly Found[]): number {
  const people = new Map<string, number>();
  for (const { rutOtec, codigoOferta, codigoGrupo, rut, id, alumnos } of errors) {
    const who = rut ?? (alumnos > 1 ? 'todos' : `sin RUT ${id}`);
    people.set(`${rutOtec}\n${codigoOferta}\n${codigoGrupo}\n${who}`, alumnos);
  }
  return [...people.values()].reduce((sum, alumnos) => sum + alumnos, 0);
}

/** 001 has three causes, and Puente cannot tell them apart. */
export const CAUSES_OF_001 =
  'Hay tres causas posibles: el token no es el de esta OTEC o cambió, el RUT de la OTEC está mal escrito en Puente, o la OTEC ya no está vigente en SENCE.';

const UNKNOWN_RUT: Problema = {
  clave: '012',
  titulo: HELP['012'].title,
  porQue:
    'Compárelo con la cédula. Si está mal escrito, corríjalo en la planilla y súbala; si está bien, pida su inscripción en SIC.',
};

const WRONG_DIGIT: Problema = {
  clave: '012-digito',
  titulo: 'El dígito del RUT no corresponde',
  porQue:
    'Compare el RUT con la cédula: el error puede estar en el número o en el dígito. Puente no lo envió, porque SENCE no lo habría reconocido.',
};

const NOT_ENROLLED: Problema = {
  clave: '011',
  titulo: HELP['011'].title,
  porQue:
    'SENCE conoce su RUT, pero no lo tiene en este curso y grupo. Suele ser una inscripción en trámite u otro grupo.',
};

const UNKNOWN_COURSE = {
  titulo: HELP['003'].title,
  porQue:
    'Compare el código del curso y el del grupo con los de SIC, y corríjalos en la planilla. Nada del curso llega mientras tanto.',
};

const REFUSED_TOKEN = {
  titulo: HELP['001'].title,
  porQue: `Vale para todos los cursos de la OTEC. ${CAUSES_OF_001}`,
};

const UNCHECKED_TOKEN = {
  titulo: HELP['002'].title,
  porQue: 'No hay nada que corregir en sus datos. La noche lo intenta otra vez por sí sola.',
};

function unknownModule({ rutOtec, codigoOferta, codigoGrupo, codigoModulo, sugerencia }: Found): Problema {
  if (sugerencia === null || codigoModulo === null) {
    return {
      clave: '010',
      titulo: HELP['010'].title,
      porQue:
        'Compare el código del módulo con el de SIC y corríjalo en la planilla. Si está bien, pida en SIC que inscriban al alumno en el módulo.',
    };
  }
  const others =
    sugerencia.alumnos === 1
      ? 'Otro alumno del curso trae'
      : `Otros ${amount(sugerencia.alumnos)} alumnos del curso traen`;
  return {
    clave: `010 ${rutOtec} ${codigoOferta} ${codigoGrupo} ${codigoModulo}`,
    titulo: `${HELP['010'].title}: …${codigoModulo.slice(-4)}. Los demás traen …${sugerencia.codigoModulo.slice(-4)}`,
    porQue: `Su planilla dice ${codigoModulo}. ${others} ${sugerencia.codigoModulo}, y SENCE lo aceptó.`,
  };
}

function fallen({ bajada }: Found): Problema {
  const figures = bajada === null ? '' : ` de ${amount(bajada.de)} % a ${amount(bajada.a)} %`;
  return {
    clave: `025${figures}`,
    titulo: `${HELP['025'].title}${figures}`,
    porQue:
      'SENCE no acepta un avance menor que el anterior; por eso este módulo no llegó. Suele pasar cuando se agregan actividades.',
  };
}

/** What cannot be read, comes twice, or SENCE refuses for its form: each is told by what it says. */
function asTold({ codigo, origen, mensaje, explicacion, queHacer }: Found): Problema {
  const [, unreadable] = /«([^»]{1,40})»\)/.exec(mensaje) ?? [];
  const blank = missing(mensaje);
  const titulo = mensaje.includes('está dos veces')
    ? 'Viene dos veces en la planilla'
    : blank !== null
      ? blank
      : /^No se sabe si «[^»]*» es un RUT con su dígito/.test(mensaje)
        ? 'No se sabe si el RUT trae su dígito verificador'
        : mensaje.includes('no es un número') && unreadable !== undefined
          ? `La cifra «${unreadable}» no se puede leer`
          : mensaje.includes('no es una fecha') && unreadable !== undefined
            ? `La fecha «${unreadable}» no se puede leer`
            : firstSentence(origen === 'previa' ? mensaje : explicacion);
  return {
    clave: `${codigo ?? origen} ${titulo}`,
    titulo,
    porQue: `${queHacer}${queHacer.endsWith('.') ? '' : '.'}`,
  };
}

/** What the sheet leaves blank, as people call it: told once of all who lack it, and not by each RUT. */
const BLANK: Record<string, string> = {
  porcentajeAvance: 'Falta el avance',
  tiempoConectividad: 'Falta el tiempo de conexión',
  fechaInicio: 'Falta la fecha de inicio',
  fechaFin: 'Falta la fecha de término',
};

function missing(mensaje: string): string | null {
  const [, field = ''] = /, (\w+) no viene/.exec(mensaje) ?? [];
  const titulo = BLANK[field];
  return titulo === undefined
    ? null
    : `${titulo}${mensaje.startsWith('En el módulo') ? ' en un módulo' : ''}`;
}

function firstSentence(text: string): string {
  return (text.split(/(?<=[.:;])\s/)[0] ?? text).replace(/[.:;]$/, '');
}
