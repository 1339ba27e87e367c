import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, BENITO, csv, DIEGO, MODULOS, OFERTA, OTEC } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  office.write('avance.csv', csv([ANA, '10'], [BENITO, '20'], [DIEGO, '5']));
});
afterEach(() => office.close());

const send = () => office.run(['enviar', '--archivo', 'avance.csv', ...office.flags]);
const json = async (args: string[]) => {
  const run = await office.run([...args, '--json']);
  return { ...run, body: JSON.parse(run.stdout) };
};

test('errores: what waits for correction, by student; 0 when nothing does', async () => {
  expect(await office.run(['errores'])).toMatchObject({ code: 0, stderr: '' });
  await send();
  const open = await json(['errores']);
  expect(open.code).toBe(1);
  expect(open.body.errores).toMatchObject([
    {
      rut: DIEGO,
      codigo: '011',
      origen: 'gestor',
      codigoOferta: OFERTA,
      desde: expect.stringMatching(/^\d{4}-/),
    },
  ]);
  const person = await office.run(['errores']);
  expect(person.stdout.replace(/desde el [\d-]+/, 'desde el ‹día›')).toMatchSnapshot();
  expect((await json(['errores', '--alumno', ANA])).body.errores).toEqual([]);
  expect((await json(['errores', '--curso', 'OTRO'])).body.errores).toEqual([]);
});

test('sincronizar: what SENCE has is known in a new state folder', async () => {
  await send();
  const synced = await json(['sincronizar', ...office.flags, '--datos', 'otro']);
  expect(synced.code).toBe(0);
  expect(synced.body.sincronizados).toMatchObject([
    { rutOtec: OTEC, procesos: 1, registros: 4, nuevos: 4, falla: null },
  ]);
  office.write('avance.csv', csv([ANA, '5']));
  const preview = await json([
    'previsualizar',
    '--archivo',
    'avance.csv',
    ...office.flags,
    '--datos',
    'otro',
  ]);
  expect(preview.body.cursos[0].retenidos).toMatchObject([{ codigo: '025' }, { codigo: '025' }]);
});

test('a state folder that knows nothing of what SENCE has reads it first, says so, and sends nothing twice', async () => {
  const line = 'primero se leyó el historial de SENCE';
  expect((await send()).stdout).not.toContain(line);
  expect((await send()).stdout).not.toContain(line);
  const elsewhere = ['enviar', '--archivo', 'avance.csv', '--datos', 'otro', ...office.flags];
  const told = await office.run(['probar', ...office.flags], { env: { PUENTE_DATOS: 'otro' } });
  expect(told.stderr).toContain('puente leerá primero su historial');
  const { stdout } = await office.run(elsewhere);
  expect(stdout.match(/primero se leyó el historial de SENCE/g)).toHaveLength(1);
  expect(stdout).toContain('Ya está en SENCE: 4 registros');
  expect((await json([...elsewhere, '--repetir'])).body).toMatchObject({
    historial: [],
    envios: [{ aceptados: 4 }],
  });
});

test('conciliar: every difference between file, ledger and SENCE, as JSON, CSV and for a person', async () => {
  await send();
  office.write('avance.csv', csv([ANA, '10'], [BENITO, '35']));
  const compare = ['conciliar', '--archivo', 'avance.csv', ...office.flags];
  const found = await json(compare);
  expect(found.code).toBe(1);
  expect(found.body).toMatchObject({ comparados: 4, iguales: 2 });
  expect(found.body.diferencias).toMatchObject(
    MODULOS.map((codigoModulo) => ({
      rut: BENITO,
      codigoModulo,
      tipo: 'valor-distinto',
      lms: 35,
      sence: 20,
    })),
  );
  const table = await office.run([...compare, '--csv']);
  expect(table.stdout.split('\r\n')[1]).toContain(`${BENITO};${MODULOS[0]};valor-distinto;35;20;20`);
  expect((await office.run(compare)).stdout).toMatchSnapshot();

  // Another time, and a student whose percentage fell: held, although SENCE has a figure of hers.
  const changed = csv([ANA, '5'], [BENITO, '20']).replaceAll(`;1800;20;`, ';900;20;');
  office.write('avance.csv', changed);
  expect((await json(compare)).body).toMatchObject({ comparados: 4, iguales: 0 });
  const told = (await office.run(compare)).stdout;
  expect(told).toMatch(/16\.000\.004-K +CUR-0001-M1 +tiempo del módulo +900 s +1\.800 s +1\.800 s/);
  expect(told).toContain('Retenido: no se envía');
  expect(told).toContain('4 registros comparados: 0 iguales, 2 diferencias, 2 retenidos.');

  await office.gestor.close();
  const alone = await json(compare);
  expect(alone.code).toBe(3);
  expect(Object.keys(alone.body)).toEqual(['error']);
});

