import { formatRut, type Issue } from '@puente-sic/protocol';
import type { Dates } from '../rules/dates.ts';
import { type FindingWords, failure, warning } from '../rules/findings.ts';
import { listed } from '../rules/listed.ts';
import type { Person } from '../rules/persons.ts';
import type { Judged, StudentFigures } from './figures.ts';
import type { EntityGroup } from './groups.ts';
import { isOfCompany } from './identity.ts';
import type { StudentData } from './site.ts';

/** What is to be said of one student. */
export interface StudentIssues {
  held: Issue[];
  /** One for each module that the source knows no figure of. */
  heldModules: Issue[];
  findings: Issue[];
}

interface Unheld {
  person: Person<StudentData>;
  groups: EntityGroup[];
  dates: Dates;
  figures: StudentFigures;
}

/** What keeps a student, or some of the modules, back, and what is only worth telling. */
export function studentIssues(student: Unheld, judged: Judged): StudentIssues {
  const { leading, identity } = student.person;
  const rut = identity.rut ? { rut: formatRut(identity.rut) } : {};
  const about = (words: FindingWords): FindingWords => ({ scope: 'alumno', ...rut, ...words });
  const faults = student.person.participants.flatMap(({ faults }) => faults.issues);
  return {
    held: [
      ...faults.map((issue) => ({ ...issue, scope: 'alumno' as const, ...rut })),
      ...heldWords(student, judged).map((words) => failure(about({ place: leading.place, ...words }))),
    ],
    heldModules: judged.modules.flatMap(({ codigoModulo }, index) =>
      student.figures.modules[index] === null
        ? [failure(about({ ...noFigure(student, codigoModulo), scope: 'modulo', codigoModulo }))]
        : [],
    ),
    findings: findingWords(student, judged).map((words) => warning(about(words))),
  };
}

function heldWords({ person, groups, dates, figures }: Unheld, { course }: Judged): FindingWords[] {
  const { leading, participants, contested } = person;
  const name = studentName(leading);
  const words: FindingWords[] = [];
  // What «alumnos» says of somebody whose row could not be read is not known; that row is told as a fault.
  const isRead = leading.place !== '';
  if (isRead && person.identity.problem !== null)
    words.push({
      code: '012',
      message: `${name} ${rutTrouble(person)}.`,
      fix: 'Escriba en el LMS el RUT completo de la persona, con guion y dígito verificador, como 12345678-5.',
    });
  if (contested)
    words.push({
      message: `Hay ${participants.length} cuentas con el RUT de ${name} en el curso «${course.id}», y más de una tiene avance: ${listed(participants.map(({ id }) => id))}. No se puede saber cuál informar.`,
      fix: 'Deje en el LMS una sola cuenta en el curso, o corrija el RUT de la otra.',
    });
  if (isRead && groups.length === 0)
    words.push({
      message: `${name} no está en ningún grupo de SENCE del curso «${course.id}».`,
      fix: 'Escriba su grupo en la columna «grupo» de «alumnos»; o, si todo el curso es un solo grupo, `codigoGrupo` del curso en puente.yaml.',
    });
  if (!figures.hasProgress)
    words.push({
      code: '022',
      message: `No se conoce el avance de ${name} en el curso «${course.id}»: «porcentajes» no trae su cifra del curso entero, y los módulos no se promedian.`,
      fix: 'Agregue a «porcentajes» una fila de esa persona con «modulo» vacío.',
    });
  if (figures.seconds === null)
    words.push({
      code: '021',
      message: `No se conoce el tiempo de conexión de ${name} en el curso «${course.id}»: «tiempos» no trae ninguna fila suya.`,
      fix: 'Si la persona no ha entrado, entregue una fila con 0 segundos; Puente no informa un 0 que no sabe si es cierto.',
    });
  for (const [field, code] of [
    ['fechaInicio', '026'],
    ['fechaFin', '027'],
  ] as const)
    if (isRead && dates[field] === undefined)
      words.push({
        code,
        message: `No hay ${field} para ${name}: no la traen ni «alumnos» ni «cursos» ni puente.yaml.`,
        fix: `Escriba \`${field === 'fechaInicio' ? 'inicio' : 'fin'}\` del curso en puente.yaml, o entréguela en «cursos».`,
      });
  return words;
}

