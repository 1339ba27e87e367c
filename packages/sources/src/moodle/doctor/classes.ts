import { listed } from '../../rules/listed.ts';
import { countByKind } from '../rules/activities.ts';
import type { JudgedCourse } from '../rules/judged.ts';
import type { MoodleLinks } from '../rules/links.ts';
import { type Diagnosis, diagnosis } from './diagnosis.ts';

/** What SENCE asks of a course so that the time in it counts: live classes and an attendance record. [I p.18, p.43] */
export function classDiagnoses({ snapshot, modules }: JudgedCourse, links: MoodleLinks): Diagnosis[] {
  const { course } = snapshot;
  const place = links.course(course.id);
  const found: Diagnosis[] = [];
  const without = modules.filter(({ activities: own }) => countByKind(own).cantActividadSincronica === 0);
  if (without.length > 0)
    found.push(
      diagnosis('advice', course.shortname, {
        message: `En el curso «${course.shortname}» ${without.length === 1 ? 'no tiene ninguna clase sincrónica el módulo' : 'no tienen ninguna clase sincrónica los módulos'} ${listed(without.map(({ codigoModulo }) => codigoModulo))}: SENCE pide al menos una por módulo para dar por bueno su tiempo.`,
        fix: '(El curso) > Activar edición > Añadir una actividad: una clase de BigBlueButton, Zoom, Meet o Teams. Si usa otro complemento, escriba su tipo en `reglas: tiposSincronicos` de puente.yaml.',
        place,
      }),
    );
  return found;
}

/** Of all courses of the site that have modules; null: one of them has it, or there is none. */
export function attendanceDiagnosis(courses: JudgedCourse[], links: MoodleLinks): Diagnosis | null {
  const sence = courses.filter(({ modules }) => modules.length > 0);
  const seen = sence.some(({ activities }) => activities.some(({ module }) => module.type === 'attendance'));
  if (sence.length === 0 || seen) return null;
  return diagnosis('advice', null, {
    message: 'Ningún curso de SENCE tiene el módulo Asistencia (attendance), que SENCE pide tener en el LMS.',
    fix: 'Pida a quien administra Moodle que instale el complemento «Asistencia» (Administración del sitio > Extensiones > Instalar complementos) y agréguelo a los cursos. No cambia lo que Puente informa.',
    place: links.plugins(),
  });
}
