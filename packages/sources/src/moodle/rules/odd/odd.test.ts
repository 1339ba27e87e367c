import { describe, expect, it } from 'vitest';
import {
  AT,
  aCourse,
  aGrade,
  aGroup,
  aModule,
  aSection,
  aSnapshot,
  aStudent,
  byUser,
  done,
  M1,
  M2,
  MANUAL,
  STUDENT,
  spent,
  TEACHER,
} from '../../../../test/moodle/snapshot.ts';
import { DEFAULT_RULES } from '../../../rules/settings.ts';
import type { CourseSelection } from '../../../source.ts';
import type { CourseSnapshot, Participant, Role } from '../../site.ts';
import { judgeCourse } from '../judge.ts';
import { MoodleLinks } from '../links.ts';

function odd(given: Partial<CourseSnapshot>, rules = {}, selections: Partial<CourseSelection>[] = []) {
  const own = selections.map((one) => ({ curso: '2', ...one }));
  const links = new MoodleLinks('https://aula.example.cl');
  const judged = judgeCourse(aSnapshot(given), { ...DEFAULT_RULES, ...rules }, own, links);
  const messages = judged.findings.map(({ message }) => message);
  const told = judged.odd.map(({ words }) => words.message);
  // What the doctor weighs is what the night tells.
  for (const message of told) expect(messages).toContain(message);
  return told;
}

const seen = spent({ 5: { total: 600 }, 6: { total: 600 }, 7: { total: 600 }, 8: { total: 0 } });
const withRole = (id: number, ...roles: Role[]): Participant => ({ ...aStudent(id, ''), roles });
const own = { shortname: 'participantesence', archetype: '' };

it('an ordinary course has nothing odd', () => {
  const enrolled = { ...aStudent(5, '31015234-K') };
  expect(
    odd({
      participants: [enrolled, withRole(9, TEACHER)],
      completions: byUser({ 5: { 101: done(1, new Date('2026-11-01T12:00:00Z')) } }),
      time: spent({ 5: { total: 9000 }, 9: { total: 9000 } }),
      groups: [aGroup(1, 'CAP-26-01-13-0446', [5])],
    }),
  ).toEqual([]);
});

describe('who was here and is not reported', () => {
  it('is named by role, and how to have them reported', () => {
    const participants = [aStudent(5, '31015234-K'), withRole(6, own), withRole(7, own), withRole(8, own)];
    const told = odd({ participants, time: seen });
    expect(told).toEqual([
      expect.stringMatching(/2 personas .*«participantesence».*«Ana Soto 6 .*«Ana Soto 7/),
    ]);
    expect(told[0]).not.toMatch(/Soto 8/);
    expect(odd({ participants, time: seen }, { rolesAlumno: ['student', 'participantesence'] })).toEqual([]);
  });

  it('is named too where the course has nobody else, or nobody knows of clicks', () => {
    expect(odd({ participants: [withRole(6, own)], time: seen })).toEqual([
      expect.stringMatching(/nadie más se informa/),
    ]);
    expect(odd({ participants: [withRole(8, own)], time: seen })).toHaveLength(1);
    const participants = [aStudent(5, '31015234-K'), withRole(8, own)];
    expect(odd({ participants, time: null })).toHaveLength(1);
  });

  it('by progress or a grade alone', () => {
    const participants = [aStudent(5, '31015234-K'), withRole(8, own)];
    expect(odd({ participants, completions: byUser({ 8: { 101: done(1) } }) })).toHaveLength(1);
    expect(odd({ participants })).toEqual([]);
  });

  it.each(['teacher', 'editingteacher', 'manager', 'coursecreator'])('but not a %s', (name) => {
    const participants = [
      aStudent(5, '31015234-K'),
      withRole(6, { shortname: 'tutor', archetype: name }),
      withRole(7, { shortname: name, archetype: null }),
    ];
    expect(odd({ participants, time: seen })).toEqual([]);
  });

  it('a teacher who has another role as well is, and it is the role to add', () => {
    const judged = judgeCourse(
      aSnapshot({ participants: [withRole(6, TEACHER, own)], time: seen }),
      DEFAULT_RULES,
      [],
      new MoodleLinks(undefined),
    );
    expect(judged.odd.map(({ words }) => words.fix)).toEqual([
      expect.stringContaining('rolesAlumno: [student, participantesence]'),
    ]);
    expect(odd({ participants: [withRole(6, TEACHER, STUDENT)], time: seen })).toEqual([]);
  });
});

