import { formatRut, type Issue, isCompanyRut } from '@puente-sic/protocol';
import { type FindingWords, failure, warning } from '../../rules/findings.ts';
import type { Identity } from '../../rules/identity.ts';
import { listed } from '../../rules/listed.ts';
import type { MoodleRules } from '../settings.ts';
import type { Account, Course } from '../site.ts';
import type { JudgedStudent } from './judged.ts';
import { fieldName, fieldToFill, rutPlaces } from './rut.ts';

type Unjudged = Omit<JudgedStudent, 'held' | 'findings'>;

/** What is to be said of one student: what keeps the student back, and what is only worth telling. */
export function studentFindings(
  student: Unjudged,
  course: Course,
  rules: MoodleRules,
): Pick<JudgedStudent, 'held' | 'findings'> {
  const { identity, leading, participants, contested } = student.person;
  const name = accountName(leading.account);
  const rut = identity.rut ? { rut: formatRut(identity.rut) } : {};
  const about = (words: FindingWords): FindingWords => ({ scope: 'alumno', ...rut, ...words });
  const accounts = (): string => listed(participants.map(({ account }) => accountName(account)));
  const held: Issue[] = [];
  const findings: Issue[] = [];

  if (identity.problem !== null)
    held.push(
      failure(
        about({
          code: '012',
          message: `${name} ${withoutRut(identity, rules)}.`,
          fix: `Escriba el RUT completo en Moodle, en el perfil de la persona (Editar perfil): ${fieldToFill(rules)}, con guion y dígito verificador, como 12345678-5.`,
        }),
      ),
    );
  if (isCompanyRut(identity.rut?.numero))
    findings.push(
      warning(
        about({
          message: `${name} tiene en Moodle el RUT ${rut.rut} (${identity.field}), de los que llevan las empresas, no las personas. Se informa así.`,
          fix: `Escriba en su perfil de Moodle (Editar perfil) el RUT de la persona: ${identity.field}.`,
        }),
      ),
    );
  if (identity.contradicted)
    findings.push(
      warning(
        about({
          message: `${name} tiene en Moodle dos RUT: ${rut.rut} (${identity.field}) y ${formatRut(identity.contradicted.rut)} (${identity.contradicted.field}). Se informa ${rut.rut}.`,
          fix: 'Si no es el suyo, corríjalo en su perfil de Moodle, antes del envío: el avance iría a otra persona. Si lo es, corrija el otro.',
        }),
      ),
    );
  if (contested)
    held.push(
      failure(
        about({
          message: `Hay ${participants.length} cuentas con el RUT ${rut.rut} en el curso «${course.shortname}», y más de una tiene avance: ${accounts()}. No se puede saber cuál informar.`,
          fix: 'En Moodle deje una sola cuenta en el curso: suspenda la inscripción de la que sobra, o corrija su RUT.',
        }),
      ),
    );
  else if (participants.length > 1)
    findings.push(
      warning(
        about({
          message: `Hay ${participants.length} cuentas con el RUT ${rut.rut} en el curso «${course.shortname}»: ${accounts()}. No hay avance en más de una: se informa ${name}.`,
          fix: 'Conviene quitar del curso la cuenta vacía, antes de que la persona empiece a usarla.',
        }),
      ),
    );
  if (student.groups.length === 0)
    held.push(
      failure(
        about({
          message: `${name} no está en ningún grupo SENCE del curso «${course.shortname}».`,
          fix: 'En Moodle agregue a la persona a su grupo (Participantes → Grupos); o, si todo el curso es un solo grupo, escriba `codigoGrupo` del curso en puente.yaml.',
        }),
      ),
    );
  if (student.groups.length > 1 && !contested)
    findings.push(
      warning(
        about({
          message: `${name} está en más de un grupo SENCE del curso «${course.shortname}» (${listed(student.groups.map(({ codigoGrupo }) => codigoGrupo))}): se informa en todos.`,
          fix: 'Si es un error, deje a la persona en un solo grupo en Moodle (Participantes → Grupos).',
        }),
      ),
    );
  if (student.seconds === null)
    held.push(
      failure(
        about({
          code: '021',
          message: `No se conoce el tiempo de conexión de ${name} en el curso «${course.shortname}».`,
          fix: 'Revise de dónde se lee el tiempo; no se informa un 0 que no es cierto.',
        }),
      ),
    );
  for (const [field, code] of [
    ['fechaInicio', '026'],
    ['fechaFin', '027'],
  ] as const)
    if (student.dates[field] === undefined)
      held.push(
        failure(
          about({
            code,
            message: `No hay ${field} para ${name}: ni su inscripción ni el curso «${course.shortname}» tienen esa fecha en Moodle.`,
            fix: 'Escriba las fechas de inicio y fin en la configuración del curso en Moodle (Configuración → General).',
          }),
        ),
      );
  findings.push(...resultFindings(student, name, course, rules).map((words) => warning(about(words))));
  return { held, findings };
}

