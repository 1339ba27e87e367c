import type { Issue } from '@puente-sic/protocol';
import { warning } from '../../rules/findings.ts';
import { sameText } from '../rules/text.ts';
import type { Participant } from '../site.ts';
import type { EnrolmentDates } from './people.ts';
import { readDisplayDate } from './report-text.ts';
import type { WsCourse } from './schemas.ts';
import { findColumn, HEADINGS, lacksColumns } from './table.ts';
import { santiagoInstant } from './zone.ts';

const STARTED = /(\bstart(ed)?$|\binici|\bcomien)/i;
const ENDED = /(\bend(ed)?$|finaliz|t[eé]rmin|\bfin$)/i;
const CREATED = /(\bcreated$|\bcreaci[oó]n|\bcread[oa])/i;
const STATUS = /^(status|estado|estatus)$/i;

/** Enrolment dates of a report-builder report of the source "course participants". */
export interface EnrolmentReport {
  of(course: WsCourse): (participant: Participant) => EnrolmentDates | undefined;
  findings(course: WsCourse): Issue[];
}

interface Row {
  course: string;
  username: string;
  idnumber: string;
  active: boolean;
  started: Date | null;
  ended: Date | null;
  created: Date | null;
}

/**
 * Reads the report. Its rows repeat per group and method; of several enrolments the active ones count, from the
 * earliest start to the latest end. "Time started" shows the **creation** of an enrolment that has no start: where
 * it equals the column "time created", or lies before the course's start, there is none.
 * @throws {SourceError} columns are lacking.
 */
export function enrolmentDates(id: number, report: { headers: string[]; rows: string[][] }): EnrolmentReport {
  const rows = readRows(id, report);
  const hasCreated = findColumn(report.headers, CREATED) !== null;
  const ofCourse = (course: WsCourse): Row[] => rows.filter((row) => sameText(row.course, course.shortname));
  return {
    of(course) {
      const own = ofCourse(course);
      return ({ account }) => {
        const mine = own.filter(
          (row) =>
            (row.username !== '' && row.username === account.username) ||
            (row.username === '' && row.idnumber !== '' && row.idnumber === account.idnumber),
        );
        const active = mine.filter((row) => row.active);
        return mine.length === 0 ? undefined : spanOf(active.length > 0 ? active : mine, course);
      };
    },
    findings(course) {
      const own = ofCourse(course);
      if (own.length === 0) return [notInReport(id, course)];
      const doubtful = own.filter((row) => row.created === null && startOf(row, course) !== null);
      return hasCreated || doubtful.length === 0 ? [] : [maybeCreation(id, course)];
    },
  };
}

function readRows(id: number, { headers, rows }: { headers: string[]; rows: string[][] }): Row[] {
  const columns = {
    course: findColumn(headers, HEADINGS.course),
    username: findColumn(headers, HEADINGS.username),
    idnumber: findColumn(headers, HEADINGS.idnumber),
    started: findColumn(headers, STARTED),
    ended: findColumn(headers, ENDED),
    created: findColumn(headers, CREATED),
    status: findColumn(headers, STATUS),
  };
  const lacking = [
    ...(columns.course === null ? ['Nombre corto del curso'] : []),
    ...(columns.username === null && columns.idnumber === null ? ['Nombre de usuario'] : []),
    ...(columns.started === null ? ['Fecha de inicio (Time started)'] : []),
    ...(columns.ended === null ? ['Fecha de término (Time ended)'] : []),
  ];
  if (lacking.length > 0) {
    throw lacksColumns(
      `el informe ${id} de inscripciones`,
      lacking,
      headers,
      'En Moodle: Administración del sitio > Informes > Constructor de informes > Informes personalizados > (el informe) > Editar: añada esas columnas y guarde.',
    );
  }
  const cell = (row: string[], at: number | null): string => (at === null ? '' : (row[at] ?? '').trim());
  const instant = (text: string): Date | null => {
    const local = readDisplayDate(text);
    return local && santiagoInstant(local);
  };
  return rows.map((row) => ({
    course: cell(row, columns.course),
    username: cell(row, columns.username),
    idnumber: cell(row, columns.idnumber),
    active: columns.status === null || /^activ/i.test(cell(row, columns.status)),
    started: instant(cell(row, columns.started)),
    ended: instant(cell(row, columns.ended)),
    created: instant(cell(row, columns.created)),
  }));
}

function spanOf(rows: Row[], course: WsCourse): EnrolmentDates {
  const starts = rows.map((row) => startOf(row, course)).filter((start) => start !== null);
  const ends = rows.map(({ ended }) => ended).filter((end) => end !== null);
  return {
    start: starts.length === 0 ? null : new Date(Math.min(...starts.map((start) => start.getTime()))),
    end: ends.length === 0 ? null : new Date(Math.max(...ends.map((end) => end.getTime()))),
  };
}

function startOf({ started, created }: Row, course: WsCourse): Date | null {
  if (!started || (created && created.getTime() === started.getTime())) return null;
  return !created && course.startdate && started.getTime() < course.startdate * 1000 ? null : started;
}

function notInReport(id: number, course: WsCourse): Issue {
  return warning({
    message: `El informe ${id} de inscripciones no trae a nadie del curso «${course.shortname}»: sus estudiantes van con las fechas del curso.`,
    fix: 'En Moodle revise las condiciones del informe y su audiencia: el usuario del servicio debe estar en ella.',
  });
}

function maybeCreation(id: number, course: WsCourse): Issue {
  return warning({
    message: `El informe ${id} no trae la fecha en que se creó cada inscripción: en el curso «${course.shortname}» un inicio puede ser solo el día en que se inscribió a la persona.`,
    fix: 'Añada al informe la columna «Fecha de creación» de la inscripción (Time created), para distinguirlas.',
  });
}
