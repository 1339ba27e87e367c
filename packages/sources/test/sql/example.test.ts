import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqlSource } from '../../src/index.ts';

const example = fileURLToPath(new URL('../../../../examples/plataforma-propia/', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-ejemplo-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('the example of a platform of one’s own is read as it stands', async () => {
  const file = join(folder, 'aula.db');
  const db = new DatabaseSync(file);
  db.exec(await readFile(join(example, 'base.sql'), 'utf8'));
  db.close();
  const source = sqlSource({ name: 'aula', url: `sqlite:${file}`, consultas: join(example, 'aula.sql') });
  const { courses, notGiven, findings } = await source.read({ at: new Date('2026-03-22T22:00:00-03:00') });
  await source.close();
  expect({ notGiven, findings }).toEqual({ notGiven: [], findings: [] });
  const [ana, bruno, ...others] = courses[0]?.students ?? [];
  expect(others).toEqual([]);
  expect(ana).toMatchObject({
    held: [],
    alumno: {
      estado: 2,
      porcentajeAvance: 100,
      tiempoConectividad: 20 * 60 + 25 * 60 + 30 * 60,
      evaluacionFinal: 88,
      listaModulos: [
        { estado: 2, tiempoConectividad: 4500, notaModulo: 85 },
        { estado: 2, tiempoConectividad: 0, notaModulo: 90 },
      ],
    },
  });
  expect(bruno).toMatchObject({ held: [], alumno: { porcentajeAvance: 25, tiempoConectividad: 600 } });
});
