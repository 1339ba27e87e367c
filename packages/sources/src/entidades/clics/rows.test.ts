import { describe, expect, it } from 'vitest';
import { Filling } from '../filling.ts';
import type { RowReader } from '../rows.ts';
import type { CourseData } from '../site.ts';
import type { EntityTable } from '../tables.ts';
import { takeClic } from '../take-results.ts';
import { ClickRows } from './rows.ts';

const FIRST = 1_785_600_000;
const COLUMNS = ['curso', 'alumno', 'modulo', 'actividad', 'instante'];
const CURSOS = [1, '1', ' 1 ', 2, 'otro', null, 'a\0'];
const ALUMNOS = [10, '10', 11, ' 11', 12, 99, '', 'x\0', 10n, new Date(0)];
const MODULOS = [null, undefined, '', ' ', 7, '7', '8', 'no hay', 'm\0', {}];
const ACTIVIDADES = [null, '', 71, '71', ' 71', 80, 'sin módulo', 'nadie la conoce', 'a\0'];
const INSTANTES = [
  FIRST,
  (FIRST + 60) * 1000,
  '2026-08-01 16:00:00+00',
  '2026-08-01T16:00:00Z',
  null,
  '',
  'ayer',
  -5,
  Number.NaN,
  '2026-02-30T10:00:00Z',
];

describe('rows of clicks by what is known of them', () => {
  it('give what each would give by itself, whatever they hold and in whatever order', () => {
    const rows = randomRows(6_000);
    const quick = new Filling(null);
    fill(quick);
    const sink = quick.reader(table('clics'));
    expect(sink).toBeInstanceOf(ClickRows);
    sink.columns(COLUMNS);
    for (const [index, row] of rows.entries()) sink.row(row, index + 1);
    quick.finish();

    const plain = new Filling(null);
    fill(plain);
    let order = 0;
    const taker = { take: clicTaker(plain, () => order), bad: () => {} };
    const reader: RowReader<'clics'> = plain.clicReader(table('clics'), taker);
    reader.columns(COLUMNS);
    for (const [index, row] of rows.entries()) {
      order = index + 1;
      reader.row(row, index + 1);
    }

    expect(told(quick)).toEqual(told(plain));
    expect(
      [...quick.courses.values()].flatMap((course) => [...course.students.values()]).map(clicksOf),
    ).toEqual([...plain.courses.values()].flatMap((course) => [...course.students.values()]).map(clicksOf));
    const taken = [...quick.courses.values()].flatMap((course) => [...course.students.values()]);
    expect(taken.reduce((sum, { clicks }) => sum + clicks.count, 0)).toBeGreaterThan(100);
    expect(quick.findings()).toEqual(plain.findings());
    expect(quick.anyClick).toBe(true);
  });

  it('of a course that nobody asked for are not taken', () => {
    const filling = new Filling(null);
    fill(filling);
    filling.wanted = new Set(['2']);
    const sink = filling.reader(table('clics'));
    sink.columns(COLUMNS);
    for (let row = 1; row < 4; row++) sink.row([1, 10, null, 71, FIRST + row], row);
    for (let row = 4; row < 7; row++) sink.row([2, 10, null, 71, FIRST + row], row);
    filling.finish();
    const counts = [...filling.courses.values()].map(({ students }) => students.get('10')?.clicks.count);
    expect(counts).toEqual([0, 3]);
  });
});

function clicTaker(filling: Filling, order: () => number): (row: Parameters<typeof takeClic>[1]) => void {
  return (row) =>
    takeClic(filling.courses.get(row.curso) as CourseData, row, (student, seconds, module) =>
      student.clicks.add(seconds, order(), module),
    );
}

function fill(filling: Filling): void {
  give(filling, 'cursos', ['curso'], [[1], [2]]);
  filling.wanted = new Set(['1', '2']);
  const both = (rows: unknown[][]) => [1, 2].flatMap((curso) => rows.map((row) => [curso, ...row]));
  give(
    filling,
    'alumnos',
    ['curso', 'alumno', 'rut'],
    both([
      [10, ''],
      [11, ''],
      [12, ''],
    ]),
  );
  give(
    filling,
    'modulos',
    ['curso', 'modulo', 'codigoModulo'],
    both([
      [7, 'A'],
      [8, 'B'],
    ]),
  );
  const actividades = [
    [7, 71, 'Una'],
    [8, 80, 'Otra'],
    [null, 'sin módulo', 'Suelta'],
  ];
  give(filling, 'actividades', ['curso', 'modulo', 'actividad', 'nombre'], both(actividades));
}

function give(filling: Filling, entity: EntityTable['entity'], names: string[], rows: unknown[][]): void {
  const sink = filling.reader(table(entity));
  sink.columns(names);
  for (const [index, row] of rows.entries()) sink.row(row, index + 1);
}

function table(entity: EntityTable['entity']): EntityTable {
  return { entity, place: `${entity}.csv`, read: async () => {} };
}

/** The same each time: numbers by a fixed rule. */
function randomRows(count: number): unknown[][] {
  let seed = 12;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const one = <T>(values: readonly T[]): T => values[next(next(3) === 0 ? values.length : 3)] as T;
  return Array.from({ length: count }, () => [
    one(CURSOS),
    one(ALUMNOS),
    one(MODULOS),
    one(ACTIVIDADES),
    one(INSTANTES),
  ]);
}

function clicksOf({
  clicks,
}: {
  clicks: { count: number; time(at: number): number; module(at: number): number };
}) {
  return Array.from({ length: clicks.count }, (_, at) => [clicks.time(at), clicks.module(at)]);
}

function told({ courses }: Filling) {
  return [...courses.values()].map(({ id, has, orphans, faults, students }) => ({
    id,
    has,
    orphans,
    faults: [faults.issues, faults.more],
    students: [...students.values()].map((student) => [
      student.id,
      student.faults.issues,
      student.faults.more,
    ]),
  }));
}
