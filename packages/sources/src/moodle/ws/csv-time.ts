import { basename } from 'node:path';
import type { Issue } from '@puente-sic/protocol';
import type { Clicks } from '../../rules/clicks.ts';
import { warning } from '../../rules/findings.ts';
import { dedicationLimit, dedicationOf } from '../../rules/gaps.ts';
import { studentTime } from '../dedication/read.ts';
import { sameText } from '../rules/text.ts';
import type { CourseTimes, TimesRequest, Untimed } from './course-times.ts';
import type { LogFile, LogFiles, UnreadableLog } from './csv-log.ts';

/** A log that ends longer than this before the moment reported is told. */
const STALE = 36 * 3_600_000;
/** A course's first click may come some days after its first day; later, the beginning was not downloaded. */
const QUIET = 3 * 86_400_000;

/** Time from the log that somebody downloaded from Moodle as CSV, by the same rule as from the database. */
export function timesOfCsv(path: string, request: TimesRequest): Promise<CourseTimes> {
  return request.logs.use(path, request.signal, (files) => timesOf(files, request));
}

function timesOf({ files, unreadable }: LogFiles, { courses, at, rules }: TimesRequest): CourseTimes {
  const found: CourseTimes = { times: new Map(), findings: new Map() };
  const untold = new Set(unreadable);
  for (const course of courses) {
    const { id } = course.course;
    const own = files.filter((file) => clicksOf(file, course));
    const lost = own.some((file) => isWhole(file, course, at))
      ? []
      : unreadable.filter((log) => mayHold(log, course));
    for (const log of lost) untold.delete(log);
    // A file that may hold the course is told as such: nobody knows that none holds it.
    const told = own.length === 0 && lost.length > 0 ? [] : findingsOf(own, course, at);
    found.findings.set(id, [...lost.map((log) => lostTo(log, course)), ...told]);
    if (own.length === 0 || lost.length > 0) continue;
    const clicks = new Map<number, Clicks>();
    for (const file of own)
      for (const [user, more] of clicksOf(file, course) ?? [])
        clicks.set(user, clicks.get(user)?.union(more) ?? more);
    const sectionOf = new Map(course.modules.map((module) => [module.id, module.sectionId]));
    const until = Math.floor(at.getTime() / 1000);
    const limit = dedicationLimit(rules);
    found.times.set(id, {
      precision: own.some(({ hasSeconds }) => !hasSeconds) ? 'minute' : 'second',
      asOf: new Date(Math.max(...own.map(({ last }) => last)) * 1000),
      students: new Map(
        [...clicks].map(([user, all]) => [user, studentTime(dedicationOf(all, limit, until), sectionOf)]),
      ),
      logStart: startOfLog(own, course),
      kept: false,
    });
  }
  const [first] = courses;
  if (first !== undefined) found.findings.get(first.course.id)?.push(...[...untold].map(leftOut));
  return found;
}

/** Whether a download shows its course from the beginning to now, so that no other file can add to it. */
function isWhole(file: LogFile, { course }: Untimed, at: Date): boolean {
  const late =
    course.startDate === null ? Number.POSITIVE_INFINITY : file.first * 1000 - course.startDate.getTime();
  return late <= QUIET && at.getTime() - file.last * 1000 <= STALE;
}

function mayHold({ courses }: UnreadableLog, { course }: Untimed): boolean {
  if (courses === null) return true;
  return courses.id === course.id || [...courses.names].some((name) => sameText(name, course.shortname));
}

function lostTo({ file, reason, courses }: UnreadableLog, { course }: Untimed): Issue {
  return warning({
    message: `${reason.message} ${courses === null ? 'Puede traer' : 'Trae'} tiempo del curso «${course.shortname}», que no se informa para no informar de menos.`,
    fix: `${reason.fix} Si ${basename(file)} no es de este curso, sáquelo de la carpeta.`,
  });
}

function leftOut({ file, reason }: UnreadableLog): Issue {
  return warning({
    message: `${reason.message} Los cursos que se informan están completos sin él.`,
    fix: `Saque ${basename(file)} de la carpeta, o vuelva a descargarlo de Moodle.`,
  });
}

/** Null: nothing says that the beginning is lacking. */
function startOfLog(files: LogFile[], { course }: Untimed): Date | null {
  const first = new Date(Math.min(...files.map((file) => file.first)) * 1000);
  return course.startDate && first.getTime() - course.startDate.getTime() > QUIET ? first : null;
}

/** A download of the whole site names each row's course; that of one course says which by its rows. */
function clicksOf(file: LogFile, { course }: Untimed): Map<number, Clicks> | undefined {
  if (file.courseId === course.id) return file.clicks.get('');
  const key = [...file.clicks.keys()].find((name) => name !== '' && sameText(name, course.shortname));
  return key === undefined ? undefined : file.clicks.get(key);
}

function findingsOf(files: LogFile[], { course, modules }: Untimed, at: Date): Issue[] {
  const findings: Issue[] = [];
  const { shortname } = course;
  if (files.length === 0)
    return [
      warning({
        message: `Ningún archivo de registros trae el curso «${shortname}»: no se conoce su tiempo.`,
        fix: 'Descárguelo en Moodle: (el curso) > Informes > Registros > Todos los participantes, todos los días, todas las acciones > Conseguir estos registros > Descargar como CSV.',
      }),
    ];
  const last = Math.max(...files.map((file) => file.last)) * 1000;
  if (at.getTime() - last > STALE)
    findings.push(
      warning({
        message: `El registro descargado del curso «${shortname}» llega hasta el ${new Date(last).toLocaleDateString('es-CL', { timeZone: 'America/Santiago' })}: el tiempo posterior no está.`,
        fix: 'Descargue de nuevo los registros en Moodle, cada día en que se informe.',
      }),
    );
  const unread = files.reduce((sum, file) => sum + file.unread, 0);
  if (unread > 0)
    findings.push(
      warning({
        message: `En los archivos de registros del curso «${shortname}» hay ${unread === 1 ? 'una fila que no dice quién ni cuándo, y no se cuenta' : `${unread} filas que no dicen quién ni cuándo, y no se cuentan`}.`,
        fix: 'Vuelva a descargarlos como CSV, sin abrirlos ni guardarlos con Excel.',
      }),
    );
  if (modules.some(({ type }) => type === 'feedback'))
    findings.push(
      warning({
        message: `Los registros descargados no traen las encuestas anónimas: el tiempo en ellas falta en el curso «${shortname}».`,
        fix: 'Si es mucho, lea el registro de la base de datos: `tiempo: { baseDeDatos: … }`.',
      }),
    );
  return findings;
}