test('respaldar and restaurar: the state is what it was', async () => {
  await send();
  const saved = await json(['respaldar', 'copia.respaldo']);
  expect(saved).toMatchObject({ code: 0, body: { archivo: join(office.folder, 'copia.respaldo') } });
  expect(await office.run(['respaldar', 'copia.respaldo'])).toMatchObject({ code: 2 });

  office.write('avance.csv', csv([ANA, '10'], [BENITO, '20']));
  await send();
  expect((await json(['errores'])).body.errores).toEqual([]);
  const restored = await json(['restaurar', 'copia.respaldo']);
  expect(restored.code).toBe(0);
  expect((await json(['errores'])).body.errores).toHaveLength(1);

  office.write('no-es.respaldo', 'hola');
  expect(await office.run(['restaurar', 'no-es.respaldo'])).toMatchObject({ code: 2, stdout: '' });
});

test('evidencia and verificar: a ZIP that shows when it was changed', async () => {
  await send();
  const base = ['evidencia', '--rut-otec', OTEC, '--curso', OFERTA, '--desde', '2020-01-01'];
  const made = await json([...base, '--salida', 'prueba.zip']);
  expect(made).toMatchObject({
    code: 0,
    body: { envios: 1, registros: 6, huella: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  const sound = await json(['verificar', 'prueba.zip']);
  expect(sound).toMatchObject({ code: 0, body: { valido: true, huella: made.body.huella, problemas: [] } });

  const file = join(office.folder, 'prueba.zip');
  const bytes = readFileSync(file);
  const at = bytes.indexOf('historial.html');
  bytes.fill(0x20, at + 40, at + 60);
  writeFileSync(file, bytes);
  expect((await office.run(['verificar', 'prueba.zip'])).code).not.toBe(0);

  expect(await office.run([...base, '--salida', 'prueba.zip'])).toMatchObject({ code: 2 });
  const none = await office.run([
    'evidencia',
    '--rut-otec',
    OTEC,
    '--curso',
    'OTRO',
    '--desde',
    '2020-01-01',
  ]);
  expect(none).toMatchObject({ code: 2, stdout: '' });
  expect((await office.run(['evidencia', '--curso', OFERTA])).stderr).toContain(
    'falta la opción --desde <FECHA>',
  );
});

test('moodle permisos: the SQL and the steps without any connection; without a source it says what to do', async () => {
  const sql = await office.run(['moodle', 'permisos', '--motor', 'mariadb', '--prefijo', 'm_']);
  expect(sql).toMatchObject({ code: 0, stderr: '' });
  expect(sql.stdout).toContain('ON `moodle`.`m_course` TO');
  expect((await json(['moodle', 'permisos', '--motor', 'postgres'])).body.sql).toContain('CREATE ROLE');
  expect((await office.run(['moodle', 'permisos', '--servicios-web'])).stdout).toContain('Cree el token');
  expect((await office.run(['moodle', 'permisos'])).stderr).toContain('--motor');
  expect((await office.run(['moodle', 'revisar'])).stderr).toContain('ninguna fuente de Moodle');
});

test('moodle revisar and explicar: a Moodle that is not there is told, with exit 3 or 2', async () => {
  office.write(
    'puente.yaml',
    "fuentes: [{ nombre: aula, tipo: moodle-bd, url: 'mariadb://lee:clave-secreta@127.0.0.1:1/moodle' }]\n",
  );
  for (const args of [
    ['moodle', 'revisar'],
    ['explicar', '--alumno', ANA, '--curso', 'X'],
    ['moodle', 'permisos'],
  ]) {
    const run = await office.run([...args, '--json']);
    expect([2, 3]).toContain(run.code);
    expect(Object.keys(JSON.parse(run.stdout))).toEqual(['error']);
    expect(run.stdout + run.stderr).not.toContain('clave-secreta');
  }
});