it('a section with a date in the place of a code is told, unless it is no module by hand', () => {
  const given = {
    sections: [
      aSection(11, `Uno / ${M1}`),
      aSection(12, 'Semana 5 / 05-10-2026'),
      aSection(13, 'Cierre / 2026-12-18'),
    ],
    modules: [aModule(101, 11), aModule(102, 12)],
  };
  expect(odd(given)).toEqual([expect.stringMatching(/termina en una fecha.*«Semana 5 \/ 05-10-2026»\./)]);
  expect(odd(given, {}, [{ modulos: { '12': '' } }])).toEqual([]);
  expect(odd(given, {}, [{ modulos: { '12': M2 } }])).toEqual([]);
});

describe('a code unlike those of the other modules', () => {
  const given = (name: string) => ({
    sections: [aSection(11, `Uno / ${M1}`), aSection(12, name)],
    modules: [aModule(101, 11), aModule(102, 12)],
  });

  it.each(['Contacto / 912345678', 'Calidad / ISO-9001-2015'])('is asked about: %s', (name) => {
    expect(odd(given(name))).toEqual([expect.stringContaining(`de la sección ${name}»`)]);
    expect(odd(given(name), {}, [{ modulos: { '12': '912345678' } }])).toEqual([]);
  });

  it('is not where all are of such a shape', () => {
    const sections = [aSection(11, 'Uno / 00051737'), aSection(12, 'Dos / 00051738')];
    expect(odd({ ...given(''), sections })).toEqual([]);
  });
});

describe('a code that is written otherwise than at SIC', () => {
  const section = (name: string) => ({
    sections: [aSection(11, name), aSection(12, `Dos / ${M2}`)],
    groups: [aGroup(1, 'CAP-26-01-13-0446', [5])],
  });

  it.each([
    ['MO–00051737–M1', 'MO-00051737-M1'],
    ['Uno / mo-00051737-m1', 'MO-00051737-M1'],
    ['Uno / MO -00051737 - M1', 'MO-00051737-M1'],
  ])('in a section: %s', (name, code) => {
    expect(odd(section(name))).toEqual([expect.stringContaining(`se leyeron así: «${name} como ${code}».`)]);
    expect(odd(section(name), {}, [{ modulos: { '11': code } }])).toEqual([]);
  });

  it('in a group or the short name, with what nobody sees', () => {
    const groups = [aGroup(1, 'cap–26–01–13–0446-2', [5])];
    expect(odd({ groups })).toEqual([expect.stringContaining('como CAP-26-01-13-0446-2')]);
    expect(odd({ course: aCourse({ shortname: 'CAP-26-01-13-0446\u200b' }), groups: [] })).toEqual([
      expect.stringContaining('«CAP-26-01-13-0446⟨U+200B⟩ como CAP-26-01-13-0446»'),
    ]);
  });

  it('goes as it stands where nobody can tell, and is told unless puente.yaml says it', () => {
    const course = aCourse({ shortname: 'cap-26-01-13-0446' });
    expect(odd({ course, groups: [] })).toEqual([
      expect.stringMatching(/códigos en minúsculas.*«cap-26-01-13-0446»\. Se envían como están/),
    ]);
    const said = { codigoOferta: 'cap-26-01-13-0446', codigoGrupo: 'cap-26-01-13-0446' };
    expect(odd({ course, groups: [] }, {}, [said])).toEqual([]);
    const groupings = [{ id: 1, name: 'SENCE', groupIds: new Set([1]) }];
    expect(odd({ groups: [aGroup(1, 'Sección B 1', [5])], groupings })).toEqual([
      expect.stringMatching(/códigos con espacios.*«Sección B 1»/),
    ]);
  });
});

describe('a section that was duplicated', () => {
  const sections = [aSection(11, `Uno / ${M1}`), aSection(12, `Dos / ${M2}`)];
  const modules = [aModule(101, 11), aModule(102, 12)];
  const completions = byUser({ 5: { 101: done(1) } });

  it.each([`Uno (copia) / ${M1}`, `${M1} (copy)`, `Uno / ${M1}`, `Copia de Uno / ${M1}`])('%s', (name) => {
    const copy = { sections: [...sections, aSection(13, name)], modules: [...modules, aModule(103, 13)] };
    expect(odd({ ...copy, completions })).toEqual([
      expect.stringMatching(new RegExp(`${M1}.*dos veces.*baja el avance de una persona: «Ana Soto 5.*025`)),
    ]);
    expect(odd(copy)).toEqual([expect.not.stringMatching(/baja el avance/)]);
  });

  it('outside the modules counts for the course, with its original there', () => {
    const extra = (name: string) => ({
      sections: [...sections, aSection(13, 'Bienvenida'), aSection(14, name)],
      modules: [...modules, aModule(103, 14)],
    });
    for (const name of ['Bienvenida (copia)', 'Uno (copia)'])
      expect(odd(extra(name))).toEqual([expect.stringContaining(`fuera de los módulos: «${name}»`)]);
    for (const name of ['Otra (copia)', 'Bienvenida 2']) expect(odd(extra(name))).toEqual([]);
    expect(odd({ ...extra('Bienvenida (copia)'), modules })).toEqual([]);
  });

  it('two parts of a module are none', () => {
    const parts = [...sections, aSection(13, `Uno, segunda parte / ${M1}`)];
    expect(odd({ sections: parts, modules: [...modules, aModule(103, 13)] })).toEqual([]);
  });

  it('nor is an activity alone, unless its original counts as well', () => {
    const copy = aModule(103, 11, { name: 'Lectura 101 (copia)' });
    expect(odd({ sections, modules: [...modules, copy] })).toEqual([
      expect.stringMatching(/«Lectura 101 \(copia\)»/),
    ]);
    expect(odd({ sections, modules: [...modules, { ...copy, completion: 0 }] })).toEqual([]);
    expect(odd({ sections, modules: [...modules, { ...copy, name: 'Otra (copia)' }] })).toEqual([]);
  });
});

