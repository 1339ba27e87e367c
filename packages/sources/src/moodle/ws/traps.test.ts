import { describe, expect, it } from 'vitest';
import { aModule, aSnapshot, byUser, done } from '../../../test/moodle/snapshot.ts';
import { MoodleLinks } from '../rules/links.ts';
import type { WsGradeItem } from './schemas.ts';
import { type Evidence, findTraps } from './traps.ts';

const NOTHING: Evidence = {
  usergrades: [],
  gradesOneByOne: 0,
  gradesRefused: 0,
  itemNames: null,
  liveClasses: null,
  criteria: null,
};

function look(evidence: Partial<Evidence>, snapshot = aSnapshot()) {
  const { refused, findings } = findTraps(snapshot, { ...NOTHING, ...evidence }, new MoodleLinks(undefined));
  return { refused: refused?.message ?? null, findings: findings.map(({ message }) => message).join('\n') };
}

function item(id: number, given: Partial<WsGradeItem>): WsGradeItem {
  return { id, itemtype: 'mod', grademin: 0, grademax: 100, ...given };
}

it('has nothing to say where the answers agree', () => {
  expect(
    look({
      usergrades: [{ userid: 5, gradeitems: [item(1, { cmid: 101, graderaw: 50, categoryid: 7 })] }],
      itemNames: [{ id: 1, itemname: 'Lectura 101' }],
      liveClasses: [{ coursemodule: 104, name: 'Clase' }],
      criteria: [101, 103],
    }),
  ).toEqual({ refused: null, findings: '' });
});

describe('an activity that the contents lack', () => {
  it.each<[string, Partial<Evidence>, RegExp]>([
    ['a live class', { liveClasses: [{ coursemodule: 900, name: 'Clase 9' }] }, /«Clase 9»/],
    ['a criterion', { criteria: [101, 901] }, /«actividad 901»/],
    [
      'a graded one',
      { usergrades: [{ userid: 5, gradeitems: [item(1, { cmid: 902, itemname: 'Examen' })] }] },
      /«Examen»/,
    ],
  ])('%s: the course is refused', (_, evidence, name) => {
    expect(look(evidence).refused).toMatch(/no ve todas las actividades/);
    expect(look(evidence).refused).toMatch(name);
  });

  it('of completion: refused too', () => {
    const snapshot = aSnapshot({ completions: byUser({ 5: { 101: done(1), 103: done(0), 903: done(1) } }) });
    expect(look({}, snapshot).refused).toMatch(/«actividad 903»/);
  });

  it('known only by name in the gradebook: certain for who sees what is hidden, else a warning', () => {
    const itemNames = [
      { id: 1, itemname: 'Lectura 101' },
      { id: 2, itemname: 'Examen' },
    ];
    const grades = (hidden: boolean) => [
      { userid: 5, gradeitems: [item(1, { cmid: 101, gradeishidden: hidden })] },
    ];
    const withHidden = aSnapshot({ modules: [aModule(101, 11), aModule(105, 11, { visible: false })] });
    expect(look({ usergrades: grades(true), itemNames }, withHidden).refused).toMatch(/«Examen»/);
    const unsure = look({ usergrades: grades(false), itemNames }, withHidden);
    expect(unsure.refused).toBeNull();
    expect(unsure.findings).toMatch(/ítems que el usuario del servicio no ve: «Examen»/);
  });
});

it('tells whose completion nobody answers for', () => {
  const snapshot = aSnapshot({ completions: byUser({ 5: { 101: done(1) } }) });
  expect(look({}, snapshot)).toEqual({
    refused: null,
    findings: expect.stringMatching(/quién completó «Lectura 103»/),
  });
});

describe('moodle/grade:viewhidden', () => {
  const mark = item(1, { cmid: 101, categoryid: 7, graderaw: 60 });
  const total = (graderaw: number | null) => item(2, { itemtype: 'category', iteminstance: 7, graderaw });

  it('is missed where a category with a mark in it has no total', () => {
    expect(look({ usergrades: [{ userid: 5, gradeitems: [mark, total(null)] }] }).findings).toMatch(
      /notas ocultas/,
    );
    expect(look({ usergrades: [{ userid: 5, gradeitems: [mark, total(60)] }] }).findings).toBe('');
  });

  it('is there where some item is shown as hidden: the total is then empty for other reasons', () => {
    const hidden = item(3, { itemtype: 'manual', gradeishidden: true });
    expect(look({ usergrades: [{ userid: 5, gradeitems: [mark, total(null), hidden] }] }).findings).toBe('');
  });

  it('is missed where an activity that is seen has no grade item', () => {
    const usergrades = [{ userid: 5, gradeitems: [total(60)] }];
    const itemNames = [{ id: 1, itemname: 'Lectura 101' }];
    expect(look({ usergrades, itemNames }).findings).toMatch(/notas ocultas.*\(«Lectura 101»\)/);
  });
});

describe('people', () => {
  it('tells group members who are not shown, and accounts that nobody can tell of', () => {
    const groups = [{ id: 1, name: 'A', idnumber: '', members: new Set([5, 77]) }];
    expect(look({}, aSnapshot({ groups })).findings).toMatch(
      /hay una persona que no aparece entre los inscritos/,
    );
  });
});
