import { describe, expect, it } from 'vitest';
import {
  AT,
  aCourse,
  aGrade,
  aModule,
  aSection,
  aSnapshot,
  aStudent,
  aTotal,
  byUser,
  done,
  M1,
  M2,
  MANUAL,
  spent,
  TEACHER,
} from '../../../test/moodle/snapshot.ts';
import type { CourseSelection } from '../../source.ts';
import { DEFAULT_RULES, type MoodleRules } from '../settings.ts';
import type { CourseSnapshot } from '../site.ts';
import { judgeCourse } from './judge.ts';
import { MoodleLinks } from './links.ts';
import { treesOf } from './tree.ts';

const links = new MoodleLinks('https://aula.example.cl/');

function judge(
  given: Partial<CourseSnapshot> = {},
  rules: Partial<MoodleRules> = {},
  selections: Partial<CourseSelection>[] = [],
) {
  const judged = judgeCourse(
    aSnapshot(given),
    { ...DEFAULT_RULES, ...rules },
    selections.map((one) => ({ curso: '2', ...one })),
    links,
  );
  const trees = treesOf(judged, links);
  const student = (rut: number) =>
    trees.flatMap(({ students }) => students).find(({ alumno }) => alumno.rutAlumno === rut);
  return { judged, trees, student, told: judged.findings.map(({ message }) => message) };
}

const ANA = 11222333;
const everything = {
  completions: byUser({ 5: { 101: done(1, new Date('2026-11-01T12:00:00Z')), 103: done(2) } }),
  grades: byUser({ 5: { 1: aGrade(5.5), 2: aGrade(5), 3: aGrade(6) } }),
  time: spent({ 5: { total: 1000, sections: { 10: 50, 11: 300, 12: 400 } } }),
};

describe('the tree of a course', () => {
  it('has every figure of a student', () => {
    const { trees, student } = judge(everything);
    expect(trees).toHaveLength(1);
    expect(trees[0]).toMatchObject({
      id: '2',
      name: 'CAP-26-01-13-0446',
      url: 'https://aula.example.cl/course/view.php?id=2',
      codigoOferta: 'CAP-26-01-13-0446',
      codigoGrupo: 'CAP-26-01-13-0446',
      fechaInicio: '2026-10-05',
      fechaFin: '2026-12-18',
      cantActividadSincronica: 1,
      cantActividadAsincronica: 3,
      findings: [],
    });
    expect(student(ANA)).toEqual({
      alumno: {
        rutAlumno: ANA,
        dvAlumno: '9',
        tiempoConectividad: 1000,
        estado: 2,
        porcentajeAvance: 100,
        fechaInicio: '2026-10-05',
        fechaFin: '2026-12-18',
        evaluacionFinal: 75,
        listaModulos: [
          {
            codigoModulo: M1,
            tiempoConectividad: 300,
            porcentajeAvance: 100,
            estado: 2,
            fechaInicio: '2026-10-05',
            fechaFin: '2026-12-18',
            notaModulo: 67,
            cantActividadSincronica: 0,
            cantActividadAsincronica: 2,
            listaActividades: [{ codigoActividad: 'Lectura 101' }, { codigoActividad: 'Enlace' }],
          },
          {
            codigoModulo: M2,
            tiempoConectividad: 400,
            porcentajeAvance: 100,
            estado: 2,
            fechaInicio: '2026-10-05',
            fechaFin: '2026-12-18',
            notaModulo: 83,
            cantActividadSincronica: 1,
            cantActividadAsincronica: 1,
            listaActividades: [{ codigoActividad: 'Lectura 103' }, { codigoActividad: 'Clase' }],
          },
        ],
      },
      name: 'Ana Soto 5',
      place: {
        text: 'Moodle, perfil de Ana Soto 5 (usuario alumno5)',
        columns: { rutAlumno: 'Número de ID', dvAlumno: 'Número de ID' },
        url: 'https://aula.example.cl/user/editadvanced.php?id=5&course=2',
      },
      modulePlaces: [
        expect.objectContaining({ text: `Moodle, curso «CAP-26-01-13-0446», sección «Módulo 1 / ${M1}»` }),
        expect.objectContaining({ text: `Moodle, curso «CAP-26-01-13-0446», sección «Módulo 2 / ${M2}»` }),
      ],
      held: [],
      findings: [],
    });
  });

  it('leaves out a grade that is not there, and knows 0 seconds from unknown ones', () => {
    const { student } = judge();
    expect(student(ANA)?.alumno).not.toHaveProperty('evaluacionFinal');
    expect(student(ANA)?.alumno.listaModulos?.[0]).not.toHaveProperty('notaModulo');
    expect(student(ANA)?.alumno.tiempoConectividad).toBe(0);
    expect(student(ANA)?.held).toEqual([]);
  });

  it('required activities outside every module count for the student', () => {
    const { modules } = aSnapshot();
    const { student } = judge({ ...everything, modules: [...modules, aModule(100, 10)] });
    expect(student(ANA)?.alumno).toMatchObject({ porcentajeAvance: 67, estado: 1 });
    expect(student(ANA)?.alumno.listaModulos?.map(({ estado }) => estado)).toEqual([2, 2]);
  });

  it('what cannot be read as a RUT is held, told with its value and its place in Moodle', () => {
    const faulty = (idnumber: string) => {
      const { trees } = judge({ participants: [aStudent(5, idnumber)] });
      const [student] = trees[0]?.students ?? [];
      const [{ code, message, fix } = { code: null, message: '', fix: '' }] = student?.held ?? [];
      expect(code).toBe('012');
      expect(message).toContain(`«${idnumber}» (Número de ID)`);
      expect(`${message} ${fix}`).not.toMatch(/rutAlumno|dvAlumno/);
      return [student?.alumno.rutAlumno, student?.alumno.dvAlumno];
    };
    expect(faulty('31.029.291-6')).toEqual([31029291, '6']);
    expect(faulty('P31043735')).toEqual(['P31043735', undefined]);
  });
});

