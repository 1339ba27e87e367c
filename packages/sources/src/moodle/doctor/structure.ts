import { santiagoDate } from '@puente-sic/protocol';
import { listed } from '../../rules/listed.ts';
import type { JudgedCourse } from '../rules/judged.ts';
import type { MoodleLinks } from '../rules/links.ts';
import { oneLanguage } from '../rules/text.ts';
import type { CourseModule } from '../site.ts';
import { type Diagnosis, diagnosis } from './diagnosis.ts';

/** Shapes of the codes of SIC: `CAP-15-01-13-0446`, and others with a dash and digits. */
const OFERTA = /^[A-Z]{2,6}-\d{2,}(-\d+)*/i;
/** Activities that a student does, as against what is only there to be read. */
const DONE_BY_STUDENTS = new Set(
  'assign quiz scorm lesson h5pactivity hvp workshop feedback choice data bigbluebuttonbn zoom googlemeet msteams'.split(
    ' ',
  ),
);

/** Codes, sections, activities and completion of a course. */
export function structureDiagnoses(judged: JudgedCourse, hasCode: boolean, links: MoodleLinks): Diagnosis[] {
  return [
    ...codeDiagnoses(judged, hasCode, links),
    ...completionDiagnoses(judged, links),
    ...dateDiagnoses(judged, links),
  ];
}

function codeDiagnoses(
  { snapshot, modules, sections }: JudgedCourse,
  hasCode: boolean,
  links: MoodleLinks,
): Diagnosis[] {
  const { course } = snapshot;
  const found: Diagnosis[] = [];
  if (!hasCode && !OFERTA.test(course.shortname.trim()))
    found.push(
      diagnosis('blocks', course.shortname, {
        message: `El nombre corto del curso «${oneLanguage(course.fullname)}» («${course.shortname}») no parece un código de oferta de SIC.`,
        fix: 'Escriba el código de oferta como nombre corto: (el curso) > Configuración > General > Nombre corto del curso; o póngalo en `codigoOferta` de puente.yaml.',
        code: '003',
        place: links.courseSettings(course.id),
      }),
    );
  if (modules.length === 0)
    found.push(
      diagnosis('blocks', course.shortname, {
        message: `Ninguna sección visible del curso «${course.shortname}» lleva un código de módulo en su nombre.`,
        fix: 'Active la edición del curso y agregue al final del nombre de cada sección una barra y el código del módulo en SIC («Introducción/PRES028008000558»); o escriba los códigos en `modulos` de puente.yaml.',
        code: '010',
        place: links.course(course.id),
      }),
    );
  const reported = new Set(modules.flatMap(({ sectionIds }) => [...sectionIds]));
  const outside = snapshot.modules.filter(
    ({ sectionId, completion, visible, deletionInProgress }) =>
      completion > 0 &&
      visible &&
      !deletionInProgress &&
      sections.isVisible(sectionId) &&
      !reported.has(sectionId),
  );
  const names = [...new Set(outside.map(({ sectionId }) => sectionName(snapshot.sections, sectionId)))];
  if (outside.length > 0 && modules.length > 0)
    found.push(
      diagnosis('figures', course.shortname, {
        message: `En el curso «${course.shortname}» hay ${outside.length === 1 ? 'una actividad obligatoria' : `${outside.length} actividades obligatorias`} fuera de los módulos, en ${listed(names)}: se ${outside.length === 1 ? 'cuenta' : 'cuentan'} en el avance del curso y en el de ningún módulo.`,
        fix: 'Agregue el código del módulo al nombre de la sección, mueva las actividades a la sección de su módulo, o quíteles la condición de finalización.',
        place: links.course(course.id),
      }),
    );
  return found;
}

