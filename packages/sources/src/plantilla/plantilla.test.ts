import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archivoSource } from '../archivo/archivo.ts';
import type { CourseTree } from '../source.ts';
import { SourceError } from '../source.ts';
import { writePlantilla } from './plantilla.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'puente-plantilla-'));
});
afterAll(() => rm(dir, { recursive: true }));

const at = new Date('2026-11-23T22:30:00-03:00');
const read = (ruta: string) => archivoSource({ name: 'planillas', ruta }).read({ at });

function withoutPlaces({ students, ...course }: CourseTree) {
  return { ...course, students: students.map(({ place: _, modulePlaces: __, ...student }) => student) };
}

describe('plantilla', () => {
  it.each(['csv', 'xlsx'] as const)(
    '%s: the filled example is read without a word, the empty one says it is empty',
    async (formato) => {
      const [empty = '', filled = ''] = await writePlantilla(join(dir, formato), { formato });
      const reading = await read(filled);
      expect(reading.findings).toEqual([]);
      expect(reading.courses).toHaveLength(1);
      for (const { students, findings } of reading.courses) {
        expect(findings).toEqual([]);
        expect(students.map(({ alumno }) => alumno.listaModulos?.length)).toEqual([2, 2]);
        expect(students.flatMap(({ held, heldModules = [] }) => [...held, ...heldModules])).toEqual([]);
      }
      const nothing = await read(empty);
      expect(nothing.courses).toEqual([]);
      for (const { message } of nothing.findings) expect(message).toMatch(/ninguna fila con datos|EJEMPLO/);
      expect(nothing.findings).not.toEqual([]);
    },
  );

  it('says the same in both formats', async () => {
    const csv = await read(join(dir, 'csv', 'ejemplo-avance.csv'));
    const xlsx = await read(join(dir, 'xlsx', 'ejemplo-avance.xlsx'));
    expect(xlsx.courses.map(withoutPlaces)).toEqual(csv.courses.map(withoutPlaces));
    expect(csv.courses[0]?.students[0]?.alumno).toMatchObject({
      rutAlumno: 12345678,
      dvAlumno: '5',
      porcentajeAvance: 60,
    });
  });

  it('is a CSV that Excel in Spanish opens: semicolons and a byte order mark', async () => {
    const text = await readFile(join(dir, 'csv', 'plantilla-avance.csv'), 'utf8');
    expect(text.startsWith('\uFEFFcodigoOferta;codigoGrupo;')).toBe(true);
  });

  it('never writes over a file', async () => {
    const taken = join(dir, 'taken');
    const [empty = ''] = await writePlantilla(taken, { formato: 'csv' });
    await writeFile(empty, 'mis datos');
    await expect(writePlantilla(taken, { formato: 'csv' })).rejects.toThrow(SourceError);
    expect(await readFile(empty, 'utf8')).toBe('mis datos');
  });

  it('says so when the folder cannot be made', async () => {
    const file = join(dir, 'a-file');
    await writeFile(file, '');
    await expect(writePlantilla(join(file, 'x'), { formato: 'csv' })).rejects.toThrow(/No se pudo escribir/);
  });
});
