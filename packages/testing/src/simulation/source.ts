import type { Alumno, Draft, Issue } from '@puente-sic/protocol';
import {
  type CourseTree,
  type NotGiven,
  type NotGivenCause,
  type Source,
  SourceError,
  type StudentTree,
} from '@puente-sic/sources';
import type { Kind } from './kinds.ts';
import { hash } from './random.ts';
import { type CourseTruth, type Person, type ProviderTruth, percentsAt } from './truth.ts';

/** What a source meets while it is read. */
export interface SourceWorld {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Whether a fault is upon the provider (or this course of it) now; counts it. */
  meets(kind: Kind, rutOtec: string, curso?: string): boolean;
  /** The source is read as a whole or in part. */
  onRead(): void;
  /** A course is given, and something is told of it, or nothing. */
  onGiven(curso: string, finding: string | null): void;
}

/** A provider's LMS: gives the truth, less what its faults keep back. */
export function simulatedSource(provider: ProviderTruth, world: SourceWorld): Source {
  const { fuente: name, rutOtec, courses } = provider;
  const fails = (what: string) => {
    throw new SourceError('down', `«${name}» no responde (${what}).`, 'Revise que esté encendido.');
  };
  const open = async () => {
    if (world.meets('slow-source', rutOtec)) await world.sleep(SLOW_MS);
    else await world.sleep(1_000);
    if (world.meets('source-down', rutOtec)) fails('lectura');
  };
  const given = ({ id }: CourseTruth) =>
    !world.meets('course-gone', rutOtec, id) && !world.meets('file-cut', rutOtec, id);
  return {
    name,
    listCourses: async () => {
      await open();
      return courses.filter(given).map(({ id }) => ({ id, name: id, title: id }));
    },
    read: async ({ courses: wanted }) => {
      world.onRead();
      await open();
      const asked = courses.filter(
        ({ id }) => wanted === undefined || wanted.some(({ curso }) => curso === id),
      );
      if (asked.some(({ id }) => world.meets('poison-read', rutOtec, id))) {
        throw new TypeError("Cannot read properties of undefined (reading 'timecreated')");
      }
      const notGiven: NotGiven[] = [];
      const trees = asked.flatMap((course): CourseTree[] => {
        const lacks = LACKS.find(({ kind }) => world.meets(kind, rutOtec, course.id));
        if (lacks === undefined) return [treeOf(course, world)];
        const selection = wanted?.find(({ curso }) => curso === course.id) ?? null;
        // What is in no file any more is not known to have been there.
        if (selection === null && lacks.cause === 'missing') return [];
        notGiven.push({
          curso: course.id,
          asked: selection,
          cause: lacks.cause,
          issues: [finding(lacks.kind)],
        });
        return [];
      });
      return { courses: trees, notGiven, findings: [] };
    },
    close: async () => {},
  };
}

function treeOf(course: CourseTruth, world: SourceWorld): CourseTree {
  const { id, rutOtec, codigoOferta, codigoGrupo, fin: fechaFin } = course;
  const empty = world.meets('no-students', rutOtec, id);
  const students = empty ? [] : course.people.flatMap((person) => studentOf(person, course, world.now()));
  const [first] = students;
  if (first !== undefined && world.meets('poison-value', rutOtec, id)) {
    // It breaks who makes the body, or who writes down who was there.
    if (hash(id) % 2 === 0) first.alumno = { ...first.alumno, dvAlumno: Object.create(null) };
    else first.name = Object.create(null);
  }
  const told = world.meets('finding', rutOtec, id) ? `El registro de ${id} llega solo hasta ayer.` : null;
  world.onGiven(id, told);
  const findings = told === null ? [] : [finding(told)];
  return {
    ...{ id, name: id, title: `Curso ${id}`, codigoOferta, codigoGrupo, students, findings },
    ...{ fechaInicio: '2026-01-05', fechaFin },
  };
}

/** Every figure follows from the percentages, so that a record is known by its percentage. */
function studentOf(person: Person, { modulos, id, fin }: CourseTruth, now: number): StudentTree[] {
  const percents = percentsAt(person, now);
  if (percents === null) return [];
  const mean = percents.reduce((sum, percent) => sum + percent, 0) / percents.length;
  const dates = { fechaInicio: '2026-01-05', fechaFin: fin };
  const alumno: Draft<Alumno> = {
    ...{ rutAlumno: person.numero, dvAlumno: person.dv, estado: 1, ...dates },
    tiempoConectividad: Math.round(120 * mean),
    porcentajeAvance: Math.round(mean),
    listaModulos: modulos.map((codigoModulo, index) => ({
      ...{ codigoModulo, estado: 1, ...dates },
      tiempoConectividad: Math.round(60 * (percents[index] ?? 0)),
      porcentajeAvance: percents[index] ?? 0,
      listaActividades: [{ codigoActividad: 'Lectura' }],
    })),
  };
  return [{ alumno, place: { text: id }, modulePlaces: [], held: [], findings: [] }];
}

function finding(message: string): Issue {
  return {
    ...{ code: null, severity: 'error', scope: 'call', path: '', message },
    fix: 'Revise la fuente.',
  };
}

const LACKS: readonly { kind: Kind; cause: NotGivenCause }[] = [
  { kind: 'course-gone', cause: 'missing' },
  { kind: 'file-cut', cause: 'unreadable' },
  { kind: 'group-gone', cause: 'group-missing' },
];
const SLOW_MS = 12 * 60_000;