describe('held back, never left out without a word', () => {
  it('nobody without a RUT', () => {
    const { trees } = judge({ participants: [aStudent(5, '')] });
    expect(trees[0]?.students[0]?.held).toEqual([
      expect.objectContaining({ code: '012', severity: 'error', scope: 'alumno' }),
    ]);
  });

  it('nobody without a date, and never null', () => {
    const { student } = judge({ course: aCourse({ startDate: null, endDate: null }) });
    expect(student(ANA)?.held.map(({ code }) => code)).toEqual(['026', '027']);
    expect(student(ANA)?.alumno).not.toHaveProperty('fechaInicio');
    expect(student(ANA)?.alumno.listaModulos?.[0]).not.toHaveProperty('fechaFin');
  });

  it('nobody without a time', () => {
    const { student } = judge({ time: null });
    expect(student(ANA)?.held.map(({ code }) => code)).toEqual(['021']);
    expect(student(ANA)?.alumno).not.toHaveProperty('tiempoConectividad');
  });

  it('nobody without a SENCE group, unless the course has one for everybody', () => {
    const groups = [{ id: 1, name: 'CAP-26-01-13-0446-1', idnumber: '', members: new Set([6]) }];
    const participants = [aStudent(5, '11222333-9'), aStudent(6, '31015234-K')];
    const { trees, student } = judge({ groups, participants });
    expect(trees.map(({ students }) => students.length)).toEqual([2]);
    expect(student(ANA)?.held.map(({ code }) => code)).toEqual([null]);
    expect(student(31015234)?.held).toEqual([]);
    const named = judge({ groups, participants }, {}, [{ codigoGrupo: 'S-1' }]);
    expect(named.trees.map(({ codigoGrupo }) => codigoGrupo)).toEqual(['S-1']);
    expect(named.student(ANA)?.held).toEqual([]);
  });
});

it('a RUT that may be another’s is told, and sent', () => {
  const told = (participant: ReturnType<typeof aStudent>) =>
    judge({ participants: [participant] }).judged.students.flatMap(({ findings }) =>
      findings.map(({ message }) => message),
    );
  expect(told(aStudent(5, '31015234-K', { username: '31016786-k' }))).toContainEqual(
    expect.stringMatching(/dos RUT: 31015234-K \(Número de ID\) y 31016786-K \(Nombre de usuario\)/),
  );
  expect(told(aStudent(5, '76111222-8'))).toContainEqual(
    expect.stringMatching(/76111222-8 .* de los que llevan las empresas/),
  );
  expect(told(aStudent(5, '31015234-K')).join()).not.toMatch(/dos RUT|empresas/);
});

