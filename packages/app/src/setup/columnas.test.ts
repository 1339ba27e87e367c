import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archivoSource } from '@puente-sic/sources';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookAtColumns, rememberColumns } from './columnas.ts';

const SHEET = `Código Oferta;Código Grupo;RUT;Tiempo Conectividad;Logro;Fecha Inicio;Fecha Fin;Código Módulo;Módulo Tiempo Conectividad;Módulo % Avance;Módulo Fecha Inicio;Módulo Fecha Fin
CAP-1;G-1;11.111.111-1;3600;40;05-10-2026;18-12-2026;PRES1;1800;35;05-10-2026;18-12-2026
`;
const AT = new Date('2026-11-20T12:00:00-03:00');

let ruta: string;
beforeEach(() => {
  ruta = mkdtempSync(join(tmpdir(), 'puente-columnas-'));
});
afterEach(() => rmSync(ruta, { recursive: true, force: true }));

const source = () => ({ nombre: 'planillas', ruta });
const look = () => lookAtColumns(source(), 'avance.csv', Buffer.from(SHEET));
const read = () => archivoSource({ name: 'planillas', ruta }).read({ at: AT });

test('a column that nobody knows is shown with what stands in it; said once, it is remembered beside the files', async () => {
  writeFileSync(join(ruta, 'avance.csv'), SHEET);
  expect((await read()).courses).toEqual([]);
  const before = await look();
  expect(before.columnas[4]).toEqual({
    ...{ tabla: 'avance.csv', letra: 'E', encabezado: 'Logro', ejemplo: '40', campo: null, leido: null },
  });
  expect(before.columnas[2]).toMatchObject({ encabezado: 'RUT', campo: 'rutAlumno' });
  expect(before.campos).toContain('porcentajeAvance');

  await rememberColumns(source(), { Logro: 'porcentajeAvance' });
  const after = await look();
  expect(after.columnas.map(({ encabezado, leido }) => [encabezado, leido])).toEqual([
    ['Código Oferta', 'CAP-1'],
    ['Código Grupo', 'G-1'],
    ['RUT', '11111111-1'],
    ['Tiempo Conectividad', '3600 s (1 h 0 min)'],
    ['Logro', '40 %'],
    ['Fecha Inicio', '2026-10-05'],
    ['Fecha Fin', '2026-12-18'],
    ['Código Módulo', 'PRES1'],
    ['Módulo Tiempo Conectividad', '1800 s (30 min 0 s)'],
    ['Módulo % Avance', '35 %'],
    ['Módulo Fecha Inicio', '2026-10-05'],
    ['Módulo Fecha Fin', '2026-12-18'],
  ]);
  // The night reads it with the same words.
  const { courses, findings } = await read();
  expect(courses[0]?.students[0]?.alumno.porcentajeAvance).toBe(40);
  expect(findings).toEqual([]);

  await rememberColumns(source(), { Logro: null });
  expect((await read()).courses).toEqual([]);
});

test('what no column can be is refused, and so is what puente.yaml says already', async () => {
  await expect(rememberColumns(source(), { Logro: 'avanse' })).rejects.toThrow(
    '«avanse» no es algo que «Logro» pueda ser',
  );
  const said = { ...source(), columnas: { Logro: 'porcentajeAvance' } };
  await expect(rememberColumns(said, { Logro: 'no' })).rejects.toThrow('está escrito en la configuración');
});

test('what was remembered and is damaged is told, and never taken', async () => {
  writeFileSync(join(ruta, 'avance.csv'), SHEET);
  await rememberColumns(source(), { Logro: 'porcentajeAvance' });
  const file = join(ruta, '.columnas.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ Logro: 'porcentajeAvance' });
  writeFileSync(file, '{ "Logro": ');
  const { courses, findings } = await read();
  expect(courses).toEqual([]);
  expect(findings.map(({ message }) => message).join(' ')).toContain('.columnas.json está dañado');
});
