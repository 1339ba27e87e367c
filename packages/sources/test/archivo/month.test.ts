import { describe, expect, it } from 'vitest';
import type { ColumnAnswers } from '../../src/index.ts';
import { csv, FLAT_HEADER, flatRow, read } from './reading.ts';

const HEADER = [...FLAT_HEADER, 'nombre', 'estado', 'evaluacionFinal', 'notaModulo'];
const NIGHTS = Array.from({ length: 30 }, (_, night) => night);
const PEOPLE = [
  ['12.345.678-5', 'Ana Soto Vera'],
  ['11.111.111-1', 'Luis Rojas Paz'],
  ['9.876.543-3', 'Begoña Núñez'],
  ['10.254.789-K', 'José Peña'],
] as const;

interface Habits {
  date: (text: string) => string;
  time: (seconds: number) => string;
  progress: (percentage: number) => string;
  mark: (percentage: number) => string;
}

const PLAIN: Habits = {
  date: (text) => text,
  time: String,
  progress: String,
  mark: String,
};

/**
 * A provider's sheet on one of its nights: nobody has done anything at first, each goes on at a pace of his own (one never
 * begins), and who is done has a mark and is approved.
 */
function sheetOf(night: number, { date, time, progress, mark }: Habits): string {
  const rows = PEOPLE.flatMap(([rutAlumno, nombre], person) => {
    const done = person === 3 ? 0 : Math.min(100, night * (5 + 2 * person));
    return ['MOD-1', 'MOD-2'].map((codigoModulo, at) => {
      const own = Math.max(0, Math.min(100, 2 * done - 100 * at));
      const seconds = (part: number): number => part * 137 + person;
      return {
        ...flatRow({ rutAlumno, codigoModulo }),
        nombre,
        fechaInicio: date('2026-10-05'),
        fechaFin: date('2026-12-18'),
        moduloFechaInicio: date('2026-10-05'),
        moduloFechaFin: date('2026-11-20'),
        porcentajeAvance: progress(done),
        moduloPorcentajeAvance: progress(own),
        tiempoConectividad: time(done === 0 ? 0 : seconds(2 * done)),
        moduloTiempoConectividad: time(own === 0 ? 0 : seconds(own)),
        estado: done === 100 ? 'Aprobado' : 'Cursando',
        evaluacionFinal: done === 100 ? mark(80 + person) : '',
        notaModulo: own === 100 ? mark(75 + person) : '',
      };
    });
  });
  return csv(rows, HEADER);
}

/** All that is said in a month: what is told or held back, night by night. */
async function saidIn(habits: Habits, columnas: ColumnAnswers = {}): Promise<string[][]> {
  return Promise.all(
    NIGHTS.map(async (night) => {
      const { courses, findings } = await read(sheetOf(night, habits), 'avance.csv', {}, columnas);
      expect(courses.flatMap(({ students }) => students)).toHaveLength(PEOPLE.length);
      const own = courses.flatMap(({ students, findings: told }) => [
        ...told,
        ...students.flatMap(({ held, heldModules = [] }) => [...held, ...heldModules]),
      ]);
      return [...findings, ...own].map(({ message }) => message);
    }),
  );
}

const clock = (seconds: number): string =>
  [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
const chilean = (text: string): string => text.split('-').reverse().join('-');

describe('thirty nights of an ordinary sheet', () => {
  it.each<[string, Habits]>([
    ['as the template asks for it', PLAIN],
    ['with clocks and percentages', { ...PLAIN, time: clock, progress: (value) => `${value}%` }],
    ['with days before months', { ...PLAIN, date: chilean }],
  ])('%s say nothing', async (_, habits) => {
    expect((await saidIn(habits)).flat()).toEqual([]);
  });

  it('with marks of 1 to 7 ask one thing, and nothing more once it is answered', async () => {
    const habits = {
      ...PLAIN,
      mark: (value: number) => (1 + (value * 6) / 100).toFixed(1).replace('.', ','),
    };
    const said = (await saidIn(habits)).map((told) => told.length);
    expect(Math.max(...said)).toBe(1);
    const answered = await saidIn(habits, { evaluacionFinal: '1-7', notaModulo: '1-7' });
    expect(answered.flat()).toEqual([]);
  });

  it('with minutes ask about the times alone, and nothing more once it is answered', async () => {
    const habits = { ...PLAIN, time: (seconds: number) => String(Math.round(seconds / 60)) };
    const said = (await saidIn(habits)).flat();
    expect(said.filter((message) => !/segundos/.test(message))).toEqual([]);
    const minutes = { tiempoConectividad: 'minutos', moduloTiempoConectividad: 'minutos' };
    expect((await saidIn(habits, minutes)).flat()).toEqual([]);
  });
});
