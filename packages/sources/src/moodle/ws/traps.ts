import type { Issue } from '@puente-sic/protocol';
import { failure, warning } from '../rules/findings.ts';
import type { MoodleLinks } from '../rules/links.ts';
import { listed, oneLanguage } from '../rules/text.ts';
import type { CourseModule, CourseSnapshot } from '../site.ts';
import { disagreement } from './completion.ts';
import type { WsUserGrades } from './schemas.ts';

type Untimed = Omit<CourseSnapshot, 'time'>;

/** What the answers of a course say of each other, beside the snapshot. */
export interface Evidence {
  usergrades: WsUserGrades[];
  /** Students whose grades had to be asked one by one, or were not given at all. */
  gradesOneByOne: number;
  gradesRefused: number;
  /** Grade items that exist, whoever asks; null: could not be asked. */
  itemNames: { id: number; itemname: string }[] | null;
  /** Course modules of the live classes' own list, and of the course's completion; null: could not be asked. */
  liveClasses: { coursemodule: number; name: string }[] | null;
  criteria: number[] | null;
}

/** `refused`: what was read of the course is certainly not all of it, and must not be sent. */
export interface TrapFindings {
  refused: Issue | null;
  findings: Issue[];
}

const ROLE =
  'En Moodle: Administración del sitio > Usuarios > Permisos > Definir roles > (rol del puente) > Editar';

/**
 * Permissions whose absence Moodle never tells: it answers as if what may not be seen did not exist. They are
 * found where two answers of the same course do not agree. What cannot be found out this way is asked for by name
 * in the guide (`puente moodle permisos`).
 */
export function findTraps(snapshot: Untimed, evidence: Evidence, links: MoodleLinks): TrapFindings {
  const { course } = snapshot;
  const place = placeOf(links.course(course.id));
  const invisible = invisibleActivities(snapshot, evidence);
  const refused =
    invisible.length === 0
      ? null
      : failure({
          message: `El usuario del servicio no ve todas las actividades del curso «${course.shortname}» (${listed(invisible)}): el avance saldría equivocado, y un porcentaje enviado ya no puede bajar. El curso no se lee.`,
          fix: `${ROLE}: dé el permiso «Ver» de cada tipo de actividad (mod/quiz:view, mod/assign:view, mod/bigbluebuttonbn:view, mod/feedback:view, mod/h5pactivity:view…), moodle/course:viewhiddenactivities y moodle/course:ignoreavailabilityrestrictions. Los pasos completos están en \`puente moodle permisos\`.`,
          ...place,
        });
  const findings = [
    ...completionTraps(snapshot),
    ...gradeTraps(snapshot, evidence),
    ...peopleTraps(snapshot),
  ];
  return { refused, findings };
}

/** Activities that one answer names and the contents do not have. */
function invisibleActivities(
  { modules, completions }: Untimed,
  { liveClasses, criteria, usergrades, itemNames }: Evidence,
): string[] {
  const known = new Set(modules.map(({ id }) => id));
  const byId = new Map<number, string>();
  const see = (cmid: number, name: string): void => {
    if (!known.has(cmid) && !byId.has(cmid)) byId.set(cmid, name);
  };
  for (const { coursemodule, name } of liveClasses ?? []) see(coursemodule, name);
  for (const item of usergrades.flatMap(({ gradeitems }) => gradeitems))
    if (item.itemtype === 'mod' && item.cmid) see(item.cmid, item.itemname ?? `actividad ${item.cmid}`);
  for (const cmid of disagreement(modules, completions).onlyCompletion) see(cmid, `actividad ${cmid}`);
  for (const cmid of criteria ?? []) see(cmid, `actividad ${cmid}`);
  return [...byId.values(), ...vanishedItems(modules, usergrades, itemNames)];
}

/**
 * Graded activities that the gradebook has and neither the grades nor the contents show. Certain only for who
 * sees hidden items and hidden activities: for others it may be one of these, which does no harm to progress.
 */
function vanishedItems(
  modules: CourseModule[],
  usergrades: WsUserGrades[],
  itemNames: Evidence['itemNames'],
): string[] {
  const seesHidden =
    usergrades.some(({ gradeitems }) => gradeitems.some(({ gradeishidden }) => gradeishidden === true)) &&
    modules.some(({ visible }) => !visible);
  if (!itemNames || !seesHidden) return [];
  return missingItems(usergrades, itemNames)
    .filter(({ itemname }) => !isNamed(itemname, modules))
    .map(({ itemname }) => itemname);
}

function missingItems(usergrades: WsUserGrades[], itemNames: { id: number; itemname: string }[]) {
  if (usergrades.length === 0) return [];
  const shown = new Set(usergrades.flatMap(({ gradeitems }) => gradeitems.map(({ id }) => id)));
  return itemNames.filter(({ id }) => !shown.has(id));
}

/** An item is called as its activity, sometimes with a word more (`Taller (entrega)`). */
function isNamed(itemname: string, modules: CourseModule[]): boolean {
  return modules.some(({ name }) => name !== '' && itemname.startsWith(name));
}

