import type { RowOf } from './rows.ts';
import type { CourseData, StudentData } from './site.ts';
import { contradiction, orphan } from './take-structure.ts';

export function takeAvance(course: CourseData, row: RowOf<'avances'>): void {
  const { alumno, actividad, completada, nota } = row;
  course.has.add('avances');
  const student = course.students.get(alumno);
  const activity = course.activities.get(actividad);
  if (!student) orphan(course, 'avance sin alumno', alumno);
  else if (!activity) orphan(course, 'avance sin actividad', actividad);
  else {
    // The activity's own text, not each row's: there are hundreds of thousands.
    const { id } = activity;
    const before = student.completions.get(id);
    if (completada === true) student.completions.set(id, true);
    else if (typeof completada === 'number' && before !== true)
      student.completions.set(id, Math.min(before ?? completada, completada));
    if (nota !== null) student.activityMarks.set(id, nota);
  }
}

/** One figure of a student in a module or in the course. */
export interface FigureRow {
  curso: string;
  alumno: string;
  modulo: string | null;
  value: number | null;
  place: () => string;
}

/** A row of porcentajes, notas or tiempos. Two for one thing are a question, not a sum. */
export function takeFigure(kind: 'porcentaje' | 'nota' | 'tiempo', course: CourseData, row: FigureRow): void {
  const { curso, alumno, modulo, value, place } = row;
  const entity = `${kind}s` as const;
  course.has.add(entity);
  const student = course.students.get(alumno);
  if (!student) {
    orphan(course, `${kind} sin alumno`, alumno);
    return;
  }
  if (modulo !== null && !course.modules.has(modulo)) {
    orphan(course, `${kind} sin módulo`, modulo);
    return;
  }
  if (value === null) return;
  const figures = { porcentaje: student.percentages, nota: student.marks, tiempo: student.seconds }[kind];
  if (figures.has(modulo ?? '')) {
    const where = modulo === null ? `el curso «${curso}»` : `el módulo «${modulo}»`;
    student.faults.add(() =>
      contradiction(`«${alumno}» tiene más de una fila en «${entity}» para ${where}.`, place()),
    );
  }
  figures.set(modulo ?? '', value);
}

/** Where a click goes: whose it is, Unix seconds and the module's number. */
export type PutClick = (student: StudentData, seconds: number, module: number) => void;

export function takeClic(course: CourseData, row: RowOf<'clics'>, put: PutClick): void {
  const { curso, alumno, modulo, actividad, instante, place } = row;
  course.has.add('clics');
  const student = course.students.get(alumno);
  if (!student) {
    orphan(course, 'clic sin alumno', alumno);
    return;
  }
  if (instante === null) {
    student.faults.add(() =>
      contradiction(`Un clic de «${alumno}» en el curso «${curso}» no dice cuándo fue.`, place()),
    );
    return;
  }
  const { number, named } = clickModule(course, modulo, actividad);
  if (number === 0 && named !== null) orphan(course, 'clic sin módulo', named);
  put(student, Math.floor(instante / 1000), number);
}

/** Which module a click counts for: its number, 0 for none, and what names it. */
export function clickModule(
  { modules, activities }: CourseData,
  modulo: string | null,
  actividad: string | null,
): { number: number; named: string | null } {
  const named = modulo ?? (actividad === null ? null : (activities.get(actividad)?.modulo ?? null));
  return { number: named === null ? 0 : (modules.get(named)?.number ?? 0), named };
}
