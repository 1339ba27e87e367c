import { readFigure } from '@puente-sic/protocol';
import type { JsonObject } from '../judge/values.ts';
import { type Llamada, listOf, rutOf } from './call.ts';
import { AJENO } from './own-body.ts';
import type { CursoEsperado, Hoja } from './sheet.ts';

const REQUIRED = ['tiempoConectividad', 'porcentajeAvance'] as const;
const CURSO = ['cantActividadSincronica', 'cantActividadAsincronica'] as const;
const ALUMNO = ['tiempoConectividad', 'porcentajeAvance', 'estado', 'evaluacionFinal'] as const;
const MODULO = ['tiempoConectividad', 'porcentajeAvance', 'estado', 'notaModulo', ...CURSO] as const;

type Field = (typeof ALUMNO | typeof MODULO)[number];

/** What of a POST is not as the sheet has it, in words; null where all is. Dates and names are judged elsewhere. */
export function differsFromSheet(llamada: Llamada, hoja: Hoja): string | null {
  const { cuerpo } = llamada;
  const curso = typeof cuerpo?.codigoOferta === 'string' ? hoja.get(cuerpo.codigoOferta) : undefined;
  if (!cuerpo || !curso) return null;
  const where = `En la llamada ${llamada.n} (${cuerpo.codigoOferta})`;
  const wrong =
    inCurso(cuerpo, curso) ?? firstOf(listOf(cuerpo.listaAlumnos), (alumno) => inAlumno(alumno, curso));
  return wrong && `${where} ${wrong}`;
}

function inCurso(cuerpo: JsonObject, { estados }: CursoEsperado): string | null {
  const [first] = estados;
  if (first && cuerpo.codigoGrupo !== first.codigoGrupo)
    return `codigoGrupo llegó como ${shown(cuerpo.codigoGrupo)}; la hoja dice ${first.codigoGrupo}.`;
  const states = estados.map((estado) => ({ ...estado }));
  return firstOf(CURSO, (field) => inField(field, cuerpo, states, 'del curso'));
}

function inAlumno(alumno: JsonObject, { alumnos }: CursoEsperado): string | null {
  const rut = rutOf(alumno);
  const expected = alumnos.get(rut);
  if (!expected) {
    return alumno.rutAlumno === AJENO
      ? 'viene un alumno que no está en la hoja.'
      : `viene ${rut}, que en la hoja no es de este curso.`;
  }
  const dv = rut.split('-')[1];
  if (String(alumno.dvAlumno).toUpperCase() !== dv)
    return `dvAlumno de ${rut} llegó como ${shown(alumno.dvAlumno)}.`;
  return (
    firstOf(ALUMNO, (field) => inField(field, alumno, expected.alumno, `de ${rut}`)) ??
    firstOf(listOf(alumno.listaModulos), (modulo) => {
      const states = expected.modulos.get(String(modulo.codigoModulo));
      return states
        ? firstOf(MODULO, (field) =>
            inField(field, modulo, states, `del módulo ${modulo.codigoModulo} de ${rut}`),
          )
        : `viene el módulo ${shown(modulo.codigoModulo)}, que ${rut} no tiene en la hoja.`;
    })
  );
}

/** The service takes text for a number, too; a field that the sheet does not state may have any value. */
function inField(
  field: Field,
  sent: JsonObject,
  states: readonly Readonly<Record<string, unknown>>[],
  whose: string,
): string | null {
  const expected = states.map((state) => state[field]).filter((value) => typeof value === 'number');
  if (expected.length === 0) return null;
  const value = sent[field];
  if (value === undefined) {
    if (field === 'estado' ? expected.includes(1) : !REQUIRED.some((each) => each === field)) return null;
    return `falta ${field} ${whose}; la hoja dice ${list(expected)}.`;
  }
  const figure = readFigure(value);
  if (figure !== null && expected.includes(figure)) return null;
  return `${field} ${whose} llegó como ${shown(value)}; la hoja dice ${list(expected)}.${hint(field, figure, expected)}`;
}

/** What such a value usually comes from. */
function hint(field: Field, figure: number | null, expected: readonly number[]): string {
  if (figure === null) return '';
  const times = (factor: number) =>
    expected.some((value) => value > 0 && Math.round(value / factor) === Math.round(figure));
  if (field === 'tiempoConectividad') {
    if (figure === 0) return ' El tiempo va en segundos y no puede faltar.';
    if (times(60)) return ' Parece venir en minutos: van segundos.';
    if (times(3600)) return ' Parece venir en horas: van segundos.';
    return '';
  }
  const isMark = field === 'notaModulo' || field === 'evaluacionFinal';
  if (isMark && figure >= 1 && figure <= 7) return ' Parece una nota de 1 a 7: la API pide de 0 a 100.';
  return field === 'porcentajeAvance' && figure > 0 && figure <= 1
    ? ' Parece una fracción: van enteros de 0 a 100.'
    : '';
}

function list(values: readonly number[]): string {
  return [...new Set(values)].join(' o ');
}

/** Any JSON, short: it may be anything. */
function shown(value: unknown): string {
  return value === undefined ? 'nada' : JSON.stringify(value).slice(0, 60);
}

function firstOf<T>(items: readonly T[], find: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
