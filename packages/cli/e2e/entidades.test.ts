import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, GRUPO, MODULOS, OFERTA, OTEC } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

test('another LMS, by a folder of entities: previewed, sent and explained', async () => {
  const write = (entity: string, ...rows: string[]) => office.write(`aula/${entity}.csv`, rows.join('\n'));
  mkdirSync(join(office.folder, 'aula'));
  write('cursos', 'curso;nombre', '9;Bodega');
  write('alumnos', 'curso;alumno;rut;nombre', `9;17;${ANA};Ana Soto`, '9;18;;Sin Rut');
  write('modulos', 'curso;modulo;codigoModulo', ...MODULOS.map((codigo, at) => `9;m${at};${codigo}`));
  write('actividades', 'curso;modulo;actividad;nombre', '9;m0;a1;Leer', '9;m0;a2;Prueba', '9;m1;a3;Foro');
  write('avances', 'curso;alumno;actividad;completada', '9;17;a1;sí');
  write('clics', 'curso;alumno;modulo;instante', '9;17;m0;1700000000', '9;17;m0;1700000600');
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}
otecs: [{ rut: ${OTEC}, token: "\${SENCE_TOKEN}" }]
fuentes: [{ nombre: aula, tipo: entidades, ruta: ./aula }]
cursos: [{ fuente: aula, curso: '9', codigoOferta: ${OFERTA}, codigoGrupo: ${GRUPO}, inicio: 2026-11-01, fin: 2026-12-31 }]
`,
  );
  const preview = await office.run(['previsualizar', '--json']);
  // One of the two has no RUT: told, and the other goes.
  expect(preview).toMatchObject({ code: 1, stderr: '' });
  expect(preview.stdout).toContain('no tiene RUT en «alumnos»');
  const sent = await office.run(['enviar', '--json']);
  const { envios } = JSON.parse(sent.stdout);
  expect(envios).toMatchObject([
    { codigoOferta: OFERTA, resultado: 'parcial', errores: [{ codigo: '012' }] },
  ]);
  const explained = await office.run(['explicar', '--alumno', ANA, '--curso', '9']);
  expect(explained.stdout).toContain('33: 1 de 3 actividades obligatorias');
  expect(explained.stdout).toContain('600 segundos');
});
