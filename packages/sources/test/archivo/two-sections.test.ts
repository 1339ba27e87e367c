import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { archivoSource } from '../../src/index.ts';
import { csv, flatRow } from './reading.ts';

async function told(...files: Record<string, string>[][]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-secciones-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [index, rows] of files.entries()) await writeFile(join(folder, `${index}.csv`), csv(rows));
  const { findings } = await archivoSource({ name: 'planillas', ruta: folder }).read({
    at: new Date('2026-11-23T22:30:00-03:00'),
  });
  return findings.map(({ message }) => message);
}

it('one module in two sections is told with the person and both places, in one table or in two files', async () => {
  const other = flatRow({ codigoGrupo: 'GR-2' });
  for (const [files, place] of [
    [[[flatRow(), other]], '0.csv, fila 3'],
    [[[flatRow()], [other]], '1.csv, fila 2'],
  ] as const)
    expect(await told(...files.map((rows) => [...rows]))).toEqual([
      expect.stringContaining(`12345678-5 en MOD-1 (0.csv, fila 2 y ${place})`),
    ]);
});

it('two people, two modules or two courses are not', async () => {
  const others = { rutAlumno: '11111111-1', codigoGrupo: 'GR-2' };
  expect(await told([flatRow()], [flatRow(others)])).toEqual([]);
  expect(await told([flatRow()], [flatRow({ codigoGrupo: 'GR-2', codigoModulo: 'MOD-2' })])).toEqual([]);
  expect(await told([flatRow()], [flatRow({ codigoGrupo: 'GR-2', codigoOferta: 'OF-2' })])).toEqual([]);
});

it('who is held back already is not told a second time', async () => {
  const bad = { rutAlumno: '12.345.678', codigoGrupo: 'GR-2' };
  expect(await told([flatRow({ rutAlumno: '12.345.678' })], [flatRow(bad)])).toEqual([]);
});
