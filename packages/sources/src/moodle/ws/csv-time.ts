import type { Issue } from '@puente-sic/protocol';
import type { Clicks } from '../dedication/clicks.ts';
import { dedicationLimit, dedicationOf } from '../dedication/gaps.ts';
import { studentTime } from '../dedication/read.ts';
import { warning } from '../rules/findings.ts';
import { sameText } from '../rules/text.ts';
import type { LogFile } from './csv-log.ts';
import type { CourseTimes, TimesRequest, Untimed } from './time.ts';

/** A log that ends longer than this before the moment reported is told. */
const STALE = 36 * 3_600_000;
/** A course's first click may come some days after its first day; later, the beginning was not downloaded. */
const QUIET = 3 * 86_400_000;

/** Time from the log that somebody downloaded from Moodle as CSV, by the same rule as from the database. */
export function timesOfCsv(path: string, request: TimesRequest): Promise<CourseTimes> {
  return request.logs.use(path, request.signal, (files) => timesOf(files, request));
}

function timesOf(files: LogFile[], { courses, at, rules }: TimesRequest): CourseTimes {
  const found: CourseTimes = { times: new Map(), findings: new Map() };
  for (const course of courses) {
    const { id } = course.course;
    const own = files.filter((file) => clicksOf(file, course));
    found.findings.set(id, findingsOf(own, course, at));
    if (own.length === 0) continue;
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
  return found;
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
        message: `En los archivos de registros del curso «${shortname}» hay ${unread} filas que no dicen quién ni cuándo, y no se cuentan.`,
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