/** What is wrong with the RUT, in words that name the value and the field. */
function withoutRut({ problem, faulty, field }: Identity, rules: MoodleRules): string {
  if (problem === 'empty')
    return `no tiene RUT en Moodle: no hay ninguno en ${listed(rutPlaces(rules).map(fieldName))}`;
  const where = `tiene en Moodle «${faulty?.trim()}» (${field})`;
  if (problem === 'no check digit')
    return `${where}: al RUT le falta el dígito verificador, o no se sabe cuál es, y Puente no lo adivina`;
  return problem === 'wrong check digit'
    ? `${where}: el dígito verificador no corresponde a ese RUT`
    : `${where}, que no es un RUT`;
}

/** Marks and states that look wrong to the person who knows the course. */
function resultFindings(student: Unjudged, name: string, course: Course, rules: MoodleRules): FindingWords[] {
  const { mark, modules, progress } = student;
  const words: FindingWords[] = [];
  for (const { module, ...own } of modules) {
    const complete = own.progress.required > 0 && own.progress.done === own.progress.required;
    if (complete && module.gradeItem && !own.mark)
      words.push({
        message: `${name} completó todo el módulo ${module.codigoModulo} y no tiene nota: va como cursando (estado 1).`,
        fix: 'Revise en el libro de calificaciones de Moodle que la categoría del módulo tenga nota.',
        scope: 'modulo',
        codigoModulo: module.codigoModulo,
      });
  }
  if (progress.required > 0 && progress.done === progress.required && !mark)
    words.push({
      message: `${name} completó todas las actividades obligatorias del curso «${course.shortname}» y no tiene nota final: no puede ir como aprobado.`,
      fix: 'Revise en el libro de calificaciones de Moodle que el total del curso tenga nota.',
    });
  const outside = [mark, ...modules.map((module) => module.mark)].find(
    (one) => one && (one.percentage > 100 || one.percentage < 0),
  );
  if (outside)
    words.push({
      message: `${name} tiene una nota fuera de su escala (${outside.final} entre ${outside.min} y ${outside.max}): se informa ${outside.sent}.`,
      fix: 'Revise en Moodle los puntos extra y los rangos de la calificación.',
    });
  const contradiction = contradictionOf(student, rules);
  if (contradiction)
    words.push({
      message: `${name} ${contradiction}.`,
      fix:
        rules.exigencia === undefined
          ? 'Suele ser efecto de la escala lineal, que deja el 4,0 en 50 %: si en su OTEC el 4,0 equivale a 60 %, escriba `exigencia: 60` en `reglas` de puente.yaml.'
          : 'Revise las notas en Moodle y los umbrales de `reglas` en puente.yaml.',
    });
  return words;
}

function contradictionOf(
  { estado, mark, modules, progress }: Unjudged,
  { notaAprobacion, avanceAprobacion }: MoodleRules,
): string | null {
  const all = modules.length > 0 && modules.every((module) => module.estado === 2);
  const byMark = mark !== null && mark.percentage <= notaAprobacion;
  if (all && estado !== 2 && byMark && (progress.percentage ?? 0) > avanceAprobacion)
    return `aprueba todos los módulos, pero no el curso: su nota final es ${figure(mark.percentage)} % y se exige más de ${notaAprobacion} %`;
  const failed = modules.filter((module) => module.estado === 3).map(({ module }) => module.codigoModulo);
  if (estado === 2 && failed.length > 0)
    return `aprueba el curso, pero reprueba ${failed.length === 1 ? 'el módulo' : 'los módulos'} ${listed(failed)}`;
  return null;
}

function figure(percentage: number): string {
  return (Math.round(percentage * 10) / 10).toString().replace('.', ',');
}

/** `Ana Pérez (usuario aperez)`. */
export function accountName({ firstname, lastname, username, id }: Account): string {
  const name = `${firstname} ${lastname}`.trim();
  return `${name} (${username === null ? `id ${id}` : `usuario ${username}`})`;
}
