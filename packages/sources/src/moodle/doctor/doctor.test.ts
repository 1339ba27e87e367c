import type { Issue } from '@puente-sic/protocol';
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
  aTotal,
  byUser,
  done,
} from '../../../test/moodle/snapshot.ts';
import type { CourseSnapshot } from '../site.ts';
import { WEIGHTS } from './diagnosis.ts';
import { type DoctorRequest, diagnose } from './doctor.ts';

const M1 = 'MO-00051737-M1';

/** A live class in the module, and a record of who was there. */
const asSenceAsks = [
  aModule(18, 1, { type: 'bigbluebuttonbn', name: 'Clase' }),
  aModule(19, 0, { type: 'attendance', name: 'Asistencia', completion: 0 }),
];

/** A course that nothing is to be said of. */
function healthy(given: Partial<CourseSnapshot> = {}): CourseSnapshot {
  return aSnapshot({
    course: aCourse(),
    sections: [aSection(0, null), aSection(1, `Uno / ${M1}`)],
    modules: [aModule(10, 1), aModule(11, 1, { type: 'quiz', name: 'Prueba' }), ...asSenceAsks],
    participants: [aStudent(31, '31015234-K'), aStudent(32, '31016786-K')],
    gradeItems: [aTotal(50, 'course'), aTotal(51, 'category', M1)],
    grades: byUser({ 31: { 50: aGrade(5), 51: aGrade(5) } }),
    ...given,
  });
}

function look(snapshot: CourseSnapshot, request: Partial<DoctorRequest> = {}) {
  return diagnose({ snapshots: [snapshot], findings: [], sitio: 'https://aula.otec.example', ...request });
}

const said = (snapshot: CourseSnapshot, request: Partial<DoctorRequest> = {}) =>
  look(snapshot, request).map(({ weight, issue }) => [weight, issue.message]);

it('finds nothing in a course that is ready', () => expect(said(healthy())).toEqual([]));