function completionDiagnoses(
  { snapshot, modules, activities }: JudgedCourse,
  links: MoodleLinks,
): Diagnosis[] {
  const { course } = snapshot;
  if (!course.completionEnabled)
    return [
      diagnosis('blocks', course.shortname, {
        message: `El rastreo de finalización está apagado en el curso «${course.shortname}»: todos irían con 0 % de avance.`,
        fix: '(El curso) > Configuración > Rastreo de finalización > Habilitar rastreo del grado de finalización: Sí. Si esa opción no está: Administración del sitio > General > Funciones avanzadas > Habilitar rastreo de finalización.',
        place: links.courseSettings(course.id),
      }),
    ];
  const found: Diagnosis[] = [];
  for (const module of modules) {
    const untracked = module.activities.filter(
      ({ required, module: { type } }) => !required && DONE_BY_STUDENTS.has(type),
    );
    const required = module.activities.filter((activity) => activity.required);
    if (required.length === 0)
      found.push(
        diagnosis('figures', course.shortname, {
          message: `El módulo ${module.codigoModulo} del curso «${course.shortname}» no tiene ninguna actividad obligatoria: iría siempre con 0 % y como cursando.`,
          fix: 'En cada actividad que se deba completar: Editar ajustes > Condiciones de finalización > Añadir requisitos.',
          scope: 'modulo',
          codigoModulo: module.codigoModulo,
          place: links.section(module.sections[0]?.id ?? 0),
        }),
      );
    else if (untracked.length > 0)
      found.push(
        diagnosis('advice', course.shortname, {
          message: `En el módulo ${module.codigoModulo} del curso «${course.shortname}» hay actividades que no cuentan en el avance, porque no tienen condición de finalización: ${listed(untracked.map(({ codigoActividad }) => codigoActividad))}.`,
          fix: 'Si son obligatorias: Editar ajustes > Condiciones de finalización > Añadir requisitos. Si son complementarias, están bien así.',
          scope: 'modulo',
          codigoModulo: module.codigoModulo,
          place: links.activity(untracked[0]?.module.id ?? 0),
        }),
      );
  }
  const concealed = snapshot.modules.filter(isConcealed(new Set(activities.map(({ module }) => module.id))));
  if (concealed.length > 0)
    found.push(
      diagnosis('advice', course.shortname, {
        message: `En el curso «${course.shortname}» hay actividades con condición de finalización que están ocultas: ${listed(concealed.map(({ name }) => oneLanguage(name)))}. No cuentan en el avance; al mostrarlas, el porcentaje de todos baja, y SIC no acepta uno menor que el ya enviado (025).`,
        fix: 'Muéstrelas antes del primer envío, o quíteles la condición de finalización (Editar ajustes > Condiciones de finalización > Ninguna).',
        code: '025',
        place: links.activity(concealed[0]?.id ?? 0),
      }),
    );
  return found;
}

/** Tracked, and not among what students can reach. */
function isConcealed(reachable: Set<number>): (module: CourseModule) => boolean {
  return ({ id, completion, deletionInProgress }) =>
    completion > 0 && !deletionInProgress && !reachable.has(id);
}

function dateDiagnoses({ snapshot: { course, at, time } }: JudgedCourse, links: MoodleLinks): Diagnosis[] {
  const { startDate, endDate, shortname } = course;
  const place = links.courseSettings(course.id);
  const found: Diagnosis[] = [];
  if (!startDate || !endDate)
    found.push(
      diagnosis('advice', shortname, {
        message: `El curso «${shortname}» no tiene ${!startDate && !endDate ? 'fechas' : !startDate ? 'fecha de inicio' : 'fecha de finalización'} en Moodle: quien no las tenga en su inscripción queda sin informar.`,
        fix: '(El curso) > Configuración > General: active y escriba las fechas de inicio y de finalización que figuran en SIC.',
        place,
      }),
    );
  else if (endDate < startDate)
    found.push(
      diagnosis('figures', shortname, {
        message: `El curso «${shortname}» termina (${santiagoDate(endDate)}) antes de empezar (${santiagoDate(startDate)}).`,
        fix: '(El curso) > Configuración > General: corrija las fechas.',
        place,
      }),
    );
  else if (santiagoDate(endDate) < santiagoDate(at))
    found.push(
      diagnosis('advice', shortname, {
        message: `El curso «${shortname}» terminó el ${santiagoDate(endDate)}: quien no haya aprobado se informa como reprobado.`,
        fix: 'Si sigue en marcha, corrija la fecha de finalización: (el curso) > Configuración > General.',
        place,
      }),
    );
  if (time?.logStart && startDate && time.logStart > startDate)
    found.push(
      diagnosis('figures', shortname, {
        message: `El registro de Moodle empieza el ${santiagoDate(time.logStart)}, después del inicio del curso «${shortname}»${time.kept ? ': el tiempo anterior solo está en lo que Puente guardó' : ': el tiempo anterior ya no se puede contar'}.`,
        fix: 'Administración del sitio > Extensiones > Registro > Registro estándar > Conservar registros durante: «Nunca borrar registros», o más que la duración del curso.',
      }),
    );
  return found;
}

function sectionName(sections: JudgedCourse['snapshot']['sections'], id: number): string {
  const section = sections.find((one) => one.id === id);
  return section?.name ? oneLanguage(section.name) : `sección ${section?.position ?? ''}`.trim();
}
