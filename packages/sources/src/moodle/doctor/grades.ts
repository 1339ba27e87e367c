import { listed } from '../../rules/listed.ts';
import type { JudgedCourse } from '../rules/judged.ts';
import type { MoodleLinks } from '../rules/links.ts';
import type { MoodleRules } from '../settings.ts';
import { type Diagnosis, diagnosis } from './diagnosis.ts';

/** The gradebook of a course. */
export function gradeDiagnoses(
  { snapshot: { course, gradeItems }, modules, students }: JudgedCourse,
  rules: MoodleRules,
  links: MoodleLinks,
): Diagnosis[] {
  const { shortname } = course;
  const place = links.gradebook(course.id);
  const found: Diagnosis[] = [];
  const nameless = modules
    .filter(({ gradeItem }) => gradeItem === null)
    .map(({ codigoModulo }) => codigoModulo);
  if (nameless.length > 0)
    found.push(
      diagnosis('figures', shortname, {
        message: `En el libro de calificaciones del curso «${shortname}» no hay categoría para ${listed(nameless)}: sin nota de módulo, nadie puede aprobarlos.`,
        fix: '(El curso) > Calificaciones > Configuración del libro de calificaciones > Añadir > Añadir categoría: una por módulo, con el código del módulo en el nombre, y mueva a ella sus actividades.',
        place,
      }),
    );
  if (students.length > 0 && students.every(({ mark }) => mark === null))
    found.push(
      diagnosis('advice', shortname, {
        message: `En el curso «${shortname}» nadie tiene todavía nota final.`,
        fix: 'Si ya debería haber notas, revise (el curso) > Calificaciones: que el total del curso no esté excluido y que las actividades tengan calificación.',
        place,
      }),
    );
  if (gradeItems.some(({ needsUpdate }) => needsUpdate))
    found.push(
      diagnosis('figures', shortname, {
        message: `Moodle tiene totales de notas sin recalcular en el curso «${shortname}».`,
        fix: 'Abra (el curso) > Calificaciones una vez: con eso Moodle los recalcula.',
        place,
      }),
    );
  const torn = students.filter(
    ({ modules: own, mark, estado, progress }) =>
      own.length > 0 &&
      own.every((module) => module.estado === 2) &&
      estado !== 2 &&
      mark !== null &&
      (progress.percentage ?? 0) > rules.avanceAprobacion,
  );
  if (torn.length > 0 && rules.exigencia === undefined)
    found.push(
      diagnosis('figures', shortname, {
        message: `En el curso «${shortname}», ${torn.length === 1 ? 'un estudiante aprueba' : `${torn.length} estudiantes aprueban`} todos los módulos y no el curso, porque en la escala lineal el 4,0 vale 50 %.`,
        fix: 'Si en su OTEC el 4,0 equivale a 60 %, escriba `exigencia: 60` en `reglas` de puente.yaml.',
        place,
      }),
    );
  return found;
}