describe('two accounts with one RUT', () => {
  const participants = [aStudent(5, '11.222.333-9'), aStudent(6, '112223339', { firstname: 'Luz' })];

  it('are one student when one is empty, with the groups of both', () => {
    const groups = [{ id: 1, name: 'CAP-26-01-13-0446-1', idnumber: '', members: new Set([5]) }];
    const { judged, student } = judge({
      participants,
      groups,
      time: spent({ 6: { total: 700, sections: { 11: 700 } } }),
      completions: byUser({ 5: { 101: done(0) }, 6: { 101: done(1) } }),
      grades: byUser({ 5: { 2: aGrade(null) }, 6: { 2: aGrade(5) } }),
    });
    expect(judged.students).toHaveLength(1);
    expect(student(ANA)).toMatchObject({
      alumno: { tiempoConectividad: 700, porcentajeAvance: 50 },
      held: [],
      findings: [{ message: expect.stringMatching(/Luz.*Ana/) }],
    });
  });

  it('are held back with both named when both have progress', () => {
    const { judged, student } = judge({
      participants,
      time: spent({ 5: { total: 1 } }),
      grades: byUser({ 6: { 1: aGrade(4) } }),
    });
    expect(judged.students).toHaveLength(1);
    expect(student(ANA)?.held).toEqual([
      expect.objectContaining({ rut: '11222333-9', message: expect.stringMatching(/Ana.*Luz/) }),
    ]);
  });

  it('are no matter when one of them is not active', () => {
    const gone = { ...aStudent(6, '112223339'), enrolment: { kind: 'rows' as const, rows: [] } };
    const { student } = judge({
      participants: [aStudent(5, '11222333-9'), gone],
      grades: byUser({ 6: { 1: aGrade(4) } }),
    });
    expect(student(ANA)).toMatchObject({ held: [], findings: [] });
  });
});

it('a student in two SENCE groups goes in both, with a warning', () => {
  const group = (id: number) => ({
    id,
    name: `CAP-26-01-13-0446-${id}`,
    idnumber: '',
    members: new Set([5]),
  });
  const { trees } = judge({ groups: [group(1), group(2)] });
  expect(trees.map(({ codigoGrupo, students }) => [codigoGrupo, students.length])).toEqual([
    ['CAP-26-01-13-0446-1', 1],
    ['CAP-26-01-13-0446-2', 1],
  ]);
  for (const { students } of trees)
    expect(students[0]?.findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('más de un grupo'),
    ]);
});

