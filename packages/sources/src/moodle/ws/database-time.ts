import { warning } from '../../rules/findings.ts';
import { dedicationLimit } from '../../rules/gaps.ts';
import { withSnapshot } from '../bd/connect.ts';
import { clickLog } from '../bd/log.ts';
import { openStore } from '../bd/state.ts';
import { readModules, readSections } from '../bd/structure.ts';
import { Tables } from '../bd/tables.ts';
import { readTimes } from '../dedication/read.ts';
import { huellasOf } from '../rules/rut.ts';
import type { CourseTimes, TimesRequest } from './course-times.ts';
import type { MoodleWsSettings } from './settings.ts';

/** Time from the log in the site's database, exactly as `moodle-bd` reads it. */
export async function timesOfDatabase(
  { url, prefijo = 'mdl_' }: { url: string; prefijo?: string },
  { name, stateDir, clock = () => new Date() }: Pick<MoodleWsSettings, 'name' | 'stateDir' | 'clock'>,
  { courses, at, rules, signal }: TimesRequest,
): Promise<CourseTimes> {
  const times = await withSnapshot({ url }, signal, async (db) => {
    const tables = await Tables.of(db, prefijo);
    const ids = courses.map(({ course }) => course.id);
    // The database's own modules: time in one that is being deleted counts, and web services do not show it.
    const modules =
      ids.length === 0 ? new Map() : await readModules(db, tables, ids, await readSections(db, tables, ids));
    const store = await openStore(db, tables, { name, ...(stateDir !== undefined && { stateDir }) });
    try {
      return await readTimes(clickLog(db, tables), store, {
        courses: ids.map((id) => ({ id, modules: modules.get(id) ?? [] })),
        people: huellasOf(
          courses.flatMap(({ participants }) => participants),
          rules,
        ),
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