function completionTraps({ course, modules, completions }: Untimed): Issue[] {
  const untold = disagreement(modules, completions).onlyContents.map(({ name }) => oneLanguage(name));
  if (untold.length === 0) return [];
  return [
    warning({
      message: `En el curso «${course.shortname}» Moodle no dice quién completó ${listed(untold)}: cuentan como no hechas.`,
      fix: `${ROLE}: dé el permiso «Ver» de cada tipo de actividad (mod/quiz:view, mod/assign:view, mod/bigbluebuttonbn:view…) y moodle/course:ignoreavailabilityrestrictions.`,
    }),
  ];
}

function gradeTraps(
  { course, modules }: Untimed,
  { usergrades, itemNames, gradesOneByOne, gradesRefused }: Evidence,
): Issue[] {
  const findings: Issue[] = [];
  const missing = missingItems(usergrades, itemNames ?? []);
  const hidden = missing.filter(({ itemname }) => isNamed(itemname, modules));
  const seesHidden = usergrades.some(({ gradeitems }) =>
    gradeitems.some((item) => item.gradeishidden === true),
  );
  if (hidden.length > 0 || (!seesHidden && blankTotals(usergrades) > 0))
    findings.push(
      warning({
        message: `En el curso «${course.shortname}» hay notas ocultas que el usuario del servicio no ve${hidden.length > 0 ? ` (${listed(hidden.map(({ itemname }) => itemname))})` : ''}: por eso faltan totales de módulo o del curso, y quien ya terminó seguiría como cursando.`,
        fix: `${ROLE}: dé moodle/grade:viewhidden.`,
      }),
    );
  else if (missing.length > 0)
    findings.push(
      warning({
        message: `En el curso «${course.shortname}» el libro de calificaciones tiene ítems que el usuario del servicio no ve: ${listed(missing.map(({ itemname }) => itemname))}. Si son actividades que los estudiantes sí ven, el avance sale equivocado.`,
        fix: `${ROLE}: dé moodle/grade:viewhidden, moodle/course:viewhiddenactivities y el permiso «Ver» de cada tipo de actividad (mod/quiz:view, mod/assign:view…).`,
      }),
    );
  if (gradesOneByOne > 0)
    findings.push(
      warning({
        message: `En el curso «${course.shortname}» Moodle no entregó de una vez las notas de ${gradesOneByOne === 1 ? 'un estudiante, de otro grupo' : `${gradesOneByOne} estudiantes, de otros grupos`}${gradesRefused > 0 ? `, y se negó a dar las de ${gradesRefused}: ${gradesRefused === 1 ? 'va' : 'van'} sin nota` : '; se pidieron una por una'}.`,
        fix: `${ROLE}: dé moodle/site:accessallgroups.`,
      }),
    );
  return findings;
}

/** Students with a mark in a category whose total is empty: that is how a hidden mark in it looks without the right. */
function blankTotals(usergrades: WsUserGrades[]): number {
  return usergrades.filter(({ gradeitems }) =>
    gradeitems.some(
      (total) =>
        total.itemtype === 'category' &&
        total.graderaw == null &&
        gradeitems.some((item) => item.categoryid === total.iteminstance && item.graderaw != null),
    ),
  ).length;
}

function peopleTraps({ course, groups, participants }: Untimed): Issue[] {
  const enrolled = new Set(participants.map(({ account }) => account.id));
  const unseen = new Set(groups.flatMap(({ members }) => [...members].filter((id) => !enrolled.has(id))));
  const untold = participants.filter(({ account }) => account.suspended === null).length;
  const findings: Issue[] = [];
  if (untold > 0)
    findings.push(
      warning({
        message: `En el curso «${course.shortname}» Moodle no dice si ${untold === 1 ? 'una cuenta está suspendida' : `${untold} cuentas están suspendidas`}: se informan como activas.`,
        fix: `${ROLE}: dé moodle/user:viewdetails y moodle/user:viewalldetails, y añada core_user_get_users_by_field al servicio.`,
      }),
    );
  if (unseen.size > 0)
    findings.push(
      warning({
        message: `En los grupos del curso «${course.shortname}» hay ${unseen.size === 1 ? 'una persona que no aparece' : `${unseen.size} personas que no aparecen`} entre los inscritos: el usuario del servicio no ve a todos, y no se informan.`,
        fix: `${ROLE}: dé moodle/site:accessallgroups y moodle/course:viewparticipants.`,
      }),
    );
  if (participants.length > 0 && participants.every(({ account }) => account.username === null))
    findings.push(
      warning({
        message: `En el curso «${course.shortname}» Moodle no muestra el nombre de usuario ni los campos de perfil de las personas: quien tenga ahí su RUT aparece sin RUT.`,
        fix: `${ROLE}: dé moodle/user:viewdetails y moodle/user:viewalldetails.`,
      }),
    );
  else if (participants.length > 0 && participants.every(({ account }) => !account.idnumber))
    findings.push(
      warning({
        message: `En el curso «${course.shortname}» nadie muestra un Número de ID: o está vacío en todos, o el usuario del servicio no puede verlo.`,
        fix: `${ROLE}: dé moodle/site:viewuseridentity y moodle/user:viewalldetails; y en Administración del sitio > Usuarios > Permisos > Políticas de usuario > Mostrar identidad de usuario, marque «Número de ID».`,
      }),
    );
  return findings;
}

function placeOf(url: string | undefined): { place?: string } {
  return url === undefined ? {} : { place: url };
}