describe('findings', () => {
  it('all done and no grade is cursando, with a warning', () => {
    const { student } = judge({ ...everything, grades: byUser({ 5: { 1: aGrade(5), 2: aGrade(5) } }) });
    expect(student(ANA)?.alumno.listaModulos?.map(({ estado }) => estado)).toEqual([2, 1]);
    expect(student(ANA)?.findings).toEqual([
      expect.objectContaining({ severity: 'warning', scope: 'modulo', codigoModulo: M2 }),
    ]);
    const none = judge({ ...everything, grades: new Map() });
    expect(none.student(ANA)?.findings).toHaveLength(3);
  });

  it('a module without required activities goes with 0 % and estado 1', () => {
    const modules = aSnapshot().modules.map((module) =>
      module.id === 103 ? { ...module, completion: 0 } : module,
    );
    const { student, told } = judge({ ...everything, modules });
    expect(student(ANA)?.alumno.listaModulos?.[1]).toMatchObject({
      porcentajeAvance: 0,
      estado: 1,
      notaModulo: 83,
    });
    expect(told).toEqual([expect.stringContaining(`El módulo ${M2}`)]);
  });

  it('a course that tracks no completion', () => {
    const { student, told } = judge({ ...everything, course: aCourse({ completionEnabled: false }) });
    expect(student(ANA)?.alumno.porcentajeAvance).toBe(0);
    expect(told).toEqual([expect.stringContaining('desactivado el seguimiento')]);
  });

  it('modules without a grade category, and totals that are out of date', () => {
    const { told } = judge({ gradeItems: [{ ...aTotal(1, 'course'), needsUpdate: true }] });
    expect(told).toEqual([
      expect.stringMatching(new RegExp(`${M1}.*${M2}`)),
      expect.stringContaining('recalcular'),
    ]);
  });

  it('all modules pass and the student does not: the linear scale, with its remedy', () => {
    const linear = {
      ...everything,
      grades: byUser({ 5: { 1: aGrade(4.2), 2: aGrade(4.2), 3: aGrade(4.2) } }),
    };
    const { student } = judge(linear);
    expect(student(ANA)?.alumno.estado).toBe(1);
    expect(student(ANA)?.findings).toEqual([
      expect.objectContaining({ fix: expect.stringContaining('exigencia: 60') }),
    ]);
    const chilean = judge(linear, { exigencia: 60 }).student(ANA);
    expect(chilean).toMatchObject({ alumno: { estado: 2, evaluacionFinal: 63 }, findings: [] });
  });

  it('the student passes and a module does not', () => {
    const { student } = judge({
      ...everything,
      grades: byUser({ 5: { 1: aGrade(5), 2: aGrade(3), 3: aGrade(7) } }),
    });
    expect(student(ANA)?.alumno).toMatchObject({ estado: 2, listaModulos: [{ estado: 3 }, { estado: 2 }] });
    expect(student(ANA)?.findings).toEqual([
      expect.objectContaining({ message: expect.stringContaining(M1) }),
    ]);
  });

  it('a grade outside its scale is sent within it, and told', () => {
    const { student } = judge({ ...everything, grades: byUser({ 5: { 1: aGrade(108, 0, 100) } }) });
    expect(student(ANA)?.alumno.evaluacionFinal).toBe(100);
    expect(student(ANA)?.findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining('fuera de su escala')]),
    );
  });

  it('students who are not reported, by name and reason; teachers are not worth a word', () => {
    const suspended = aStudent(6, '31015234-K', { suspended: true });
    const roleless = { ...aStudent(7, ''), roles: [] };
    const teacher = { ...aStudent(8, ''), roles: [TEACHER] };
    const { told } = judge({ participants: [suspended, roleless, teacher] });
    expect(told).toEqual([
      expect.stringMatching(/alumno6.*cuenta está suspendida/),
      expect.stringMatching(/alumno7.*no tiene el rol/),
    ]);
  });

  it('time that the site has deleted: kept by us, or lost', () => {
    const time = { ...spent({}), logStart: new Date('2026-11-01T12:00:00Z') };
    expect(judge({ time }).told).toEqual([expect.stringContaining('2026-11-01')]);
    expect(judge({ time: { ...time, kept: true } }).told).toEqual([
      expect.stringContaining('noches pasadas'),
    ]);
    expect(judge({ time: { ...time, logStart: new Date('2026-09-01T12:00:00Z') } }).told).toEqual([]);
  });

  it('time of the whole course alone: a lone module has it all, several have 0 and it is told', () => {
    const total = { total: 600, sections: null, first: null, last: null };
    const time = { ...spent({}), precision: 'minute' as const, students: new Map([[5, total]]) };
    const several = judge({ time });
    expect(several.student(ANA)?.alumno).toMatchObject({
      tiempoConectividad: 600,
      listaModulos: [{ tiempoConectividad: 0 }, { tiempoConectividad: 0 }],
    });
    expect(several.told).toHaveLength(2);
    const alone = judge({ time, sections: [aSection(11, `Uno / ${M1}`), aSection(12, null)] });
    expect(alone.student(ANA)?.alumno.listaModulos).toMatchObject([{ tiempoConectividad: 600 }]);
  });
});

it('failed once the last day is over', () => {
  const course = aCourse({ endDate: new Date('2026-11-21T00:00:00-03:00') });
  expect(judge({ course }).student(ANA)?.alumno.estado).toBe(3);
  const own = { ...MANUAL, end: new Date('2026-12-01T00:00:00-03:00') };
  const participants = [{ ...aStudent(5, '11222333-9'), enrolment: { kind: 'rows' as const, rows: [own] } }];
  expect(judge({ course, participants }).student(ANA)?.alumno.estado).toBe(1);
  expect(AT > own.end).toBe(false);
});
