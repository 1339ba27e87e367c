import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moodleWsSource } from '../../src/moodle/ws/source.ts';
import { issuesOf } from '../../src/source.ts';
import { sourceContract } from '../contract.ts';
import { courseLog } from './log-csv.ts';
import { moodleOf, refusal } from './moodle.ts';
import { everyone, messages, student, useSite } from './reading.ts';
import { type Call, moodleServer } from './server.ts';
import { NOW } from './site.ts';

const aula = useSite();

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
    const reading = await aula.read();
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
    const modules = student(await aula.read(), 'CAP-30-01', 'Ana Muñoz').alumno.listaModulos ?? [];
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
    const [first, second, third] = (await aula.read()).courses;
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
    const reading = await aula.read();
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
    const { server, open } = await aula.site(moodleOf());
    await open().read({ at: NOW });
    const asked = server.calls.filter(({ wsfunction }) => wsfunction.includes('get_activities_completion'));
    const ids = asked.map(({ fields }) => `${fields.get('courseid')} ${fields.get('userid')}`);
    expect(ids.sort()).toEqual(['2 31', '2 32', '2 33', '2 34', '2 37', '2 39', '3 31', '3 38']);
    expect(server.calls.every(({ wsfunction }) => /_get_|_retrieve_/.test(wsfunction))).toBe(true);
  });

  it('says that enrolment dates are not known, and takes them from a report', async () => {
    const without = await aula.read();
    expect(messages(without)).toMatch(/no entregan las fechas de inscripción/);
    expect(student(without, 'CAP-30-01', "Beto O'Higgins").alumno).toMatchObject({
      fechaInicio: '2026-04-13',
      fechaFin: '2026-06-05',
    });
    const reported = await aula.read({}, { informeInscripciones: 2 });
    expect(messages(reported)).not.toMatch(/fechas de inscripción/);
    expect(student(reported, 'CAP-30-01', "Beto O'Higgins").alumno).toMatchObject({
      fechaInicio: '2026-04-20',
      fechaFin: '2026-05-29',
    });
    // "Time started" shows the creation of an enrolment without a start: that is none.
    expect(student(reported, 'CAP-30-01', 'Ana Muñoz').alumno).toMatchObject({ fechaInicio: '2026-04-13' });
  });
});

describe('a permission whose absence Moodle does not tell', () => {
  it.each(['quiz', 'page'])('mod/%s:view: the course is not read', async (type) => {
    const reading = await aula.read({ capabilities: [`mod/${type}:view`] });
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
    const reading = await aula.read({ capabilities: ['mod/quiz:view'], functions });
    expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).not.toContain('CAP-30-01');
    expect(messages(reading)).toMatch(/no ve todas las actividades del curso «CAP-30-01» \(.*«Prueba <1>»/);
  });

  it('moodle/grade:viewhidden: told', async () => {
    const reading = await aula.read({ capabilities: ['moodle/grade:viewhidden'] });
    expect(messages(reading)).toMatch(/tiene ítems que el usuario del servicio no ve: «Nota interna»/);
  });

  it('moodle/site:accessallgroups: the others’ grades are asked one by one', async () => {
    const reading = await aula.read({ capabilities: ['moodle/site:accessallgroups'] });
    expect(messages(reading)).toMatch(/no entregó de una vez las notas de 2 estudiantes/);
    expect(everyone(reading).map(({ alumno }) => alumno.evaluacionFinal)).toEqual(
      everyone(await aula.read()).map(({ alumno }) => alumno.evaluacionFinal),
    );
  });
});

describe('a service that lacks functions', () => {
  it('is refused with the names of those that are needed', async () => {
    const functions = ['core_group_get_course_groups', 'gradereport_user_get_grade_items'];
    await expect(aula.read({ functions })).rejects.toThrow(
      /faltan funciones: core_group_get_course_groups, gradereport_user_get_grade_items/,
    );
  });

  it('is read without the others, and told what is lost', async () => {
    const reading = await aula.read({
      functions: ['core_group_get_groupings', 'core_user_get_users_by_field'],
    });
    expect(messages(reading)).toMatch(/core_group_get_groupings/);
    expect(messages(reading)).toMatch(/Moodle no dice si .* cuentas están suspendidas/);
  });

  it('says once for all courses what a missing function costs', async () => {
    const reading = await aula.read({
      functions: ['core_user_get_users_by_field', 'core_group_get_groupings'],
    });
    for (const name of ['core_user_get_users_by_field', 'core_group_get_groupings'])
      expect(messages(reading).match(new RegExp(name, 'g'))).toHaveLength(1);
    expect(messages(reading)).toMatch(
      /core_group_get_groupings.*quien esté en otro queda retenido.*«CAP-30-01»/,
    );
    expect(messages(reading)).toMatch(/core_user_get_users_by_field.*los cursos «CAP-30-01» y «CAP-30-02»/);
  });

  it('finds the category names by the items where there is no tree', async () => {
    const reading = await aula.read({
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
    const { open } = await aula.site(closed(['2']));
    const reading = await open().read({ at: NOW });
    expect(reading.courses.map(({ codigoOferta }) => codigoOferta)).toEqual(['CAP-30-02']);
    expect(reading.notGiven).toMatchObject([{ asked: null, cause: 'down' }]);
    expect(issuesOf(reading.notGiven)).toMatchObject([
      { severity: 'error', message: expect.stringMatching(/«CAP-30-01» no se pudo leer.*no puede entrar/) },
    ]);
  });

  it('is told alone when nothing else was asked for', async () => {
    const { open } = await aula.site(closed(['2']));
    const reading = await open().read({ at: NOW, courses: [{ curso: 'CAP-30-01' }] });
    expect(reading).toMatchObject({ courses: [], notGiven: [{ curso: 'CAP-30-01', cause: 'down' }] });
  });

  it('nor with an answer that is none, or a database that fails: the others are read', async () => {
    for (const [body, cause] of [
      [[{ id: 'x' }], 'unreadable'],
      [{ exception: 'x', errorcode: 'dmlreadexception' }, 'down'],
    ]) {
      const { open } = await aula.site((call) =>
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
    const { open } = await aula.site(closed(['2', '3']));
    await expect(open().read({ at: NOW })).rejects.toMatchObject({ errorcode: 'requireloginerror' });
  });
});

it('says how a figure of a student came about, without clicks', async () => {
  const { open } = await aula.site(moodleOf());
  const explanation = await open().explain({
    rut: '41.000.111-k',
    at: NOW,
    courses: [{ curso: 'CAP-30-01' }],
  });
  expect(explanation).toMatchObject({ rut: '41000111-K', progress: { done: 4, required: 5 }, days: null });
  expect(await open().explain({ rut: '9445435-2', at: NOW })).toBeNull();
});