function findingWords({ person, groups, figures }: Unheld, { course, modules }: Judged): FindingWords[] {
  const { leading, participants, contested } = person;
  const name = studentName(leading);
  const words: FindingWords[] = [];
  const { rut, field, contradicted } = person.identity;
  if (rut && contradicted)
    words.push({
      message: `${name} tiene dos RUT: ${formatRut(rut)} (columna «${field}») y ${formatRut(contradicted.rut)} (columna «${contradicted.field}»). Se informa ${formatRut(rut)}.`,
      fix: 'Si no es el suyo, corríjalo antes del envío: el avance iría a otra persona. Si lo es, corrija el otro.',
    });
  if (participants.length > 1 && !contested)
    words.push({
      message: `Hay ${participants.length} cuentas con el RUT de ${name} en el curso «${course.id}». No hay avance en más de una: se informa «${leading.id}».`,
      fix: 'Conviene quitar del curso la cuenta vacía, antes de que la persona empiece a usarla.',
    });
  if (groups.length > 1)
    words.push({
      message: `${name} está en más de un grupo de SENCE del curso «${course.id}» (${listed(groups.map(({ codigoGrupo }) => codigoGrupo))}): se informa en todos.`,
      fix: 'Si es un error, deje a la persona en un solo grupo.',
    });
  for (const [index, { codigoModulo, parts }] of modules.entries()) {
    const marks = new Set(parts.flatMap(({ id }) => leading.marks.get(id) ?? []));
    if (marks.size > 1)
      words.push({
        message: `${name} tiene notas distintas en las partes del módulo ${codigoModulo}: va sin nota.`,
        fix: 'Entregue una sola nota por módulo en «notas».',
        scope: 'modulo',
        codigoModulo,
      });
    const own = figures.modules[index];
    if (own?.progress.percentage === 100 && own.mark === null && marks.size === 0 && leading.marks.size > 0)
      words.push({
        message: `${name} completó todo el módulo ${codigoModulo} y no tiene nota: va como cursando (estado 1).`,
        fix: 'Si el módulo tiene nota, entréguela en «notas».',
        scope: 'modulo',
        codigoModulo,
      });
  }
  return words;
}

function noFigure({ person }: Unheld, codigoModulo: string): Pick<FindingWords, 'code' | 'message' | 'fix'> {
  return {
    code: '024',
    message: `«porcentajes» no trae el avance de ${studentName(person.leading)} en el módulo ${codigoModulo}, o trae más de uno.`,
    fix: 'Entregue una fila de «porcentajes» por persona y módulo; si no ha empezado, con 0.',
  };
}

/** What is wrong with the RUT, in words that name the value and the column. */
function rutTrouble({ identity: { problem, faulty, field }, leading }: Person<StudentData>): string {
  const company = leading.ruts.find(({ text }) => isOfCompany(text));
  if (problem === 'empty' && company)
    return `tiene en la columna «${company.column}» el RUT «${company.text.trim()}», que es de una empresa, y ninguno de persona`;
  if (problem === 'empty') return 'no tiene RUT en «alumnos»';
  const where = `tiene «${faulty?.trim()}» en la columna «${field}»`;
  if (problem === 'no check digit')
    return `${where}: al RUT le falta el dígito verificador, o no se sabe cuál es, y Puente no lo adivina`;
  return problem === 'wrong check digit'
    ? `${where}: el dígito verificador no corresponde a ese RUT`
    : `${where}, que no es un RUT`;
}

/** `Ana Pérez (id 17)`: as the LMS knows the person. */
export function studentName({ nombre, id }: StudentData): string {
  return nombre === null ? `id ${id}` : `${nombre} (id ${id})`;
}