describe('a course that is a copy', () => {
  it.each(['CAP-26-01-13-0446_1', 'restaurado_1', 'CAP-26-01-13-0446 copia'])('%s', (shortname) => {
    expect(odd({ course: aCourse({ shortname }) })).toEqual([expect.stringMatching(/copiado o restaurado/)]);
    expect(odd({ course: aCourse({ shortname }) }, {}, [{ codigoOferta: 'CAP-26-01-13-0446' }])).toEqual([]);
  });

  it('that was reset: people at work for a week, and nothing completed', () => {
    const participants = [1, 2, 3].map((id) => aStudent(id, ''));
    const first = new Date(AT.getTime() - 8 * 86_400_000);
    const time = spent({});
    for (const id of [1, 2, 3]) time.students.set(id, { total: 3600, sections: new Map(), first, last: AT });
    expect(odd({ participants, time })).toEqual([
      expect.stringMatching(/nadie tiene ninguna actividad completada/),
    ]);
    expect(odd({ participants, time, completions: byUser({ 9: { 101: done(1) } }) })).toEqual([]);
    expect(odd({ participants: participants.slice(1), time })).toEqual([]);
    time.students.set(3, { total: 3600, sections: new Map(), first: AT, last: AT });
    expect(odd({ participants, time })).toEqual([]);
  });
});

describe('a required activity that somebody can never do', () => {
  const only = (id: number) => JSON.stringify({ op: '&', c: [{ type: 'group', id }], showc: [true] });
  const groups = [aGroup(1, 'CAP-26-01-13-0446', [5, 6]), aGroup(2, 'Otros', [6])];
  const participants = [aStudent(5, '31015234-K'), aStudent(6, '31016786-K')];
  const base = { groups, participants };

  it('of another group, with whom and what', () => {
    const modules = [aModule(101, 11, { availability: only(2) }), aModule(103, 12)];
    const told = odd({ ...base, modules });
    expect(told).toEqual([
      expect.stringMatching(
        /una actividad obligatoria que una persona.*otro grupo: «Lectura 101».*«Ana Soto 5/,
      ),
    ]);
    expect(told[0]).not.toMatch(/Soto 6/);
  });

  it('not who has done it, nor what is not required, nor what is open', () => {
    const modules = [aModule(101, 11, { availability: only(2) }), aModule(103, 12)];
    expect(odd({ ...base, modules, completions: byUser({ 5: { 101: done(1) } }) })).toEqual([]);
    expect(odd({ ...base, modules: [aModule(101, 11, { availability: only(2), completion: 0 })] })).toEqual(
      [],
    );
    expect(odd({ ...base, modules: [aModule(101, 11, { availability: only(1) })] })).toEqual([]);
  });

  it('in a section that is closed to them, or one around it', () => {
    const sections = [
      aSection(11, `Uno / ${M1}`, { availability: only(2) }),
      aSection(12, 'Extra', { component: 'mod_subsection', itemId: 7 }),
    ];
    const modules = [aModule(101, 12), aModule(102, 11, { type: 'subsection', instance: 7, completion: 0 })];
    expect(odd({ ...base, sections, modules })).toEqual([expect.stringMatching(/«Lectura 101»/)]);
  });

  it('closed since: before their enrolment was over', () => {
    const closed = JSON.stringify({ op: '&', c: [{ type: 'date', d: '<', t: AT.getTime() / 1000 - 60 }] });
    expect(odd({ ...base, modules: [aModule(101, 11, { availability: closed })] })).toEqual([
      expect.stringMatching(/2 personas.*por una fecha/),
    ]);
  });
});

