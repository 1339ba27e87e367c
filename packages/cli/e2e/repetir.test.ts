import { startProxy } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, BENITO, csv, OFERTA, OTEC, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { start } from './support/puente.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const send = (file: string, ...more: string[]) =>
  office.run(['enviar', '--archivo', file, ...office.flags, ...more]);
const processes = async () => {
  const { stdout } = await office.run(['historial', ...office.flags, '--json']);
  return JSON.parse(stdout).procesos.length;
};

test('sent again, it says that it is there and doubles nothing; with --repetir it goes', async () => {
  const file = office.write('avance.csv', csv([ANA, '10'], [BENITO, '20']));
  await send(file);
  const again = await send(file);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toMatch(/✔ Ya está en SENCE: 4 registros, enviados a las \d\d:\d\d con los mismos/);
  const json = await send(file, '--json');
  expect(json.code).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({
    envios: [],
    yaEnviados: [{ codigoOferta: OFERTA, registros: 4, enviado: expect.stringMatching(/^\d{4}-.*Z$/) }],
  });
  const preview = await office.run(['previsualizar', '--archivo', file, ...office.flags]);
  expect(preview.stdout).toContain('Se enviarían 0 registros');
  expect(preview.stdout).toContain('4 registros ya están en SENCE');
  expect(await processes()).toBe(1);
  expect((await send(file, '--repetir', '--json')).code).toBe(0);
  expect(await processes()).toBe(2);
});

test('a course asked for and not given, and one without students, are 1 and named', async () => {
  office.write('avance.csv', csv([ANA, '10']));
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}
otecs: [{ rut: ${OTEC}, token: "\${SENCE_TOKEN}" }]
fuentes: [{ nombre: planillas, tipo: archivo, ruta: ./avance.csv }]
cursos:
  - { fuente: planillas, curso: ${OFERTA} }
  - { fuente: planillas, curso: CUR-26-01-13-0099-1 }
`,
  );
  const run = await office.run(['enviar', '--json']);
  expect(run.code).toBe(1);
  const { envios, noEntregados } = JSON.parse(run.stdout);
  expect(envios).toMatchObject([{ resultado: 'aceptado' }]);
  expect(noEntregados).toMatchObject([{ curso: 'CUR-26-01-13-0099-1', causa: 'missing' }]);
  expect(noEntregados[0].queHacer).not.toBe('');
});

test('kill -9 in the middle of a send, and enviar again: recorded once', async () => {
  let arrived = false;
  const proxy = await startProxy(office.gestor.port, ({ method }) => {
    if (method !== 'POST') return 'none';
    arrived = true;
    return 'silence';
  });
  try {
    const file = office.write('avance.csv', csv([ANA, '10'], [BENITO, '20']));
    const flags = ['--gestor', `http://127.0.0.1:${proxy.port}/gestor/API`, '--rut-otec', OTEC];
    const child = start(['enviar', '--archivo', file, ...flags], {
      ...{ cwd: office.folder, env: { SENCE_TOKEN: TOKEN } },
    });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    await expect.poll(() => arrived).toBe(true);
    // Recorded at the other end before this one dies.
    await expect.poll(processes).toBe(1);
    child.kill('SIGKILL');
    await gone;
    // Nobody has looked since: whoever asks hears of it all the same.
    const asked = await office.run(['estado']);
    expect(asked.stdout).toContain('1 envío sin respuesta clara');
    expect(asked.stdout).toContain('Salió y todavía no hay respuesta.');
    const again = await send(file, '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout).envios).toMatchObject([{ resultado: 'aceptado', aceptados: 4 }]);
    expect(JSON.parse((await send(file, '--json')).stdout)).toMatchObject({
      envios: [],
      yaEnviados: [{ registros: 4 }],
    });
    expect(await processes()).toBe(1);
  } finally {
    await proxy.close();
  }
});
