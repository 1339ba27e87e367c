import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSnapshot } from '../../src/moodle/bd/connect.ts';
import { checkPermissions, permissionsSql } from '../../src/moodle/bd/permissions.ts';
import { readSnapshots } from '../../src/moodle/bd/snapshot.ts';
import { moodleBdSource } from '../../src/moodle/bd/source.ts';
import { Tables } from '../../src/moodle/bd/tables.ts';
import { ClickStore } from '../../src/moodle/dedication/store.ts';
import { DEFAULT_RULES } from '../../src/rules/settings.ts';
import { issuesOf, type Reading, type ReadRequest, SourceError } from '../../src/source.ts';
import { sourceContract } from '../contract.ts';
import { CountingDb } from './counting.ts';
import { SERVERS, type Site, type SiteServer } from './servers.ts';
import { AT, logRows, M1, M2, M3 } from './site.ts';

const PASSWORD = 'CAMBIE-ESTA-CLAVE';

for (const [name, start] of SERVERS) {
  describe.skipIf(start === null)(name, () => {
    let server: SiteServer;
    let site: Site;
    beforeAll(async () => {
      if (!start) throw new Error(`${name} is not installed`);
      server = await start();
      site = await server.site();
    });
    afterAll(() => server?.stop());

    async function read(url: string, settings = {}, request: Partial<ReadRequest> = {}): Promise<Reading> {
      const source = moodleBdSource({ name: 'aula', url, ...settings });
      try {
        return await source.read({ at: AT, ...request });
      } finally {
        await source.close();
      }
    }
    const people = ({ courses }: Reading) =>
      courses.map(({ codigoGrupo, students }) => [
        codigoGrupo,
        students.map((one) => `${one.name?.split(' ')[0]}${one.held.length > 0 ? ' (held)' : ''}`),
      ]);

    describe('a site with a real one’s dirt', () => {
      let reading: Reading;
      beforeAll(async () => {
        reading = await read(site.url);
      });
      const student = (rut: number, course = 'CAP-26-01-13-0446-1') =>
        reading.courses
          .filter(({ name: shortname }) => shortname === course)
          .flatMap(({ students }) => students)
          .find(({ alumno }) => alumno.rutAlumno === rut);

      it('gives one tree per SENCE group, with everybody in place', () => {
        expect(people(reading)).toEqual([
          // Darío's check digit is not his number's.
          ['CAP-26-01-13-0446-1', ['Ana', 'Carla', 'Darío (held)', 'Inés (held)']],
          ['Sección B', ['Beto', 'Carla']],
          ['CAP-26-02-13-0512', ['Ana', 'Julia']],
        ]);
        expect(reading.courses[0]).toMatchObject({
          title: 'Atención de público & ventas 💬',
          codigoOferta: 'CAP-26-01-13-0446-1',
          fechaInicio: '2026-10-05',
          fechaFin: '2026-12-18',
          cantActividadSincronica: 2,
          cantActividadAsincronica: 5,
        });
        expect(reading.findings.map(({ message }) => message)).toEqual([
          expect.stringContaining('INDUCCION'),
        ]);
      });

      it('tells who is not reported and why, and what is wrong with the course', () => {
        const told = reading.courses[0]?.findings.map(({ message }) => message).join('\n');
        for (const words of [
          /ELE028837032044.*oculta/,
          /elsa.*suspendida/,
          /fito.*terminó/,
          /gina.*desactivado/,
          /hugo.*rol/,
        ])
          expect(told).toMatch(words);
        expect(told).not.toMatch(/profe|Borrada/);
        expect(reading.courses[2]?.findings.map(({ message }) => message)).toEqual([
          expect.stringMatching(new RegExp(`categoría.*${M3}`)),
          expect.stringContaining('recalcular'),
        ]);
      });

      it('gives Ana to the second, the percent and the stored letter', () => {
        expect(student(11222333)?.alumno).toEqual({
          rutAlumno: 11222333,
          dvAlumno: '9',
          // 2700 + 30 + 60 + 40 + 20.
          tiempoConectividad: 2850,
          estado: 1,
          // 102, 103, 104 and 107 of 102, 103, 104, 106, 107 and 112.
          porcentajeAvance: 67,
          fechaInicio: '2026-10-05',
          fechaFin: '2026-12-18',
          evaluacionFinal: 75,
          listaModulos: [
            {
              codigoModulo: M1,
              tiempoConectividad: 2740,
              porcentajeAvance: 67,
              estado: 1,
              fechaInicio: '2026-10-05',
              fechaFin: '2026-12-18',
              notaModulo: 50,
              cantActividadSincronica: 2,
              cantActividadAsincronica: 2,
              listaActividades: [
                { codigoActividad: 'Prueba 1' },
                { codigoActividad: 'Enlace <externo> & "recursos"' },
                { codigoActividad: 'Clase en vivo' },
                { codigoActividad: 'zoom 7' },
              ],
            },
            {
              codigoModulo: M2,
              tiempoConectividad: 0,
              porcentajeAvance: 50,
              estado: 1,
              fechaInicio: '2026-10-05',
              fechaFin: '2026-12-18',
              notaModulo: 50,
              cantActividadSincronica: 0,
              cantActividadAsincronica: 2,
              listaActividades: [{ codigoActividad: 'Prueba 2' }, { codigoActividad: 'Lectura 📹' }],
            },
          ],
        });
      });

      it('takes the enrolment in force of several, and its dates in Santiago', () => {
        expect(student(31022815)?.alumno).toMatchObject({
          dvAlumno: 'K',
          tiempoConectividad: 750,
          porcentajeAvance: 0,
          fechaInicio: '2026-10-20',
          fechaFin: '2026-12-15',
          listaModulos: [{ tiempoConectividad: 0 }, { tiempoConectividad: 750 }],
        });
        expect(student(31022815)?.alumno).not.toHaveProperty('evaluacionFinal');
      });

      it('finds a RUT in the profile field, and passes on a wrong one as it is', () => {
        expect(student(32015948)?.place?.columns).toMatchObject({ rutAlumno: 'Campo de perfil «rut»' });
        expect(student(31029291)?.alumno.dvAlumno).toBe('6');
      });

      it('counts nothing after the night reported', () => {
        expect(student(11222333, 'CAP-26-02-13-0512')?.alumno).toMatchObject({
          tiempoConectividad: 1300,
          estado: 2,
          evaluacionFinal: 59,
          listaModulos: [{ codigoModulo: M3, tiempoConectividad: 1300, porcentajeAvance: 100, estado: 1 }],
        });
      });

      it('explains how each figure came about', async () => {
        const source = moodleBdSource({ name: 'aula', url: site.url });
        const ask = (rut: string) => source.explain({ at: AT, rut, courses: [{ curso: '2' }] });
        const ana = await ask('11.222.333-9');
        expect(ana).toMatchObject({
          seconds: 2850,
          accounts: ['Ana Ñancupil (usuario ana)'],
          notReported: [],
        });
        expect(ana?.modules[0]?.activities.map(({ id, done, state }) => [id, done, state])).toEqual([
          [104, true, expect.stringContaining('basta tener nota')],
          [103, true, expect.stringContaining('marcada a mano')],
          [105, false, expect.stringContaining('complementaria')],
          [112, false, 'sin completar'],
        ]);
        expect(ana?.modules[1]?.activities[0]?.state).toContain('no cuenta');
        expect(
          ana?.days?.map(({ day, seconds, sessions }) => [day, seconds, sessions.map((one) => one.clicks)]),
        ).toEqual([['2026-11-10', 2850, [2, 6]]]);
        expect((await ask('32020143-8'))?.notReported).toEqual(['el método de inscripción está desactivado']);
        expect(await ask('99999999-9')).toBeNull();
        await source.close();
      });
    });

    it('takes the RUT where the source says that it stands, and reports nobody of an exempt group', async () => {
      const reglas = { camposRut: ['username'], gruposExentos: ['grupo whatsapp 💬'] };
      const reading = await read(site.url, { reglas }, { courses: [{ curso: '2' }] });
      const found = reading.courses.flatMap(({ students }) =>
        students.filter(({ held }) => held.length === 0).map(({ alumno }) => alumno.rutAlumno),
      );
      // Beto alone has it in his user name; Inés, of no other group, is not even held.
      expect(found).toEqual([31022815]);
      expect(people(reading).flat(2)).not.toContain('Inés (held)');
      const told = reading.courses.flatMap(({ findings }) => findings.map(({ message }) => message));
      expect(told).toContainEqual(expect.stringMatching(/«Inés Ñancupil .*grupo exento/));
      const without = await read(site.url, { reglas: { camposRut: ['idnumber'] } });
      expect(
        JSON.stringify(without.courses.map(({ students }) => students.map(({ alumno }) => alumno))),
      ).not.toContain('32015948');
    });

    describe('other sites', () => {
      it.each([
        ['without a prefix', { prefix: '' }, { prefijo: '' }],
        [
          'of Moodle 3.9',
          {
            prefix: 'm_',
            without: [
              'course_sections.component',
              'course_sections.itemid',
              'course_modules.completionpassgrade',
            ],
          },
          { prefijo: 'm_' },
        ],
      ])('%s', async (_, options, settings) => {
        const other = await server.site(options);
        const reading = await read(other.url, settings);
        expect(people(reading)).toEqual(people(await read(site.url)));
        const [ana] = reading.courses[2]?.students ?? [];
        expect(ana?.alumno.tiempoConectividad).toBe(1300);
      });

      it('a log that is empty gives no time at all rather than 0', async () => {
        const other = await server.site();
        await other.run('delete from mdl_logstore_standard_log');
        const { courses, notGiven } = await read(other.url);
        expect(courses).toEqual([]);
        expect(notGiven.map(({ curso, cause, issues }) => [curso, cause, issues.length])).toEqual([
          ['2', 'withheld', 1],
          ['3', 'withheld', 1],
        ]);
        expect(issuesOf(notGiven).map(({ message }) => message)).toEqual([
          expect.stringMatching(/registro de clics de Moodle está vacío/),
          expect.stringMatching(/registro de clics de Moodle está vacío/),
        ]);
      });

      it('a prefix in another case is read as the tables have it', async () => {
        expect(people(await read(site.url, { prefijo: 'MDL_' }))).toEqual(people(await read(site.url)));
        expect((await checkPermissions({ url: site.url, prefijo: 'Mdl_' })).missing).toEqual([]);
        await expect(checkPermissions({ url: site.url, prefijo: 'm_' })).rejects.toThrow(
          /«m_»; sí con «mdl_»/,
        );
        for (const [prefijo, says] of [
          ['mdl', /con el prefijo «mdl»; sí con «mdl_»/],
          ['', /sin prefijo; sí con «mdl_»/],
        ] as const)
          await expect(read(site.url, { prefijo })).rejects.toMatchObject({
            message: expect.stringMatching(says),
            fix: 'Escriba `prefijo: mdl_` en puente.yaml.',
          });
      });

      it('a role made without an archetype is told with its people, and is a student’s by its name', async () => {
        const other = await server.site();
        await other.insert('role', [{ id: 9, shortname: 'participantesence', archetype: '' }]);
        await other.run(
          'update mdl_role_assignments set roleid = 9 where contextid = 20 and userid in (5, 6)',
        );
        const without = await read(other.url);
        expect(people(without)[0]).toEqual(['CAP-26-01-13-0446-1', ['Carla', 'Darío (held)', 'Inés (held)']]);
        const told = without.courses[0]?.findings.map(({ message }) => message).join('\n');
        expect(told).toMatch(/2 personas .*«participantesence».*Ana.*Beto/);
        const reglas = { rolesAlumno: ['student', 'participantesence'] };
        expect(people(await read(other.url, { reglas }))).toEqual(people(await read(site.url)));
        await other.run("update mdl_role set archetype = '' where id = 5");
        const all = await read(other.url, {}, { courses: [{ curso: '2' }] });
        expect(all.courses.flatMap(({ students }) => students)).toEqual([]);
        expect(all.courses[0]?.findings.map(({ message }) => message).join('\n')).toMatch(/«participante»/);
      });

      it('reads who may reach an activity, and does without', async () => {
        const other = await server.site();
        await other.run(
          `update mdl_course_modules set availability = '{"op":"&","c":[{"type":"group","id":2}]}' where id = 107`,
        );
        await other.run(
          `update mdl_course_sections set availability = '{"op":"&","c":[{"type":"group","id":1}]}' where id = 21`,
        );
        const told = (reading: Reading) =>
          reading.courses.flatMap(({ findings }) => findings.map(({ message }) => message)).join('\n');
        // Ana has done 107; the group of course 2 shuts everybody out of course 3.
        expect(told(await read(other.url))).toMatch(
          /2 personas ya no pueden.*otro grupo: «Lectura 📹».*Darío/,
        );
        expect(told(await read(other.url))).toMatch(/«Clase final».*Julia/);
        const old = await server.site({
          without: ['course_modules.availability', 'course_sections.availability'],
        });
        expect(told(await read(old.url))).not.toMatch(/ya no puede/);
      });

      it('with the wrong prefix or a table missing say what is not seen', async () => {
        await expect(read(site.url, { prefijo: 'moodle_' })).rejects.toThrow(/«moodle_»; sí con «mdl_»/);
        const other = await server.site();
        await other.run('drop table mdl_role_assignments');
        await expect(read(other.url)).rejects.toMatchObject({
          name: 'SourceError',
          message: expect.stringContaining('mdl_role_assignments'),
        });
      });
    });

    describe('night after night', () => {
      it('gives what reading everything gives, also when the site deletes its log', async () => {
        const other = await server.site();
        const stateDir = await mkdtemp(join(tmpdir(), 'puente-moodle-'));
        const night = (at: Date, settings = {}) => read(other.url, settings, { at });
        const kept = { stateDir, clock: () => AT };
        expect((await night(AT, kept)).courses).toEqual((await night(AT)).courses);
        await other.insert(
          'logstore_standard_log',
          logRows([
            [26, 6, 2, 106, 800],
            [27, 6, 2, 107, 300],
          ]),
        );
        const second = await night(AT, kept);
        expect(second.courses).toEqual((await night(AT)).courses);
        const [beto] = second.courses[1]?.students ?? [];
        expect(beto?.alumno.tiempoConectividad).toBe(800);

        await other.run(`delete from mdl_logstore_standard_log where id < 23`);
        const [again] = (await night(AT, kept)).courses[1]?.students ?? [];
        expect(again?.alumno).toEqual(beto?.alumno);
        const told = (await night(AT, kept)).courses[1 - 1]?.findings
          .map(({ message }) => message)
          .join('\n');
        expect(told).toContain('no se pierde');
        await rm(stateDir, { recursive: true });
      });

      it('another site under the same address adds nothing to the time of the first', async () => {
        const stateDir = await mkdtemp(join(tmpdir(), 'puente-moodle-'));
        await read(site.url, { stateDir });
        const other = await server.site();
        await other.run('update mdl_course set timecreated = 5 where id = 1');
        await other.run('delete from mdl_logstore_standard_log where id <> 21');
        const { courses } = await read(other.url, { stateDir });
        expect(courses[2]?.students[0]?.alumno.tiempoConectividad).toBe(0);
        await rm(stateDir, { recursive: true });
      });
    });

    it('asks for many courses what it asks for one, query for query', async () => {
      const queries = (ids: number[], store: ClickStore | null): Promise<number> =>
        withSnapshot({ url: site.url }, undefined, async (db) => {
          const tables = await Tables.of(db, 'mdl_');
          const counting = new CountingDb(db);
          const asked = { at: AT, now: AT, rules: DEFAULT_RULES, store };
          expect(await readSnapshots(counting, tables, ids, asked)).toHaveLength(ids.length);
          return counting.count;
        });
      expect(await queries([2, 3, 4], null)).toBe(await queries([3], null));
      const stateDir = await mkdtemp(join(tmpdir(), 'puente-moodle-'));
      const store = new ClickStore(join(stateDir, 'clicks.sqlite'));
      const first = await queries([2, 3, 4], store);
      expect(first).toBe(await queries([3], new ClickStore(join(stateDir, 'other.sqlite'))));
      expect(await queries([2, 3, 4], store)).toBe(first);
      store.close();
      await rm(stateDir, { recursive: true });
    });

    it('two readings at once give what one gives, and so does the next', async () => {
      const stateDir = await mkdtemp(join(tmpdir(), 'puente-moodle-'));
      const source = moodleBdSource({ name: 'aula', url: site.url, stateDir });
      const request = (curso: string) => ({ at: AT, courses: [{ curso }] });
      const [two, three, both] = await Promise.all([
        source.read(request('2')),
        source.read(request('3')),
        source.read({ at: AT, courses: [{ curso: '2' }, { curso: '3' }] }),
      ]);
      expect([...two.courses, ...three.courses]).toEqual(both.courses);
      expect(both.courses.map(({ students }) => students)).toEqual(
        (await read(site.url)).courses.map(({ students }) => students),
      );
      expect((await source.read({ at: AT, courses: [{ curso: '2' }, { curso: '3' }] })).courses).toEqual(
        both.courses,
      );
      await source.close();
      await rm(stateDir, { recursive: true });
    });

    it('sees one moment however long it looks', async () => {
      const other = await server.site();
      await withSnapshot({ url: other.url }, undefined, async (db) => {
        const tables = await Tables.of(db, 'mdl_');
        const count = async () => (await db.rows(`select count(*) as n from ${tables.name('groups')}`))[0]?.n;
        const before = await count();
        await other.insert('groups', [{ id: 99, courseid: 2, name: 'Nuevo', idnumber: '' }]);
        expect(await count()).toBe(before);
        await expect(db.rows(`delete from ${tables.name('groups')}`)).rejects.toThrow(/read.only/i);
      });
    });

    describe('the account', () => {
      const database = (url: string): string => new URL(url).pathname.slice(1);
      const as = (url: string, user: string): string => {
        const address = new URL(url);
        [address.username, address.password] = [user, PASSWORD];
        return address.href;
      };

      it('made by the SQL that is printed reads all that is needed, and can do nothing else', async () => {
        const other = await server.site();
        const activityTypes = ['page', 'quiz', 'bigbluebuttonbn', 'label', 'subsection'];
        const base = database(other.url);
        const sql = permissionsSql({ kind: server.kind, database: base, user: 'lectora', activityTypes });
        for (const statement of sql.split('\n').filter((line) => !line.startsWith('--')))
          await other.run(statement);
        const url = as(other.url, 'lectora');
        expect((await read(url)).courses).toEqual((await read(other.url)).courses);
        expect(await checkPermissions({ url })).toMatchObject({
          missing: [],
          optional: [],
          unnamed: ['zoom'],
          writable: [],
        });
        await withSnapshot({ url }, undefined, async (db) => {
          await expect(db.rows('select password from mdl_user')).rejects.toThrow(/denied/i);
        });
      });

      it('that lacks something is told what, with the SQL that gives it', async () => {
        const other = await server.site();
        const full = permissionsSql({
          kind: server.kind,
          database: database(other.url),
          user: 'corta',
          activityTypes: ['page'],
        });
        const lines = full.split('\n').filter((line) => !line.startsWith('--'));
        for (const line of lines) if (!/mdl_groups_members|mdl_user_info/.test(line)) await other.run(line);
        const url = as(other.url, 'corta');
        await expect(read(url)).rejects.toThrow(/mdl_groups_members/);
        const check = await checkPermissions({ url });
        expect(check).toMatchObject({
          missing: ['mdl_groups_members'],
          optional: ['mdl_user_info_field', 'mdl_user_info_data'],
          unnamed: ['bigbluebuttonbn', 'label', 'quiz', 'subsection', 'zoom'],
        });
        expect(check.sql).toMatch(/GRANT SELECT \(.groupid., .userid.\) ON .*mdl_groups_members/);
        expect(check.sql).not.toMatch(/CREATE|mdl_course|mdl_page/);
        for (const statement of check.sql.split('\n').filter((line) => !/^--|zoom/.test(line)))
          await other.run(statement);
        expect(await checkPermissions({ url })).toMatchObject({
          missing: [],
          optional: [],
          unnamed: ['zoom'],
        });
        await read(url);
      });

      it('that can write is told so', async () => {
        expect((await checkPermissions({ url: site.url })).writable).not.toEqual([]);
      });
    });

    describe('a database that fails', () => {
      const at = (change: (url: URL) => void): string => {
        const url = new URL(site.url);
        change(url);
        return url.href;
      };
      const failure = async (url: string): Promise<SourceError> => {
        const error = await read(url).catch((reason: unknown) => reason);
        if (error instanceof SourceError) return error;
        throw error;
      };

      it('is told in words, never with the password', async () => {
        const closed = at((url) => {
          url.port = '9';
          url.password = 'secretísima';
        });
        const dead = await failure(closed);
        expect(dead).toMatchObject({ kind: 'down', message: expect.stringContaining('127.0.0.1:9') });
        expect(`${dead.message} ${dead.fix}`).not.toMatch(/secret/);
        const other = await failure(
          at((url) => {
            url.pathname = '/no_existe';
          }),
        );
        expect(other).toMatchObject({ kind: 'wrong', message: expect.stringContaining('no_existe') });
      });

      it('without encryption is not read where encryption was asked for', async () => {
        await expect(read(site.url, { tls: true })).rejects.toMatchObject({
          kind: 'wrong',
          message: expect.stringContaining('cifrada'),
        });
      });

      it('that hangs up in the middle is down', async () => {
        const rude = createServer((socket) => {
          socket.on('error', () => undefined);
          socket.once('data', () => socket.destroy());
          if (server.kind === 'mysql') socket.destroy();
        });
        await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
        const address = rude.address();
        const port = typeof address === 'object' && address ? address.port : 0;
        expect((await failure(at((url) => (url.port = String(port))))).kind).toBe('down');
        await new Promise((resolve) => rude.close(resolve));
      });

      it('that cuts the connection in the middle is down', async () => {
        const [id, kill] =
          server.kind === 'mysql'
            ? ['connection_id()', (pid: unknown) => `kill ${pid}`]
            : ['pg_backend_pid()', (pid: unknown) => `select pg_terminate_backend(${pid})`];
        const cut = withSnapshot({ url: site.url }, undefined, async (db) => {
          const [row] = await db.rows(`select ${id} as pid`);
          await site.run(kill(row?.pid));
          for (;;) await db.rows('select 1 as still_there');
        });
        await expect(cut).rejects.toMatchObject({ kind: 'down', message: expect.stringContaining('cortó') });
      });

      it('that changes its tables meanwhile is down: Moodle is being upgraded', async () => {
        const other = await server.site();
        const error = await withSnapshot({ url: other.url }, undefined, (db) =>
          db.rows('select nada from mdl_course'),
        ).catch((reason: unknown) => reason);
        expect(error).toMatchObject({ kind: 'down', message: expect.stringContaining('actualizando') });
      });
    });

    sourceContract(`moodle-bd on ${name}`, () => ({
      open: () => moodleBdSource({ name: 'aula', url: site.url, sitio: 'https://aula.example.cl' }),
      dead: () => {
        const url = new URL(site.url);
        url.port = '9';
        return moodleBdSource({ name: 'aula', url: url.href });
      },
      at: AT,
    }));
  });
}

describe('an address', () => {
  it.each([
    'mariadb://u:100%secreta@equipo/moodle',
    'mariadb://u:secreta#ve@1/2@equipo/moodle',
    'mariadb://u:12/secreta@equipo/moodle',
    'mariadb://u:12?secreta@equipo/moodle',
    'mariadb://u:secreta@equipo/moo%dle',
  ])('%j says which signs are written how', (url) => {
    expect(() => moodleBdSource({ name: 'aula', url })).toThrow(
      expect.objectContaining({ name: 'SourceError', fix: expect.stringMatching(/% es %25, # es %23/) }),
    );
    expect(() => moodleBdSource({ name: 'aula', url })).not.toThrow(/secreta/);
  });

  it.each(['', 'aula.example.cl', 'http://aula.example.cl/moodle', 'mysql://u:secreta@equipo'])(
    '%j is no database',
    (url) => {
      expect(() => moodleBdSource({ name: 'aula', url })).toThrow(SourceError);
      expect(() => moodleBdSource({ name: 'aula', url })).not.toThrow(/secreta/);
    },
  );
});
