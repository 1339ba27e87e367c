import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepFile, listFiles, lookAtFile, recoverFile, removeFile } from '../src/setup/planillas.ts';

const DEMO = fileURLToPath(new URL('../../../examples/otec-demo', import.meta.url));
const NIGHT = new Date('2026-11-23T09:00:00-03:00');
const GESTION = 'CAP-26-01-13-0446-1';

let ruta: string;
beforeEach(async () => {
  ruta = await mkdtemp(join(tmpdir(), 'puente-planillas-'));
});
afterEach(() => rm(ruta, { recursive: true, force: true }));

const options = () => ({ nombre: 'planillas', ruta });
const demo = (name: string) => readFile(join(DEMO, name));
const inUse = async () => (await readdir(ruta)).filter((name) => !name.startsWith('.'));
const later = (minutes: number) => new Date(NIGHT.getTime() + minutes * 60_000);

test('a sheet takes the place of the one that has its courses, whatever its name, and that one can come back', async () => {
  const first = await demo('planilla-gestion.csv');
  await keepFile(options(), 'noviembre.csv', first, NIGHT);
  await keepFile(options(), 'otro curso.xlsx', await demo('atencion-de-publico.xlsx'), NIGHT);

  const seen = await lookAtFile(options(), 'noviembre (2).csv', first, NIGHT);
  expect(seen).toMatchObject({
    reemplaza: ['noviembre.csv'],
    comparte: [],
    cursos: [{ codigoOferta: GESTION }],
  });
  expect((await inUse()).sort()).toEqual(['noviembre.csv', 'otro curso.xlsx']);

  const kept = await keepFile(options(), 'noviembre (2).csv', first, later(1));
  expect(kept).toMatchObject({ archivo: 'noviembre (2).csv', reemplazadas: ['noviembre.csv'] });
  expect((await inUse()).sort()).toEqual(['noviembre (2).csv', 'otro curso.xlsx']);

  const [aside] = (await listFiles(options())).filter(({ enUso }) => !enUso);
  expect(aside).toMatchObject({ archivo: 'noviembre.csv', cuando: later(1) });
  const back = await recoverFile(options(), aside?.id ?? '', later(2));
  expect(back).toMatchObject([{ codigoOferta: GESTION }]);
  expect((await inUse()).sort()).toEqual(['noviembre.csv', 'otro curso.xlsx']);
  expect(await readFile(join(ruta, 'noviembre.csv'))).toEqual(first);
});

test('where the new one cannot be written, the one that it would replace stays in use', async () => {
  const first = await demo('planilla-gestion.csv');
  await keepFile(options(), 'noviembre.csv', first, NIGHT);
  // Something stands where it is written first.
  await mkdir(join(ruta, '.diciembre.csv.nuevo', 'x'), { recursive: true });
  await expect(keepFile(options(), 'diciembre.csv', first, later(1))).rejects.toThrow('No se pudo guardar');
  expect(await inUse()).toEqual(['noviembre.csv']);
});

test('one of the same name is put aside too', async () => {
  const first = await demo('planilla-gestion.csv');
  await keepFile(options(), 'avance.csv', first, NIGHT);
  const { reemplazadas } = await keepFile(options(), 'avance.csv', first, later(1));
  expect(reemplazadas).toEqual(['avance.csv']);
  expect((await listFiles(options())).map(({ archivo, enUso }) => [archivo, enUso])).toContainEqual([
    'avance.csv',
    false,
  ]);
});

test('a sheet that is taken away tells the courses that no other sheet has', async () => {
  await keepFile(options(), 'avance.csv', await demo('planilla-gestion.csv'), NIGHT);
  await writeFile(join(ruta, 'copia.csv'), await demo('planilla-gestion.csv'));
  expect(await removeFile(options(), 'avance.csv', later(1))).toEqual([]);
  expect(await removeFile(options(), 'copia.csv', later(2))).toMatchObject([{ codigoOferta: GESTION }]);
  expect(await inUse()).toEqual([]);
  await expect(removeFile(options(), 'copia.csv', later(3))).rejects.toThrow('ya no está');
});

test('what is no sheet is refused, and nothing is moved', async () => {
  await keepFile(options(), 'avance.csv', await demo('planilla-gestion.csv'), NIGHT);
  const empty = Buffer.from('a;b\n1;2\n');
  await expect(keepFile(options(), 'avance.csv', empty, later(1))).rejects.toThrow();
  await expect(keepFile(options(), '../fuera.csv', empty, later(1))).rejects.toThrow('no es un archivo');
  expect(await inUse()).toEqual(['avance.csv']);
});
