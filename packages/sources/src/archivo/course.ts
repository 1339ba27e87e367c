import { dayOf, type Issue, isFecha, readRut } from '@puente-sic/protocol';
import type { CourseSelection, CourseTree, NotGiven } from '../source.ts';
import type { CursoFields, Entry } from './entry.ts';
import { error, several, warning } from './finding.ts';
import { courseId, entriesByStudent, isCalled, type RawCourse } from './group.ts';
import { assembleStudent } from './student.ts';

/** One course to give, under the codes that it is sent with. */
export interface Target {
  codigoOferta: string;
  codigoGrupo: string;
  selection: CourseSelection | undefined;
  from: RawCourse[];
}

/** A course's tree; or why there is none: its rows belong to different providers. */
export function assembleCourse(target: Target, at: Date): CourseTree | NotGiven {
  const { codigoOferta, codigoGrupo, selection, from } = target;
  const [first] = from;
  if (first === undefined) throw new Error('A course without rows');
  const entries = from.flatMap((course) => course.entries);
  const otecs = distinct(entries, 'rutOtec', (rut) => canonical(String(rut)));
  if (otecs.length > 1) {
    const curso = selection?.curso ?? courseId(first);
    const issues: NotGiven['issues'] = [ofSeveralOtecs(codigoOferta, otecs)];
    return { curso, asked: selection ?? null, cause: 'withheld', issues };
  }

  const students = [...entriesByStudent(entries).values()].map((each) =>
    assembleStudent(each, at, selection?.modulos),
  );
  const totals = (['cantActividadSincronica', 'cantActividadAsincronica'] as const).map(
    (field) => [field, distinct(entries, field)] as const,
  );
  const rutOtec = otecs[0]?.value;
  const name = courseId(first);
  const asked = selection?.curso;
  const id = asked !== undefined && isCalled(first, asked) ? asked : name;
  const days = (field: 'fechaInicio' | 'fechaFin'): string[] =>
    students
      .map(({ alumno }) => alumno[field])
      .filter(isFecha)
      .map(dayOf)
      .sort();
  const fechaInicio = days('fechaInicio')[0];
  const fechaFin = days('fechaFin').at(-1);
  const tree: CourseTree = {
    id,
    name,
    title: courseTitle(entries) ?? name,
    codigoOferta,
    codigoGrupo,
    ...(typeof rutOtec === 'string' && { rutOtec }),
    ...(fechaInicio !== undefined && { fechaInicio }),
    ...(fechaFin !== undefined && { fechaFin }),
    students,
    findings: totals.flatMap(([field, values]) => (values.length > 1 ? [contradictory(field, values)] : [])),
  };
  for (const [field, [total]] of totals)
    if (total !== undefined) Object.assign(tree, { [field]: total.value });
  return tree;
}

/** The first name of the course that its rows give. */
export function courseTitle(entries: Entry[]): string | undefined {
  return entries.find(({ curso }) => curso.nombreCurso !== undefined)?.curso.nombreCurso;
}

interface Seen {
  value: unknown;
  entry: Entry;
}

/** The different values that entries give a field of their course, each with the first entry that has it. */
function distinct(
  entries: Entry[],
  field: keyof CursoFields,
  canon: (value: unknown) => unknown = (value) => value,
): Seen[] {
  const seen = new Map<string, Seen>();
  for (const entry of entries) {
    const value = entry.curso[field];
    const key = JSON.stringify(canon(value));
    if (value !== undefined && !seen.has(key)) seen.set(key, { value, entry });
  }
  return [...seen.values()];
}

function canonical(rut: string): string {
  const read = readRut(rut);
  return read ? `${read.numero}-${read.dv}` : rut;
}

function ofSeveralOtecs(codigoOferta: string, otecs: Seen[]): Issue {
  const versions = several(otecs.map(({ value, entry }) => `${value} (${entry.place.text})`));
  return error({
    message: `El curso ${codigoOferta} aparece con más de un RUT de OTEC: ${versions}. No se leyó.`,
    fix: 'Deje en cada carpeta solo los archivos de una OTEC, o corrija el RUT.',
    place: several(otecs.map(({ entry }) => entry.place.text)),
  });
}

function contradictory(field: string, values: Seen[]): Issue {
  const versions = several(values.map(({ value, entry }) => `${value} (${entry.place.text})`));
  return warning({
    message: `El total ${field} del curso no es el mismo en todas las filas: ${versions}. Se usa el primero.`,
    fix: 'Deje el mismo total en todas las filas del curso.',
    place: several(values.map(({ entry }) => entry.place.text)),
  });
}
