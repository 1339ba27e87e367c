import type { Issue } from '@puente-sic/protocol';
import type { CourseSelection } from '../source.ts';
import type { Entry } from './entry.ts';
import { error, several, warning } from './finding.ts';
import { courseId, entriesByStudent, namedCode, type RawCourse } from './group.ts';
import { whoIs } from './student.ts';

/**
 * Whether a course that is called as one that is asked for is that one. What is asked for by its file takes the rows
 * without a code, but for those that a title or the name of their sheet gives to another course; and of rows with codes
 * those of its own, where the file has several.
 */
export function isMeant(course: RawCourse, selection: CourseSelection, called: RawCourse[]): boolean {
  const { curso, codigoOferta, codigoGrupo, grupo } = selection;
  const asked = [curso, codigoOferta, codigoGrupo, grupo].map((code) => code?.toUpperCase());
  if (course.codigoOferta !== undefined) {
    const codes = new Set(called.map((each) => each.codigoOferta));
    return (
      codigoOferta === undefined || codes.size === 1 || asked.includes(course.codigoOferta.toUpperCase())
    );
  }
  const { named } = course;
  if (named === undefined || named.codes.every((code) => asked.includes(code))) return true;
  return codigoOferta === undefined && called.length === 1 && named.codes.length === 1;
}

/** Why nothing of what is called as a course that is asked for can be it. */
export function notMeant(first: RawCourse, called: RawCourse[], courses: readonly RawCourse[]): Issue {
  if (first.codigoOferta === undefined) return withoutCodes(first, undefined, courses);
  const codes = [...new Set(called.map(courseId))];
  return error({
    code: '003',
    message: `En ${first.file} hay filas de varios cursos, y ninguna es del que se pidió: ${several(codes)}.`,
    fix: 'Pida en puente.yaml, en «cursos», cada curso por su código.',
    place: first.file,
  });
}

/** Courses that nobody asked for in a file of which others were, by its name. */
export function othersInFiles(
  courses: RawCourse[],
  taken: ReadonlySet<RawCourse>,
  selections: readonly CourseSelection[],
): Issue[] {
  const files = new Set(
    [...taken].filter((course) => isAskedByFile(course, selections)).map(({ file }) => file),
  );
  return [...files].flatMap((file) => {
    const others = courses.filter(
      (course) => course.file === file && course.codigoOferta !== undefined && !taken.has(course),
    );
    if (others.length === 0) return [];
    const codes = others.map(
      (course) =>
        `«${courseId(course)}» (${entriesByStudent(course.entries).size} ${entriesByStudent(course.entries).size === 1 ? 'persona' : 'personas'})`,
    );
    return warning({
      message: `En ${file} hay filas con el código de otro curso, que nadie pidió y no se envían: ${several(codes)}.`,
      fix: 'Si deben enviarse, agregue ese curso en puente.yaml, en «cursos»; si no, no hay nada que hacer.',
      place: file,
    });
  });
}

function isAskedByFile(course: RawCourse, selections: readonly CourseSelection[]): boolean {
  return selections.some(
    ({ curso }) =>
      course.file === curso ||
      (course.codigoOferta === undefined && course.file.replace(/\.[^.]+$/, '') === curso),
  );
}

/** Rows of which nobody knows, or nobody said, to which course or group they belong. */
export function withoutCodes(
  course: RawCourse,
  codigoOferta: string | undefined,
  courses: readonly RawCourse[],
): Issue {
  const missing = codigoOferta === undefined ? 'codigoOferta' : 'codigoGrupo';
  const { file, entries, named } = course;
  const people = [...entriesByStudent(entries).values()].flatMap(([entry]) => (entry ? personOf(entry) : []));
  // A row with its modules side by side is several entries and still one row.
  const count = new Set(entries.map(({ place }) => place.text)).size;
  const rows = count === 1 ? 'una fila' : `${count} filas`;
  const why =
    named === undefined || codigoOferta !== undefined
      ? `falta ${missing}`
      : `no ${count === 1 ? 'trae' : 'traen'} codigoOferta, y ${named.said}`;
  return error({
    code: '003',
    message: `No se sabe de qué curso ${count === 1 ? 'es' : 'son'} ${rows} de ${file}: ${why}. Se trata de ${several(people)}.`,
    fix: fixOf(course, missing, codigoOferta, courses),
    place: entries[0]?.place.text ?? file,
  });
}

function fixOf(
  course: RawCourse,
  missing: string,
  codigoOferta: string | undefined,
  courses: readonly RawCourse[],
): string {
  const { file, entries } = course;
  const beside = courses.filter((each) => each.file === file && each.codigoOferta === undefined);
  if (course.named !== undefined && (beside.length > 1 || namedCode(course) === undefined))
    return 'El libro trae varios cursos: agregue a sus tablas las columnas codigoOferta y codigoGrupo, con los códigos de SIC en cada fila.';
  const code = codigoOferta === undefined && namedCode(course) === undefined ? 'codigoOferta: …, ' : '';
  const again = entries.every(isUnnamed)
    ? ' Si son de la persona de la fila de arriba, repita sus datos en cada fila.'
    : '';
  return `Complete la columna «${missing}», o indíquelo en puente.yaml, en «cursos»: «{ fuente: …, curso: ${courseId(course)}, ${code}codigoGrupo: … }», con los códigos de SIC.${again}`;
}

/** Who has neither RUT nor name is known by the row. */
function personOf(entry: Entry): string {
  const { place } = entry;
  return isUnnamed(entry) ? `alguien sin RUT ni nombre (${place.text})` : whoIs(entry);
}

function isUnnamed({ rut, name }: Entry): boolean {
  return rut.rutAlumno === undefined && name === undefined;
}