describe('what it finds', () => {
  it.each<[string, CourseSnapshot, string, RegExp]>([
    [
      'a short name that is no code',
      healthy({ course: aCourse({ shortname: 'Ventas 2026' }) }),
      'blocks',
      /no parece un código de oferta/,
    ],
    [
      'no section with a code',
      healthy({ sections: [aSection(1, 'Unidad uno')] }),
      'blocks',
      /Ninguna sección visible/,
    ],
    [
      'completion off',
      healthy({ course: aCourse({ completionEnabled: false }) }),
      'blocks',
      /rastreo de finalización está apagado/,
    ],
    [
      'a module without required activities',
      healthy({ modules: [aModule(10, 1, { completion: 0 })] }),
      'figures',
      /no tiene ninguna actividad obligatoria/,
    ],
    [
      'an untracked quiz',
      healthy({ modules: [aModule(10, 1), aModule(11, 1, { type: 'quiz', name: 'Prueba', completion: 0 })] }),
      'advice',
      /no cuentan en el avance.*«Prueba»/,
    ],
    [
      'required activities outside every module',
      healthy({
        sections: [aSection(1, M1), aSection(2, 'Cierre')],
        modules: [aModule(10, 1), aModule(11, 2), aModule(12, 2)],
      }),
      'figures',
      /2 actividades obligatorias fuera de los módulos, en «Cierre»/,
    ],
    [
      'a tracked activity that is hidden',
      healthy({ modules: [aModule(10, 1), aModule(11, 1, { visible: false, name: 'Borrador' })] }),
      'advice',
      /están ocultas: «Borrador».*025/,
    ],
    [
      'no RUT',
      healthy({ participants: [aStudent(31, '31015234-K'), aStudent(32, '')] }),
      'students',
      /Sin RUT.*«Ana Soto 32/,
    ],
    [
      'a wrong check digit',
      healthy({ participants: [aStudent(31, '31015234-K'), aStudent(32, '31015234-1')] }),
      'students',
      /no es un RUT válido.*«Ana Soto 32[^»]*», con «31015234-1» \(Número de ID\)/,
    ],
    [
      'two used accounts with one RUT',
      healthy({
        participants: [aStudent(31, '31015234-K'), aStudent(32, '31.015.234-k')],
        completions: byUser({ 31: { 10: done(1) }, 32: { 10: done(1) } }),
      }),
      'students',
      /Dos cuentas con avance y el mismo RUT/,
    ],
    ['nobody', healthy({ participants: [] }), 'blocks', /ningún estudiante activo/],
    [
      'one without a group',
      healthy({ groups: [{ id: 1, name: 'CAP-26-01-13-0446-1', idnumber: '', members: new Set([31]) }] }),
      'students',
      /En ningún grupo SENCE.*«Ana Soto 32/,
    ],
    [
      'groups that nobody is in',
      healthy({ groups: [{ id: 1, name: 'Amigos', idnumber: '', members: new Set([31]) }] }),
      'blocks',
      /nadie está en un grupo SENCE/,
    ],
    [
      'no grade category',
      healthy({ gradeItems: [aTotal(50, 'course')] }),
      'figures',
      /no hay categoría para «MO-00051737-M1»/,
    ],
    [
      'no end date',
      healthy({ course: aCourse({ endDate: null }) }),
      'students',
      /Sin fecha de inicio o de término/,
    ],
    [
      'a course that is over',
      healthy({ course: aCourse({ endDate: new Date('2026-11-20T00:00:00-03:00') }) }),
      'advice',
      /terminó el 2026-11-20/,
    ],
    [
      'a log shorter than the course',
      healthy({
        time: {
          precision: 'second',
          asOf: AT,
          students: new Map(),
          logStart: new Date('2026-10-20T00:00:00-03:00'),
          kept: false,
        },
      }),
      'figures',
      /registro de Moodle empieza el 2026-10-20/,
    ],
  ])('%s', (_, snapshot, weight, message) => {
    const found = said(snapshot);
    expect(found).toContainEqual([weight, expect.stringMatching(message)]);
  });

  it('a module without a live class, and a site without the attendance module', () => {
    const [live, record] = asSenceAsks;
    const modules = [aModule(10, 1), ...asSenceAsks];
    const without = (one: (typeof modules)[number] | undefined) =>
      said(healthy({ modules: modules.filter((module) => module !== one) }));
    expect(without(live)).toEqual([['advice', expect.stringMatching(new RegExp(`sincrónica.*${M1}`))]]);
    expect(without(record)).toEqual([['advice', expect.stringMatching(/Asistencia/)]]);
  });

  it('two groups of one name', () => {
    const groups = [aGroup(1, 'CAP-26-01-13-0446', [31]), aGroup(2, 'cap-26-01-13-0446', [32])];
    expect(said(healthy({ groups }))).toEqual([['figures', expect.stringMatching(/mismo nombre/)]]);
  });

  it('what the night tells of a course too', () => {
    const modules = [aModule(10, 1, { nameless: true, type: 'quiz', name: 'quiz 10' }), ...asSenceAsks];
    expect(said(healthy({ modules }))).toEqual([['figures', expect.stringMatching(/nombres.*«quiz»/)]]);
  });

  it('takes codigoOferta of puente.yaml for a code', () => {
    const snapshot = healthy({ course: aCourse({ shortname: 'Ventas 2026' }) });
    expect(
      said(snapshot, { selections: [{ curso: 'Ventas 2026', codigoOferta: 'CAP-26-01-13-0446' }] }),
    ).toEqual([]);
  });

  it('says of a course that is none of SENCE’s only that it has no codes', () => {
    const snapshot = healthy({
      course: aCourse({ shortname: 'Inducción', endDate: null }),
      sections: [aSection(1, 'Bienvenida')],
      participants: [aStudent(32, '')],
    });
    expect(said(snapshot).map(([weight]) => weight)).toEqual(['blocks', 'blocks']);
  });
});

it('puts what costs most first, and a way to mend it with a link to everything', () => {
  const found = look(
    healthy({
      course: aCourse({ shortname: 'Ventas' }),
      modules: [aModule(10, 1), aModule(11, 1, { type: 'quiz', completion: 0 }), ...asSenceAsks],
      participants: [aStudent(31, ''), aStudent(32, '31016786-K')],
      gradeItems: [aTotal(50, 'course')],
    }),
  );
  const weights = found.map(({ weight }) => WEIGHTS.indexOf(weight));
  expect(weights).toEqual([...weights].sort());
  expect(new Set(weights)).toEqual(new Set([0, 1, 2, 3]));
  for (const { issue, course } of found) {
    expect(course).toBe('Ventas');
    expect(issue.fix).toMatch(/ > |puente\.yaml/);
    expect(issue.place).toMatch(/^https:\/\/aula\.otec\.example\//);
  }
});

it('tells what the reader met, and what is only worth knowing last', () => {
  const issue = (severity: 'error' | 'warning', message: string): Issue => ({
    code: null,
    severity,
    scope: 'call',
    path: '',
    message,
    fix: 'x',
  });
  const found = look(healthy(), {
    findings: [
      issue('warning', 'Falta la función x.'),
      issue('error', 'El curso «CAP-26-01-13-0446» no se lee.'),
    ],
    advice: [issue('warning', 'Nadie completa el curso «CAP-26-01-13-0446».')],
  });
  expect(found.map(({ weight, course, issue: { message } }) => [weight, course, message])).toEqual([
    ['blocks', 'CAP-26-01-13-0446', 'El curso «CAP-26-01-13-0446» no se lee.'],
    ['figures', null, 'Falta la función x.'],
    ['advice', 'CAP-26-01-13-0446', 'Nadie completa el curso «CAP-26-01-13-0446».'],
  ]);
});
