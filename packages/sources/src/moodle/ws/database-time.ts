import { withSnapshot } from '../bd/connect.ts';
import { clickLog } from '../bd/log.ts';
import { openStore } from '../bd/state.ts';
import { Tables } from '../bd/tables.ts';
import { dedicationLimit } from '../dedication/gaps.ts';
import { readTimes } from '../dedication/read.ts';
import { warning } from '../rules/findings.ts';
import type { MoodleWsSettings } from './settings.ts';
import type { CourseTimes, TimesRequest } from './time.ts';

/** Time from the log in the site's database, exactly as `moodle-bd` reads it. */
export async function timesOfDatabase(
  { url, prefijo = 'mdl_' }: { url: string; prefijo?: string },
  { name, stateDir, clock = () => new Date() }: Pick<MoodleWsSettings, 'name' | 'stateDir' | 'clock'>,
  { courses, at, rules, signal }: TimesRequest,
): Promise<CourseTimes> {
  const times = await withSnapshot({ url }, signal, async (db) => {
    const tables = await Tables.of(db, prefijo);
    const store = await openStore(db, tables, { name, ...(stateDir !== undefined && { stateDir }) });
    try {
      return await readTimes(clickLog(db, tables), store, {
        courses: courses.map(({ course, modules }) => ({ id: course.id, modules })),
        limit: dedicationLimit(rules),
        at,
        now: clock(),
      });
    } finally {
      store?.close();
    }
  });
  const unknown = courses.filter(({ course }) => !times.has(course.id));
  return {
    times,
    findings: new Map(
      unknown.map(({ course }) => [
        course.id,
        [
          warning({
            message: `El registro de Moodle en la base de datos está vacío: no se conoce el tiempo del curso «${course.shortname}».`,
            fix: 'Revise que el «Registro estándar» esté habilitado (Administración del sitio > Extensiones > Registro > Gestionar registros) y que la base de datos sea la del mismo Moodle.',
          }),
        ],
      ]),
    ),
  };
}
