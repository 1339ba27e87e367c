import { type Row, TABLES } from './site.ts';

/** The log of a course as Moodle's report of it is downloaded: newest on top, no anonymous rows, in words. */
export function courseLog(course: number): string {
  const own = (TABLES.logstore_standard_log ?? []).filter(({ courseid }) => courseid === course);
  const lines = own.map(line).reverse();
  const header =
    'Hora,"Nombre completo del usuario","Usuario afectado","Contexto del evento",Componente,"Nombre evento",Descripción,Origen,"Dirección IP"';
  return `\ufeff${[header, ...lines].join('\n')}\n`;
}

/** The log of the whole site, which names each row's course, in English. */
export function siteLog(): string {
  const names = new Map((TABLES.course ?? []).map(({ id, shortname }) => [id, shortname]));
  const lines = (TABLES.logstore_standard_log ?? []).map(
    (row) => `"${names.get(row.courseid ?? 0)}",${line(row)}`,
  );
  const header =
    'Course,Time,"User full name","Affected user","Event context",Component,"Event name",Description,Origin,"IP address"';
  return `${[header, ...lines.reverse()].join('\n')}\n`;
}

function line({ userid, courseid, contextlevel, contextinstanceid, timecreated, origin }: Row): string {
  const where =
    contextlevel === 70
      ? `viewed the 'quiz' activity with course module id '${contextinstanceid}'.`
      : `viewed the course with id '${courseid}'.`;
  const cells = [
    shown(Number(timecreated)),
    'Alguien, con "coma"',
    '-',
    'Curso: X',
    'Sistema',
    'Visto',
    `The user with id '${userid}' ${where}`,
    String(origin),
    '10.0.0.1',
  ];
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
}

/** `22/11/26, 23:09:52` on Santiago's clock. */
function shown(seconds: number): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'America/Santiago',
    day: '2-digit',
    month: '2-digit',
    year: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(new Date(seconds * 1000));
}
