import { type Issue, readCode, readRut } from '@puente-sic/protocol';
import type { CursoFields, Entry } from './entry.ts';
import { error } from './finding.ts';
import { isObject, type JsonObject } from './json-object.ts';
import {
  insteadOfList,
  misspelt,
  misspeltDoubts,
  misspeltList,
  misspeltOfCourse,
  otherList,
  otherListDoubts,
} from './misspelt.ts';
import type { Roster } from './roster.ts';
import type { Strangers } from './strangers.ts';

export interface FileReading {
  entries: Entry[];
  findings: Issue[];
  /** The file ends in the middle of a row: what it holds is not all there was, and none of its courses is given. */
  cut?: Issue;
  /** Lists of people without progress. */
  rosters?: Roster[];
  /** Who stands in rows of no table. */
  strangers?: Strangers[];
}

/** What is read of a student, but for who it is. */
export const ALUMNO_FIELDS = [
  'tiempoConectividad',
  'estado',
  'porcentajeAvance',
  'fechaInicio',
  'fechaFin',
  'fechaEjecucion',
  'evaluacionFinal',
];
/** What is read of a module, but for its activities. */
export const MODULO_FIELDS = [
  'codigoModulo',
  'tiempoConectividad',
  'porcentajeAvance',
  'estado',
  'fechaInicio',
  'fechaFin',
  'notaModulo',
  'cantActividadSincronica',
  'cantActividadAsincronica',
];

/** What is read of a course. */
const CURSO_FIELDS = [
  'rutOtec',
  'codigoOferta',
  'codigoGrupo',
  'cantActividadSincronica',
  'cantActividadAsincronica',
];

/**
 * An API body as entries. Its values are the service's own shape already and stay exactly as they are, wrong ones
 * too: reading `"31-08-2026"` kindly here would make `validar` and `enviar` disagree about the same file.
 * `prefix` leads to the body inside its file (`[2].`).
 */
export function readBody(body: JsonObject, file: string, prefix: string): FileReading {
  const curso = readCurso(body);
  const place = prefix === '' ? file : `${file}, ${prefix.slice(0, -1)}`;
  const other = misspelt(body, ['listaAlumnos'])[0];
  if (other) return { entries: [], findings: [misspeltList(body, other.written, place)] };
  const findings = misspeltOfCourse(misspelt(body, CURSO_FIELDS), place);
  const students = own(body, 'listaAlumnos');
  if (!Array.isArray(students) || students.length === 0) {
    const list = otherList(body, 'listaAlumnos');
    const missing = list === null ? withoutStudents(curso, place, body) : misspeltList(body, list, place);
    return { entries: [], findings: [...findings, missing] };
  }
  return {
    entries: students.flatMap((student: unknown, index) =>
      readStudent(student, curso, file, `${file}, ${prefix}listaAlumnos[${index}]`),
    ),
    findings,
  };
}

/** One entry per module; one without module where the list is missing or empty. */
function readStudent(student: unknown, curso: CursoFields, file: string, text: string): Entry[] {
  const rut = pick(student, ['rutAlumno', 'dvAlumno']);
  const about = {
    file,
    curso,
    rut,
    key: keyOf(rut, text),
    alumno: pick(student, ALUMNO_FIELDS),
    place: { text },
    doubts: misspeltDoubts(student, ['rutAlumno', 'dvAlumno', ...ALUMNO_FIELDS, 'listaModulos']),
    moduloDoubts: [],
  };
  const modules = own(student, 'listaModulos');
  if (!Array.isArray(modules) || modules.length === 0) {
    const doubts = [...about.doubts, ...otherListDoubts(student, 'listaModulos')];
    return [{ ...about, doubts, modulo: null, moduloPlace: { text } }];
  }
  return modules.map((modulo: unknown, index) => ({
    ...about,
    modulo: { ...pick(modulo, MODULO_FIELDS), ...readActividades(own(modulo, 'listaActividades')) },
    moduloDoubts: [
      ...misspeltDoubts(modulo, [...MODULO_FIELDS, 'listaActividades']),
      ...(activitiesIn(modulo).length === 0 ? otherListDoubts(modulo, 'listaActividades') : []),
      ...activitiesIn(modulo).flatMap((item) => misspeltDoubts(item, ['codigoActividad'])),
    ],
    moduloPlace: { text: `${text}.listaModulos[${index}]` },
  }));
}

/** A list that is no list is left out, and an item that is no object stays an empty one: the service judges both so. */
function readActividades(value: unknown): { listaActividades?: JsonObject[] } {
  return Array.isArray(value)
    ? { listaActividades: value.map((item: unknown) => pick(item, ['codigoActividad'])) }
    : {};
}

function activitiesIn(modulo: unknown): unknown[] {
  const list = own(modulo, 'listaActividades');
  return Array.isArray(list) ? list : [];
}

function readCurso(body: JsonObject): CursoFields {
  const codigoOferta = readCode(own(body, 'codigoOferta'));
  const codigoGrupo = readCode(own(body, 'codigoGrupo'));
  const rutOtec = own(body, 'rutOtec');
  return {
    ...(codigoOferta !== null && { codigoOferta }),
    ...(codigoGrupo !== null && { codigoGrupo }),
    ...((typeof rutOtec === 'string' || typeof rutOtec === 'number') && { rutOtec: String(rutOtec) }),
    ...pick(body, ['cantActividadSincronica', 'cantActividadAsincronica']),
  };
}

function keyOf({ rutAlumno, dvAlumno }: JsonObject, text: string): string {
  if (rutAlumno === undefined && dvAlumno === undefined) return text;
  const rut = readRut(`${rutAlumno}-${dvAlumno}`);
  return rut ? `${rut.numero}-${rut.dv}` : JSON.stringify([rutAlumno, dvAlumno]);
}

function pick(value: unknown, names: string[]): JsonObject {
  const fields: JsonObject = {};
  for (const name of names) {
    const field = own(value, name);
    if (field !== undefined) fields[name] = field;
  }
  return fields;
}

function own(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function withoutStudents({ codigoOferta }: CursoFields, place: string, body: JsonObject): Issue {
  const which = codigoOferta === undefined ? '' : ` del curso ${codigoOferta}`;
  return error({
    message: `El envío${which} en ${place} no trae alumnos: ${insteadOfList(body, 'listaAlumnos')}.`,
    fix: 'Revise que la exportación incluya a los alumnos del curso, en la lista «listaAlumnos».',
    place,
  });
}