describe('progress older than the enrolment', () => {
  const start = new Date('2026-11-20T12:00:00-03:00');
  const again: Participant = {
    ...aStudent(5, '31015234-K'),
    enrolment: { kind: 'rows', rows: [{ ...MANUAL, start }] },
  };
  const before = new Date('2026-10-07T12:00:00-03:00');

  it('by an activity, or a click', () => {
    expect(odd({ participants: [again], completions: byUser({ 5: { 101: done(1, before) } }) })).toEqual([
      expect.stringMatching(/«Ana Soto 5 .*desde el 2026-10-07, inscripción del 2026-11-20»/),
    ]);
    const time = spent({ 5: { total: 60 } });
    time.students.set(5, { total: 60, sections: new Map(), first: before, last: before });
    expect(odd({ participants: [again], time })).toHaveLength(1);
  });

  it('not of the same day, nor where the enrolment has no start of its own', () => {
    const sameDay = new Date('2026-11-20T08:00:00-03:00');
    expect(odd({ participants: [again], completions: byUser({ 5: { 101: done(1, sameDay) } }) })).toEqual([]);
    const completions = byUser({ 5: { 101: done(1, new Date('2026-09-01T12:00:00Z')) } });
    expect(odd({ participants: [aStudent(5, '31015234-K')], completions })).toEqual([]);
  });
});

describe('marks of 1,0 to 7,0 on a scale of 0 to 100', () => {
  const participants = [aStudent(5, '31015234-K'), aStudent(6, '31016786-K')];
  const completions = byUser({ 5: { 101: done(1), 103: done(1) } });
  const grades = (one: number, two: number, min = 0, max = 100) =>
    byUser({ 5: { 1: aGrade(one, min, max), 2: aGrade(one, min, max) }, 6: { 1: aGrade(two, min, max) } });
  const judgedMarks = (given: Partial<CourseSnapshot>) =>
    judgeCourse(
      aSnapshot({ participants, ...given }),
      DEFAULT_RULES,
      [],
      new MoodleLinks(undefined),
    ).students.map(({ mark, modules }) => [mark?.sent ?? null, modules[0]?.mark?.sent ?? null]);

  it('are left out and told once, where somebody has completed everything', () => {
    const given = { participants, completions, grades: grades(6.5, 5) };
    expect(odd(given)).toEqual([
      expect.stringMatching(/total del curso: de 5 a 6,5 en una escala hasta 100.*Módulo 1.*de 6,5 a 6,5/),
    ]);
    expect(judgedMarks(given)).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('are small percentages while nobody has finished, or where one is higher', () => {
    expect(odd({ participants, grades: grades(6.5, 5) })).toEqual([]);
    const one = { 1: aGrade(6.5, 0, 100) };
    const higher = { participants, completions, grades: byUser({ 5: one, 6: { 1: aGrade(70, 0, 100) } }) };
    expect(odd(higher)).toEqual([]);
    expect(judgedMarks(higher)).toEqual([
      [7, null],
      [70, null],
    ]);
  });

  it('are what they are on a scale of 1 to 7', () => {
    expect(odd({ participants, completions, grades: grades(6.5, 5, 1, 7) })).toEqual([]);
  });
});

describe('sections that name two codes', () => {
  const sections = [
    aSection(11, 'PRES028008000558 y PRES028008000559'),
    aSection(12, 'Cierre / PRES028008000560'),
  ];

  it('are told with the code that each goes as', () => {
    expect(odd({ sections })).toEqual([
      expect.stringMatching(/«PRES028008000558 y PRES028008000559» se informa como PRES028008000558/),
    ]);
  });

  it('are not, where the provider says which one it is', () => {
    expect(odd({ sections }, {}, [{ modulos: { '11': 'PRES028008000559' } }])).toEqual([]);
    expect(odd({ sections }, { patronModulo: '[A-Z]+\\d+$' })).toEqual([]);
  });
});

describe('names that are not there', () => {
  it('of a kind that may not be read: once, with the kinds', () => {
    const quiz = (id: number) => aModule(id, 11, { type: 'quiz', name: `quiz ${id}`, nameless: true });
    expect(odd({ modules: [quiz(101), quiz(102), aModule(103, 12)] })).toEqual([
      expect.stringMatching(/no se pueden leer los nombres .* tipo «quiz»/),
    ]);
  });

  it('of an activity without any: it goes by its kind and number, and is told once', () => {
    const modules = [aModule(101, 11, { type: 'quiz', name: ' ' }), aModule(103, 12)];
    expect(odd({ modules, participants: [5, 6, 7].map((id) => aStudent(id, '')) })).toEqual([
      expect.stringMatching(/sin nombre: se informan como «cuestionario 101»/),
    ]);
  });
});
