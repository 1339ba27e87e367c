import { santiagoDate } from '@puente-sic/protocol';
import { warning } from '../../rules/findings.ts';
import { SourceError } from '../../source.ts';
import { sameText } from '../rules/text.ts';
import type { StudentTime } from '../site.ts';
import type { WsApi } from './api.ts';
import type { CourseTimes, TimesRequest, Untimed } from './course-times.ts';
import { readDuration } from './report-text.ts';
import { findColumn, HEADINGS, lacksColumns } from './table.ts';
import { santiagoInstant } from './zone.ts';

const DURATION = /(duration|dedicat|duraci[oó]n|dedicaci[oó]n|tiempo)/i;
const FIX =
  'En Moodle: Administración del sitio > Informes > Constructor de informes > Informes personalizados > (el informe): use el origen «Dedicación de usuarios» con las columnas Nombre de usuario, Nombre corto del curso y Duración de la sesión.';

interface Row {
  course: string;
  username: string;
  idnumber: string;
  seconds: number;
}

/**
 * Time from a report-builder report of block_dedication: the whole course, rounded down to minutes, as its task
 * of last night (01:10) left it. Its sessions are cut by the plugin's own limits: it is less exact than the log.
 * @throws {SourceError} columns are lacking, or a duration cannot be read.
 */
export async function timesOfReport(
  id: number,
  api: WsApi,
  { courses, at, signal }: TimesRequest,
): Promise<CourseTimes> {
  const rows = readRows(id, await api.report(id, signal));
  const found: CourseTimes = { times: new Map(), findings: new Map() };
  for (const course of courses) {
    const { id: courseId, shortname } = course.course;
    const own = rows.filter((row) => sameText(row.course, shortname));
    if (own.length === 0)
      found.findings.set(courseId, [
        warning({
          message: `El informe ${id} no trae tiempo de nadie del curso «${shortname}»: no se conoce.`,
          fix: `${FIX} Revise que el bloque Dedicación esté instalado y que el usuario del servicio esté en la audiencia del informe.`,
        }),
      ]);
    else
      found.times.set(courseId, {
        precision: 'minute',
        asOf: lastTask(at),
        students: studentTimes(own, course),
        logStart: null,
        kept: false,
      });
  }
  return found;
}

function readRows(id: number, { headers, rows }: { headers: string[]; rows: string[][] }): Row[] {
  const columns = {
    course: findColumn(headers, HEADINGS.course),
    username: findColumn(headers, HEADINGS.username),
    idnumber: findColumn(headers, HEADINGS.idnumber),
    duration: findColumn(headers, DURATION),
  };
  const lacking = [
    ...(columns.course === null ? ['Nombre corto del curso'] : []),
    ...(columns.username === null && columns.idnumber === null ? ['Nombre de usuario'] : []),
    ...(columns.duration === null ? ['Duración de la sesión'] : []),
  ];
  if (lacking.length > 0) throw lacksColumns(`el informe ${id} de dedicación`, lacking, headers, FIX);
  const cell = (row: string[], at: number | null): string => (at === null ? '' : (row[at] ?? '').trim());
  return rows.map((row) => {
    const seconds = readDuration(cell(row, columns.duration));
    if (seconds === null) {
      throw new SourceError(
        'wrong',
        `En el informe ${id} de dedicación hay una duración que no se entiende: «${cell(row, columns.duration).slice(0, 40)}».`,
        'El puente entiende duraciones en español e inglés («33 horas 31 minutos»). Ponga el idioma del usuario del servicio en español.',
      );
    }
    return {
      course: cell(row, columns.course),
      username: cell(row, columns.username),
      idnumber: cell(row, columns.idnumber),
      seconds,
    };
  });
}

function studentTimes(rows: Row[], { participants }: Untimed): Map<number, StudentTime> {
  const students = new Map<number, StudentTime>();
  for (const { account } of participants) {
    const own = rows.filter((row) =>
      row.username === ''
        ? row.idnumber !== '' && row.idnumber === account.idnumber
        : row.username === account.username,
    );
    const total = own.reduce((sum, { seconds }) => sum + seconds, 0);
    students.set(account.id, { total, sections: null, first: null, last: null });
  }
  return students;
}

/** The task runs at 01:10 by the site's clock. */
function lastTask(at: Date): Date {
  const runOf = (day: string): Date => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    return santiagoInstant({ year, month, day: date, hour: 1, minute: 10, second: 0 });
  };
  const today = runOf(santiagoDate(at));
  return today <= at ? today : runOf(santiagoDate(new Date(at.getTime() - 86_400_000)));
}
