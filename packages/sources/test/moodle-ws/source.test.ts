import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeWindows1252 } from '../../src/archivo/decode.ts';
import { LogShelf } from '../../src/moodle/ws/csv-shelf.ts';
import type { MoodleWsSettings } from '../../src/moodle/ws/settings.ts';
import { moodleWsSource } from '../../src/moodle/ws/source.ts';
import { issuesOf, type Reading, SourceError, type StudentTree } from '../../src/source.ts';
import { sourceContract } from '../contract.ts';
import { courseLog, siteLog } from './log-csv.ts';
import { type Lacks, moodleOf, refusal } from './moodle.ts';
import { type Call, moodleServer, type Reply } from './server.ts';
import { NOW } from './site.ts';

const closers: (() => Promise<void>)[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-ws-'));
  await writeFile(join(folder, 'a.csv'), courseLog(2));
  await writeFile(join(folder, 'b.csv'), courseLog(3));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

async function site(
  answer: (call: Call) => Reply | Promise<Reply> | 'hang up',
  settings: Partial<MoodleWsSettings> = {},
) {
  const server = await moodleServer(answer);
  closers.push(server.close);
  const open = () => {
    const source = moodleWsSource({
      name: 'aula',
      url: server.url,
      token: 'f00d',
      tiempo: { csv: folder },
      pauses: [],
      ...settings,
    });
    closers.push(() => source.close());
    return source;
  };
  return { server, open };
}

async function read(lacks: Lacks = {}, settings: Partial<MoodleWsSettings> = {}): Promise<Reading> {
  const { open } = await site(moodleOf(lacks), settings);
  return open().read({ at: NOW });
}

const everyone = ({ courses }: Reading): StudentTree[] => courses.flatMap(({ students }) => students);
const messages = ({ courses, notGiven, findings }: Reading): string =>
  [...findings, ...issuesOf(notGiven), ...courses.flatMap((course) => course.findings)]
    .map(({ message }) => message)
    .join('\n');
const student = (reading: Reading, oferta: string, name: string): StudentTree => {
  const trees = reading.courses.filter(({ codigoOferta }) => codigoOferta === oferta);
  const found = trees.flatMap(({ students }) => students).find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not in ${oferta}`);
  return found;
};

sourceContract('moodle-ws', async () => {
  const logs = await mkdtemp(join(tmpdir(), 'puente-ws-'));
  await writeFile(join(logs, 'a.csv'), courseLog(2));
  await writeFile(join(logs, 'b.csv'), courseLog(3));
  const server = await moodleServer(moodleOf());
  const gone = await moodleServer(moodleOf());
  await gone.close();
  const settings = { name: 'aula', token: 'f00d', tiempo: { csv: logs }, pauses: [] };
  return {
    open: () => moodleWsSource({ ...settings, url: server.url }),
    dead: () => moodleWsSource({ ...settings, url: gone.url }),
    at: NOW,
    dispose: async () => {
      await server.close();
      await rm(logs, { recursive: true, force: true });
    },
  };
});

describe('a reading', () => {
  it('has a tree per SENCE group, by the grouping', async () => {
    const reading = await read();
    expect(
      reading.courses.map(({ codigoOferta, codigoGrupo, students }) => [
        codigoOferta,
        codigoGrupo,
        students.length,
      ]),
    ).toEqual([
      ['CAP-30-01', 'Sección A', 4],
      ['CAP-30-01', 'Sección B', 2],
      ['CAP-30-02', 'CAP-30-02', 2],
    ]);
    expect(reading.courses[0]?.title).toBe('Atención & ventas');
  });

  it('gives names as stored, in one language, cut at 50', async () => {
    const modules = student(await read(), 'CAP-30-01', 'Ana Muñoz').alumno.listaModulos ?? [];
    const names = modules
      .flatMap(({ listaActividades }) => listaActividades ?? [])
      .map((one) => one.codigoActividad);
    expect(names).toEqual([
      'Lectura & saludo',
      'Prueba <1>',
      'Clase en vivo 📹',
      'Control 2',
      'Tarea larga: muy muy muy muy muy muy muy muy muy m',
    ]);
  });

  it('tells what each module is made of, whole names and kinds in Spanish', async () => {
    const [first, second, third] = (await read()).courses;
    expect(second?.modules).toEqual(first?.modules);
    expect(first?.judging).toEqual({
      ...{ avanceAprobacion: 99, notaAprobacion: 59, minutosEntreClics: 45, exigencia: null },
    });
    expect(first?.modules?.map(({ codigoModulo, title }) => [codigoModulo, title])).toEqual([
      ['MO-00099001-M1', 'Módulo 1: Señas & saludo'],
      ['MO-00099001-M2', 'MO-00099001-M2'],
    ]);
    const one = { required: true, synchronous: false };
    expect(first?.modules?.[0]?.activities).toEqual([
      { ...one, name: 'Lectura & saludo', type: 'página' },
      { ...one, name: 'Prueba <1>', type: 'cuestionario' },
      { ...one, name: 'Clase en vivo 📹', type: 'clase en BigBlueButton', synchronous: true },
    ]);
    expect(first?.modules?.[1]?.activities[1]?.name.length).toBeGreaterThan(50);
    expect(third?.modules?.map(({ activities }) => activities.length)).toEqual([3]);
  });

  it('knows both meanings of a failing grade, and each student’s own range', async () => {
    const reading = await read();
    const ana = student(reading, 'CAP-30-01', 'Ana Muñoz').alumno;
    // A pass is asked for in the first module, any grade will do in the second.
    expect(ana.listaModulos?.map(({ porcentajeAvance, estado }) => [porcentajeAvance, estado])).toEqual([
      [67, 1],
      [100, 2],
    ]);
    expect(ana.evaluacionFinal).toBe(63);
    expect(student(reading, 'CAP-30-02', 'Ana Muñoz').alumno).toMatchObject({ evaluacionFinal: 60 });
  });

  it('asks for nobody’s progress who is not an active student', async () => {
    const { server, open } = await site(moodleOf());
    await open().read({ at: NOW });
    const asked = server.calls.filter(({ wsfunction }) => wsfunction.includes('get_activities_completion'));
    const ids = asked.map(({ fields }) => `${fields.get('courseid')} ${fields.get('userid')}`);
    expect(ids.sort()).toEqual(['2 31', '2 32', '2 33', '2 34', '2 37', '2 39', '3 31', '3 38']);
    expect(server.calls.every(({ wsfunction }) => /_get_|_retrieve_/.test(wsfunction))).toBe(true);
  });

  it('says that enrolment dates are not known, and takes them from a report', async () => {
    const without = await read();
    expect(messages(without)).toMatch(/no entregan las fechas de inscripción/);
    expect(student(without, 'CAP-30-01', "Beto O'Higgins").alumno).toMatchObject({
      fechaInicio: '2026-04-13',
      fechaFin: '2026-06-05',
    });
    const reported = await read({}, { informeInscripciones: 2 });
    expect(messages(reported)).not.toMatch(/fechas de inscripción/);
    expect(student(reported, 'CAP-30-01', "Beto O'Higgins").alumno).toMatchObject({
      fechaInicio: '2026-04-20',
      fechaFin: '2026-05-29',
    });
    // "Time started" shows the creation of an enrolment without a start: that is none.
    expect(student(reported, 'CAP-30-01', 'Ana Muñoz').alumno).toMatchObject({ fechaInicio: '2026-04-13' });
  });
});

describe('time spent', () => {
  it('is refused where nobody said where it comes from, and not needed to list and examine', async () => {
    const { open } = await site(moodleOf());
    const source = moodleWsSource({ name: 'aula', url: (await site(moodleOf())).server.url, token: 'x' });
    closers.push(() => source.close());
    await expect(source.read({ at: NOW })).rejects.toMatchObject({
      kind: 'wrong',
      message: expect.stringMatching(/no lo inventa/),
    });
    expect(await open().listCourses()).toHaveLength(2);
    expect((await source.examine({ at: NOW })).snapshots).toHaveLength(2);
  });

  it('comes from a log download to the second, by module', async () => {
    const reading = await read();
    const ana = student(reading, 'CAP-30-01', 'Ana Muñoz').alumno;
    // 2700 counts, 2701 does not; the last minute belongs to no module.
    expect(ana.tiempoConectividad).toBe(2700 + 599 + 60);
    expect(ana.listaModulos?.map((modulo) => modulo.tiempoConectividad)).toEqual([2700, 599]);
    const beto = student(reading, 'CAP-30-01', "Beto O'Higgins").alumno;
    expect(beto.tiempoConectividad).toBe(1830 + 570 + 60);
    expect(beto.listaModulos?.map((modulo) => modulo.tiempoConectividad)).toEqual([1830, 570]);
  });

  it('comes from one download of the whole site as from one of each course', async () => {
    const whole = join(folder, 'site.csv');
    await writeFile(whole, siteLog());
    const times = (reading: Reading) =>
      everyone(reading).map(({ alumno }) => [
        alumno.tiempoConectividad,
        alumno.listaModulos?.map((one) => one.tiempoConectividad),
      ]);
    expect(times(await read({}, { tiempo: { csv: whole } }))).toEqual(times(await read()));
  });

  it('of a report is the whole course in minutes, and says so', async () => {
    const reading = await read({}, { tiempo: { informe: 1 } });
    expect(student(reading, 'CAP-30-01', 'Ana Muñoz').alumno.tiempoConectividad).toBe(115 * 60);
    expect(student(reading, 'CAP-30-02', 'Ana Muñoz').alumno.tiempoConectividad).toBe(30 * 60);
    expect(messages(reading)).toMatch(/redondeado a minutos/);
    expect(messages(reading)).toMatch(/solo se conoce el tiempo total/);
  });

  it('is not known, never 0, of a course that the log does not hold', async () => {
    await rm(join(folder, 'b.csv'));
    const reading = await read();
    expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).not.toContain('CAP-30-02');
    expect(reading.notGiven).toMatchObject([{ curso: '3', cause: 'withheld' }]);
    expect(messages(reading).match(/Ningún archivo de registros trae el curso «CAP-30-02»/g)).toHaveLength(1);
  });

  it.each([
    ['the code page of Windows', (text: string) => encodeWindows1252(text)],
    ['UTF-8', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('a log saved again by Excel in %s is read by its one separator', async (_, encode) => {
    const original = await read();
    for (const [name, course] of [
      ['a.csv', 2],
      ['b.csv', 3],
    ] as const)
      await writeFile(join(folder, name), encode(asExcel(courseLog(course))));
    const reading = await read();
    expect(messages(reading)).not.toMatch(/no dicen quién/);
    expect(messages(reading)).toMatch(/redondeado a minutos/);
    const minutes = (one: Reading) =>
      everyone(one).map(({ alumno }) => Math.round(Number(alumno.tiempoConectividad) / 60 / 3));
    // Without its seconds Ana's pause of 2701 is one of 2700.
    expect(minutes(reading).slice(1)).toEqual(minutes(original).slice(1));
  });

  it('a log saved again by Excel of Chile, with hyphens in its dates, is read', async () => {
    const hyphens = (text: string) => text.replace(/^(\d\d)\/(\d\d)\/(\d{4})/gm, '$1-$2-$3');
    await writeFile(join(folder, 'a.csv'), hyphens(asExcel(courseLog(2))));
    const reading = await read();
    expect(reading.notGiven).toEqual([]);
    expect(student(reading, 'CAP-30-01', "Beto O'Higgins").alumno.tiempoConectividad).toBeGreaterThan(2000);
  });

  it.each([
    [
      'whose dates nobody understands',
      (text: string) => text.replace(/\d\d\/\d\d\/\d\d, /g, 'ayer, '),
      /la primera dice «ayer, /,
    ],
    [
      'whose descriptions were translated',
      (text: string) => text.replaceAll('The user', 'El usuario'),
      /ninguna fila dice quién/,
    ],
    ['that is cut', (text: string) => text.slice(0, -30), /termina a medias/],
  ])('a log %s is told as such, not as one that lacks the course', async (_, spoil, says) => {
    await writeFile(join(folder, 'a.csv'), spoil(courseLog(2)));
    const reading = await read();
    expect(reading.notGiven).toMatchObject([{ curso: '2', cause: 'withheld' }]);
    expect(messages(reading)).toMatch(says);
    expect(messages(reading)).not.toMatch(/Ningún archivo/);
  });

  it('a log of which Excel changed some dates and left others is refused', async () => {
    const [head = '', first = '', ...rest] = courseLog(2).split('\n');
    const changed = first.replace(/(\d\d\/\d\d\/)(\d\d), (\d\d:\d\d):\d\d/, '$120$2 $3');
    await writeFile(join(folder, 'a.csv'), [head, changed, ...rest].join('\n'));
    await expect(read({}, { tiempo: { csv: join(folder, 'a.csv') } })).rejects.toThrow(
      /a\.csv trae fechas escritas de dos maneras/,
    );
    const reading = await read();
    expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).toEqual(['CAP-30-02']);
    expect(reading.notGiven).toMatchObject([{ curso: '2', cause: 'withheld' }]);
    expect(messages(reading)).toMatch(/a\.csv trae fechas .* Trae tiempo del curso «CAP-30-01»/);
  });

  describe('beside a file of which nobody knows what it holds', () => {
    const broken = 'roto.csv';
    beforeEach(() => writeFile(join(folder, broken), 'a,b\n1,2\n'));

    const morning = async () => {
      const { open } = await site(moodleOf());
      return open().read({ at: new Date('2026-05-05T08:00:00-04:00') });
    };

    it('is sent of a course whose own download reaches from its beginning to now; the other names the file', async () => {
      const reading = await morning();
      expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).toEqual(['CAP-30-02']);
      expect(reading.notGiven).toMatchObject([{ curso: '2', cause: 'withheld' }]);
      expect(messages(reading)).toMatch(/roto\.csv.* Puede traer tiempo del curso «CAP-30-01»/);
      await rm(join(folder, broken));
      expect((await morning()).notGiven).toEqual([]);
    });

    it('is sent of all where one whole download has all, and the file is told once', async () => {
      await writeFile(join(folder, 'c.csv'), siteLog());
      const reading = await morning();
      expect(reading.notGiven).toEqual([]);
      expect(messages(reading).match(/roto\.csv.* están completos sin él/g)).toHaveLength(1);
    });
  });

  it.each([
    ['no-such-folder', /No existe/],
    ['empty', /no hay archivos .csv/],
    ['other.csv', /falta la columna|faltan las columnas/],
  ])('refuses what is no log: %s', async (name, says) => {
    await mkdir(join(folder, 'empty'));
    await writeFile(join(folder, 'other.csv'), 'a,b\n1,2\n');
    const failure = read({}, { tiempo: { csv: join(folder, name) } });
    await expect(failure).rejects.toThrow(says);
    await expect(failure).rejects.toBeInstanceOf(SourceError);
  });
});

describe('a permission whose absence Moodle does not tell', () => {
  it.each(['quiz', 'page'])('mod/%s:view: the course is not read', async (type) => {
    const reading = await read({ capabilities: [`mod/${type}:view`] });
    expect(reading.courses).toEqual([]);
    expect(messages(reading)).toMatch(/no ve todas las actividades del curso «CAP-30-01»/);
    expect(messages(reading)).toMatch(/no ve todas las actividades del curso «CAP-30-02»/);
    expect(reading.notGiven.map(({ curso, cause }) => [curso, cause])).toEqual([
      ['2', 'withheld'],
      ['3', 'withheld'],
    ]);
  });

  it('mod/quiz:view, without completion criteria: the gradebook tells', async () => {
    const functions = ['core_completion_get_course_completion_status'];
    const reading = await read({ capabilities: ['mod/quiz:view'], functions });
    expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).not.toContain('CAP-30-01');
    expect(messages(reading)).toMatch(/no ve todas las actividades del curso «CAP-30-01» \(.*«Prueba <1>»/);
  });

  it('moodle/grade:viewhidden: told', async () => {
    const reading = await read({ capabilities: ['moodle/grade:viewhidden'] });
    expect(messages(reading)).toMatch(/tiene ítems que el usuario del servicio no ve: «Nota interna»/);
  });

  it('moodle/site:accessallgroups: the others’ grades are asked one by one', async () => {
    const reading = await read({ capabilities: ['moodle/site:accessallgroups'] });
    expect(messages(reading)).toMatch(/no entregó de una vez las notas de 2 estudiantes/);
    expect(everyone(reading).map(({ alumno }) => alumno.evaluacionFinal)).toEqual(
      everyone(await read()).map(({ alumno }) => alumno.evaluacionFinal),
    );
  });
});

describe('a service that lacks functions', () => {
  it('is refused with the names of those that are needed', async () => {
    const functions = ['core_group_get_course_groups', 'gradereport_user_get_grade_items'];
    await expect(read({ functions })).rejects.toThrow(
      /faltan funciones: core_group_get_course_groups, gradereport_user_get_grade_items/,
    );
  });

  it('is read without the others, and told what is lost', async () => {
    const reading = await read({ functions: ['core_group_get_groupings', 'core_user_get_users_by_field'] });
    expect(messages(reading)).toMatch(/core_group_get_groupings/);
    expect(messages(reading)).toMatch(/Moodle no dice si .* cuentas están suspendidas/);
  });

  it('says once for all courses what a missing function costs', async () => {
    const reading = await read({ functions: ['core_user_get_users_by_field', 'core_group_get_groupings'] });
    for (const name of ['core_user_get_users_by_field', 'core_group_get_groupings'])
      expect(messages(reading).match(new RegExp(name, 'g'))).toHaveLength(1);
    expect(messages(reading)).toMatch(
      /core_group_get_groupings.*quien esté en otro queda retenido.*«CAP-30-01»/,
    );
    expect(messages(reading)).toMatch(/core_user_get_users_by_field.*los cursos «CAP-30-01» y «CAP-30-02»/);
  });

  it('finds the category names by the items where there is no tree', async () => {
    const reading = await read({
      functions: ['core_grades_get_grade_tree', 'gradereport_user_get_grades_table'],
    });
    expect(
      student(reading, 'CAP-30-01', 'Ana Muñoz').alumno.listaModulos?.map(({ notaModulo }) => notaModulo),
    ).toEqual([48, 70]);
  });
});

describe('a course that Moodle does not let in', () => {
  const closed = (courses: string[]) => (call: Call) =>
    courses.includes(call.fields.get('courseid') ?? '') ? refusal('requireloginerror') : moodleOf()(call);

  it('is told, and the others are read', async () => {
    const { open } = await site(closed(['2']));
    const reading = await open().read({ at: NOW });
    expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).toEqual(['CAP-30-02']);
    expect(reading.notGiven).toMatchObject([{ asked: null, cause: 'down' }]);
    expect(issuesOf(reading.notGiven)).toMatchObject([
      { severity: 'error', message: expect.stringMatching(/«CAP-30-01» no se pudo leer.*no puede entrar/) },
    ]);
  });

  it('is told alone when nothing else was asked for', async () => {
    const { open } = await site(closed(['2']));
    const reading = await open().read({ at: NOW, courses: [{ curso: 'CAP-30-01' }] });
    expect(reading).toMatchObject({ courses: [], notGiven: [{ curso: 'CAP-30-01', cause: 'down' }] });
  });

  it('nor with an answer that is none, or a database that fails: the others are read', async () => {
    for (const [body, cause] of [
      [[{ id: 'x' }], 'unreadable'],
      [{ exception: 'x', errorcode: 'dmlreadexception' }, 'down'],
    ]) {
      const { open } = await site((call) =>
        call.wsfunction === 'core_course_get_contents' && call.fields.get('courseid') === '3'
          ? { body }
          : moodleOf()(call),
      );
      const reading = await open().read({ at: NOW });
      expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).toEqual(['CAP-30-01', 'CAP-30-01']);
      expect(reading.notGiven).toMatchObject([{ curso: '3', cause }]);
    }
  });

  it('is the site’s failure when it is so with all of them', async () => {
    const { open } = await site(closed(['2', '3']));
    await expect(open().read({ at: NOW })).rejects.toMatchObject({ errorcode: 'requireloginerror' });
  });
});

it('says how a figure of a student came about, without clicks', async () => {
  const { open } = await site(moodleOf());
  const explanation = await open().explain({
    rut: '41.000.111-k',
    at: NOW,
    courses: [{ curso: 'CAP-30-01' }],
  });
  expect(explanation).toMatchObject({ rut: '41000111-K', progress: { done: 4, required: 5 }, days: null });
  expect(await open().explain({ rut: '9445435-2', at: NOW })).toBeNull();
});

describe('a cut', () => {
  it('does not begin from zero: students already read are not asked again', async () => {
    let failing = true;
    const whole = moodleOf();
    const { server, open } = await site(
      (call) =>
        failing && call.wsfunction.includes('get_activities_completion') && call.fields.get('userid') === '37'
          ? refusal('dbconnectionfailed')
          : whole(call),
      { stateDir: join(folder, 'state') },
    );
    await expect(open().read({ at: NOW })).rejects.toMatchObject({ kind: 'down' });
    const before = server.calls.length;
    failing = false;
    const resumed = await open().read({ at: NOW });
    const asked = server.calls
      .slice(before)
      .filter(({ wsfunction }) => wsfunction.includes('get_activities_completion'));
    expect(asked.map(({ fields }) => `${fields.get('courseid')} ${fields.get('userid')}`)).not.toContain(
      '2 31',
    );
    expect(resumed).toEqual(await read().then((reading) => withSite(reading, resumed)));
    const again = server.calls.length;
    await open().read({ at: NOW });
    // A reading that came to its end is not kept: the next one asks for everybody.
    expect(
      server.calls.slice(again).filter(({ wsfunction }) => wsfunction.includes('get_activities_completion')),
    ).toHaveLength(8);
  });
});

it('names who has a role of the site’s own, although others are students', async () => {
  const { open } = await site((call) => {
    const reply = moodleOf()(call);
    if (call.wsfunction !== 'core_enrol_get_enrolled_users' || call.fields.get('courseid') !== '2')
      return reply;
    const people = JSON.parse(String(reply.body)) as { id: number; roles: { shortname: string }[] }[];
    for (const { id, roles } of people) if (id === 31) for (const role of roles) role.shortname = 'becario';
    return { body: people };
  });
  const reading = await open().read({ at: NOW });
  expect(messages(reading)).toMatch(/una persona inscrita con el rol «becario».*«Ana Muñoz/);
  const pages = reading.courses
    .filter(({ id }) => id === '2')
    .flatMap(({ students }) => students.map(({ place }) => place?.url));
  expect(pages.filter((page) => page?.includes('id=31&'))).toEqual([]);
  expect(pages.length).toBeGreaterThan(0);
});

describe('two readings at once', () => {
  it('leave each other what a cut needs: one that ends forgets nothing of the other’s course', async () => {
    const whole = moodleOf();
    let failing = true;
    let reached: () => void = () => undefined;
    let release: () => void = () => undefined;
    const atLast = new Promise<void>((resolve) => (reached = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    const isLast = ({ wsfunction, fields }: Call): boolean =>
      wsfunction.includes('get_activities_completion') &&
      fields.get('courseid') === '3' &&
      fields.get('userid') === '38';
    const { server, open } = await site(
      async (call) => {
        if (!failing || !isLast(call)) return whole(call);
        reached();
        await gate;
        return refusal('dbconnectionfailed');
      },
      { stateDir: join(folder, 'state') },
    );
    const source = open();
    const cut = source.read({ at: NOW, courses: [{ curso: '3' }] }).catch((error: unknown) => error);
    await atLast;
    const other = await source.read({ at: NOW, courses: [{ curso: '2' }] });
    expect(other.courses).toHaveLength(2);
    release();
    expect(await cut).toMatchObject({ kind: 'down' });
    failing = false;
    const before = server.calls.length;
    for (const again of [source, open()]) {
      expect((await again.read({ at: NOW, courses: [{ curso: '3' }] })).courses).toHaveLength(1);
      if (again === source) {
        const asked = server.calls
          .slice(before)
          .filter(({ wsfunction }) => wsfunction.includes('get_activities_completion'));
        expect(asked.map(({ fields }) => fields.get('userid'))).toEqual(['38']);
      }
    }
  });

  it('of the same course: the one that ends leaves the other what it was given', async () => {
    const whole = moodleOf();
    let held = false;
    let reached: () => void = () => undefined;
    let release: () => void = () => undefined;
    const atLast = new Promise<void>((resolve) => (reached = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    const isCompletion = ({ wsfunction }: Call): boolean => wsfunction.includes('get_activities_completion');
    const { server, open } = await site(async (call) => {
      if (held || !isCompletion(call) || call.fields.get('userid') !== '38') return whole(call);
      held = true;
      reached();
      await gate;
      return refusal('dbconnectionfailed');
    });
    const source = open();
    const request = { at: NOW, courses: [{ curso: '3' }] };
    const cut = source.read(request).catch((error: unknown) => error);
    await atLast;
    expect((await source.read(request)).courses).toHaveLength(1);
    release();
    expect(await cut).toMatchObject({ kind: 'down' });
    const before = server.calls.length;
    await source.read(request);
    // What the second reading was told is kept for the first, which was cut.
    expect(server.calls.slice(before).filter(isCompletion)).toEqual([]);
    await source.read(request);
    expect(server.calls.slice(before).filter(isCompletion)).toHaveLength(2);
  });

  it('of the same course both have everything', async () => {
    const { open } = await site(moodleOf());
    const source = open();
    const [one, two] = await Promise.all([source.read({ at: NOW }), source.read({ at: NOW })]);
    expect(one).toEqual(two);
    expect(one.courses).toHaveLength(3);
  });

  it('hold the log files once, and read them anew when all is over', async () => {
    const shelf = new LogShelf();
    const { signal } = new AbortController();
    const gone = new AbortController();
    const files = () => shelf.use(folder, signal, (held) => held);
    const given = shelf.use(folder, gone.signal, (held) => held).catch((error: unknown) => error);
    gone.abort(new Error('given up'));
    const [one, two] = await Promise.all([files(), files()]);
    expect(one).toBe(two);
    expect(await given).toMatchObject({ message: 'given up' });
    expect(one.files).toHaveLength(2);
    await rm(join(folder, 'b.csv'));
    expect((await files()).files).toHaveLength(1);
    await expect(shelf.use(join(folder, 'none'), signal, (held) => held)).rejects.toBeInstanceOf(SourceError);
  });
});

it('text beside the data is read past and told once, with who writes it and nothing else of it', async () => {
  const { open } = await site((call) => {
    const { body } = moodleOf()(call);
    const json = typeof body === 'string' ? body : JSON.stringify(body);
    return { body: `\ufeff${json}\ndataflow/3.DEBUG: shutdown of Ana Muñoz [] []\n` };
  });
  const reading = await open().read({ at: NOW });
  expect(reading.courses).toHaveLength(3);
  const told = messages(reading);
  expect(told.match(/texto de más/g)).toHaveLength(1);
  expect(told).toMatch(/lo escribe dataflow\/3.DEBUG:?\)/);
  expect(told).not.toMatch(/Muñoz/);
});

it('text beside the data is told with a failure too', async () => {
  const { open } = await site((call) => {
    const { body } = moodleOf({ functions: ['core_group_get_course_groups'] })(call);
    const json = typeof body === 'string' ? body : JSON.stringify(body);
    return { body: `${json}<br />\n<b>Warning</b>: x in <b>/var/www/local/mal.php</b> on line <b>3</b>` };
  });
  await expect(open().read({ at: NOW })).rejects.toMatchObject({
    message: expect.stringMatching(/core_group_get_course_groups/),
    fix: expect.stringMatching(/Además: .*texto de más.*lo escribe \/var\/www\/local\/mal\.php/),
  });
});

/** As Excel in Spanish saves a log that it opened: its own separator, quotes only where needed, dates in its form. */
function asExcel(log: string): string {
  const [head = '', ...lines] = log
    .replace(/^\ufeff/, '')
    .trim()
    .split('\n');
  const rows = [
    head.replaceAll('"', '').split(','),
    ...lines.map((line) => JSON.parse(`[${line.replaceAll('""', '\\"')}]`)),
  ];
  const cell = (text: string): string =>
    text
      .replace(/^(\d\d\/\d\d\/)(\d\d), (\d\d:\d\d):\d\d$/, '$120$2 $3')
      .replaceAll('Curso: X', 'Curso: Excel, básico');
  return `${rows.map((row: string[]) => row.map((text) => (text.includes('"') ? `"${cell(text).replaceAll('"', '""')}"` : cell(text))).join(';')).join('\r\n')}\r\n`;
}

/** Two servers have two addresses. */
function withSite(reading: Reading, other: Reading): Reading {
  const addressOf = (one: Reading): string => new URL(one.courses[0]?.url ?? '').origin;
  return JSON.parse(JSON.stringify(reading).replaceAll(addressOf(reading), addressOf(other)));
}
