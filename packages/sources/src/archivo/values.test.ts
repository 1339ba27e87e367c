import { describe, expect, it, vi } from 'vitest';
import type { Tell } from './decide/reader.ts';
import type { Cell } from './grid.ts';
import { readActividades, readCount, readEstado } from './values.ts';

describe('the estado', () => {
  it.each<[Cell, unknown]>([
    ['1', 1],
    [2, 2],
    ['Aprobada', 2],
    ['APROBADO(A)', 2],
    ['Aprobado/a', 2],
    ['Reprobado (a)', 3],
    ['EN  CURSO', 1],
    ['7', 7],
  ])('%j is %s', (cell, expected) => {
    const tell = vi.fn<Tell>();
    expect(readEstado(cell, tell)).toBe(expected);
    expect(tell).not.toHaveBeenCalled();
  });

  it.each(['Finalizado', 'Completado', 'No iniciado', 'retirado'])('%s is left out and told', (word) => {
    const tell = vi.fn<Tell>();
    expect(readEstado(word, tell)).toBeUndefined();
    expect(tell).toHaveBeenCalledWith('estados', word, '');
  });
});

describe('a number of activities', () => {
  it.each<[Cell, number]>([
    ['12', 12],
    ['12.000', 12],
    [12, 12],
    ['0', 0],
  ])('%j is %s', (cell, expected) => {
    const tell = vi.fn<Tell>();
    expect(readCount(cell, tell)).toBe(expected);
    expect(tell).not.toHaveBeenCalled();
  });

  it.each<Cell>(['doce', '-1', '1,5', '3 clases'])('%j is left out and told', (cell) => {
    const tell = vi.fn<Tell>();
    expect(readCount(cell, tell)).toBeUndefined();
    expect(tell).toHaveBeenCalledWith('counts', cell, '');
  });

  it('that a formula has not given is told as such, elsewhere', () => {
    const tell = vi.fn<Tell>();
    expect(readCount({ kind: 'error', text: '#N/A' }, tell)).toBeUndefined();
    expect(tell).not.toHaveBeenCalled();
  });
});

it.each<[Cell, string[]]>([
  ['Foro | Tarea 1|', ['Foro', 'Tarea 1']],
  ['Foro; Tarea 1', ['Foro', 'Tarea 1']],
  ['Lea; responda | Tarea 1', ['Lea; responda', 'Tarea 1']],
  ['Foro\nTarea 1', ['Foro', 'Tarea 1']],
  [{ kind: 'list', items: ['Foro; parte 1', 'Tarea'] }, ['Foro; parte 1', 'Tarea']],
  [12, ['12']],
  ['á'.repeat(70), ['á'.repeat(70)]],
  ['- Foro\n- Tarea 1', ['Foro', 'Tarea 1']],
  ['• Foro\t• Tarea 1', ['Foro', 'Tarea 1']],
  ['- 5 grados', ['- 5 grados']],
])('separates activities: %j', (cell, expected) => {
  const tell = vi.fn<Tell>();
  expect(readActividades(cell, tell).map(({ codigoActividad }) => codigoActividad)).toEqual(expected);
  expect(tell).not.toHaveBeenCalled();
});

it.each<[string, boolean]>([
  ['Foro de bienvenida, Prueba 1', true],
  ['foro,tarea,prueba', true],
  ['Foro / Prueba 1', true],
  ['Foro - Prueba 1 - Tarea', true],
  ['Lectura: Higiene, seguridad y salud', false],
  ['Unidad 1 - Introducción', false],
  ['Y/o debate', false],
  ['Excel 2016, 2019 | Tarea', false],
])('%j goes as it is, and what looks like a list is told', (cell, told) => {
  const tell = vi.fn<Tell>();
  readActividades(cell, tell);
  expect(tell.mock.calls).toEqual(told ? [['lists', cell, '']] : []);
});
