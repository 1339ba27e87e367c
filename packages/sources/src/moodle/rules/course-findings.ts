import { type Issue, santiagoDate } from '@puente-sic/protocol';
import { warning } from '../../rules/findings.ts';
import { listed } from '../../rules/listed.ts';
import type { JudgedCourse } from './judged.ts';
import type { MoodleLinks } from './links.ts';
import { accountName } from './student-findings.ts';
import { isStudent, WHY_NOT_ES, type WhyNot } from './students.ts';
import { lacksModuleTime } from './time.ts';

type Judged = Omit<JudgedCourse, 'findings' | 'odd' | 'about'>;

/** What is to be said of a course as a whole, beside its sections and groups. */
export function courseFindings(judged: Judged, links: MoodleLinks): Issue[] {
  const { course } = judged.snapshot;
  return [
    ...completionFindings(judged, links),
    ...gradeFindings(judged, links),
    ...timeFindings(judged),
    ...peopleFindings(judged, links),
  ].map(({ place, ...issue }) => ({ ...issue, ...at(place ?? links.course(course.id)) }));
}

function completionFindings(
  { snapshot: { course }, modules, activities }: Judged,
  links: MoodleLinks,
): Issue[] {
  if (!course.completionEnabled)
    return [
      warning({
        message: `El curso «${course.shortname}» tiene desactivado el seguimiento de finalización: todos los avances van en 0 %.`,
        fix: 'En Moodle: Configuración del curso → Rastreo de finalización → Habilitar rastreo del grado de finalización: Sí.',
        ...at(links.courseSettings(course.id)),
      }),
    ];
  const bare = modules.filter((module) => !module.activities.some(({ required }) => required));
  const findings = bare.map(({ codigoModulo }) =>
    warning({
      message: `El módulo ${codigoModulo} del curso «${course.shortname}» no tiene actividades obligatorias: va con 0 % y como cursando (estado 1).`,
      fix: 'En Moodle active las «Condiciones de finalización» de las actividades que el estudiante debe completar en esa sección.',
      scope: 'modulo',
      codigoModulo,
    }),
  );
  if (bare.length === modules.length && !activities.some(({ required }) => required) && modules.length > 0)
    findings.push(
      warning({
        message: `El curso «${course.shortname}» no tiene ninguna actividad obligatoria: nadie puede avanzar ni aprobar.`,
        fix: 'En Moodle: Más → Finalización del curso → Finalización de actividades por defecto, y revise cada actividad.',
      }),
    );
  return findings;
}

function gradeFindings({ snapshot: { course, gradeItems }, modules }: Judged, links: MoodleLinks): Issue[] {
  const gradebook = at(links.gradebook(course.id));
  const ungraded = modules
    .filter(({ gradeItem }) => gradeItem === null)
    .map(({ codigoModulo }) => codigoModulo);
  return [
    ...(ungraded.length > 0
      ? [
          warning({
            message: `En el curso «${course.shortname}» no hay una categoría de calificación con el código ${ungraded.length === 1 ? 'del módulo' : 'de los módulos'} ${listed(ungraded)}: van sin nota, y quien los complete sigue como cursando (estado 1).`,
            fix: 'En Moodle: Calificaciones → Configuración del libro de calificaciones → Añadir categoría, con el código del módulo en el nombre.',
            ...gradebook,
          }),
        ]
      : []),
    ...(gradeItems.some(({ needsUpdate }) => needsUpdate)
      ? [
          warning({
            message: `Moodle tiene pendiente recalcular notas del curso «${course.shortname}»: las que se leen pueden estar atrasadas.`,
            fix: 'Abra el libro de calificaciones del curso en Moodle; con eso se recalculan.',
            ...gradebook,
          }),
        ]
      : []),
  ];
}

function timeFindings({ snapshot: { course, time }, modules }: Judged): Issue[] {
  if (!time) return [];
  const findings: Issue[] = [];
  if (lacksModuleTime(time, modules))
    findings.push(
      warning({
        message: `Del curso «${course.shortname}» solo se conoce el tiempo total de cada estudiante: los módulos van con 0 segundos.`,
        fix: 'Para informar el tiempo por módulo lea Moodle desde su base de datos (`tipo: moodle-bd`) o entregue el registro exportado.',
      }),
    );
  if (time.precision === 'minute')
    findings.push(
      warning({
        message: `El tiempo del curso «${course.shortname}» viene redondeado a minutos y llega hasta ${santiagoDate(time.asOf)}.`,
        fix: 'Si necesita segundos y datos de hoy, lea Moodle desde su base de datos (`tipo: moodle-bd`).',
      }),
    );
  const cut = time.logStart !== null && course.startDate !== null && time.logStart > course.startDate;
  if (time.kept)
    findings.push(
      warning({
        message: `Moodle ya borró parte de su registro de clics del curso «${course.shortname}»: el tiempo anterior sale de lo que Puente contó en noches pasadas, y no se pierde.`,
        fix: 'Conserve la carpeta de datos de Puente. Si puede, amplíe en Moodle la retención: Administración del sitio → Extensiones → Registro estándar → Conservar registros.',
      }),
    );
  else if (cut)
    findings.push(
      warning({
        message: `El registro de clics de Moodle empieza el ${santiagoDate(time.logStart as Date)}, después del inicio del curso «${course.shortname}»: el tiempo anterior no se puede contar.`,
        fix: 'Amplíe en Moodle la retención: Administración del sitio → Extensiones → Registro estándar → Conservar registros → Nunca borrar. Lo ya borrado no se recupera.',
      }),
    );
  return findings;
}

const FIX_ES: Partial<Record<WhyNot, string>> = {
  'enrolment ended':
    'Si deben informarse aún, alargue su inscripción en Moodle, o escriba `diasTrasTermino` en `reglas` de puente.yaml.',
  'exempt group':
    'Si deben informarse, quítelas de ese grupo en Moodle (Participantes → Grupos). Si no, no hay nada que hacer.',
};

/** Students who are not reported, told together, and who has no role at all. */
function peopleFindings({ snapshot, others, rules }: Judged, links: MoodleLinks): Issue[] {
  const reasons = new Map<WhyNot, string[]>();
  for (const { participant, why } of others) {
    const roleless = participant.roles.length === 0 && !participant.account.deleted;
    if (!roleless && !isStudent(participant, rules)) continue;
    for (const reason of why.slice(0, 1))
      reasons.set(reason, [...(reasons.get(reason) ?? []), accountName(participant.account)]);
  }
  return [...reasons].map(([reason, names]) =>
    warning({
      message: `En el curso «${snapshot.course.shortname}» no se informa a ${listed(names)}: ${WHY_NOT_ES[reason]}.`,
      fix:
        FIX_ES[reason] ??
        'Si deben informarse, corríjalo en Moodle, en Participantes del curso. Si no, no hay nada que hacer.',
      ...at(links.participants(snapshot.course.id)),
    }),
  );
}

function at(place: string | undefined): { place?: string } {
  return place === undefined ? {} : { place };
}
