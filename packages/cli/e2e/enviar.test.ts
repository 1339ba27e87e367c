import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ANA,
  BENITO,
  CARLA,
  csv,
  DIEGO,
  ELENA,
  envio,
  MODULOS,
  OFERTA,
  OTEC,
  TOKEN,
} from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const send = (file: string, ...more: string[]) =>
  office.run(['enviar', '--archivo', file, ...office.flags, ...more]);

test('all well is 0, and the state stays in ./.puente', async () => {
  const run = await send(office.write('avance.csv', csv([ANA, '10'], [BENITO, '20'])));
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout).toContain('✔ aceptado');
  expect(run.stdout).toContain('4 registros aceptados (alumno × módulo)');
  expect(existsSync(join(office.folder, '.puente'))).toBe(true);
});

test('the state folder: --datos, else PUENTE_DATOS, else ./.puente', async () => {
  const file = office.write('avance.csv', csv([ANA, '10']));
  const byFlag = join(office.folder, 'por-opcion');
  const byVariable = join(office.folder, 'por-variable');
  const flags = ['enviar', '--archivo', file, ...office.flags];
  await office.run(flags, { env: { PUENTE_DATOS: byVariable } });
  expect(readdirSync(byVariable)).toContain('puente.sqlite');
  await office.run([...flags, '--datos', byFlag], { env: { PUENTE_DATOS: byVariable } });
  expect(readdirSync(byFlag)).toContain('puente.sqlite');
  expect(existsSync(join(office.folder, '.puente'))).toBe(false);
});

test('some refused and some held is 1; everybody is told by name with what to do; corrected, only they go again', async () => {
  await send(office.write('avance.csv', csv([ANA, '10'], [BENITO, '20'])));
  const second = await send(
    office.write('avance.csv', csv([ANA, '5'], [BENITO, '30'], [DIEGO, '1'], [ELENA, '2'])),
    '--json',
  );
  expect(second.code).toBe(1);
  const { envios } = JSON.parse(second.stdout);
  expect(envios).toMatchObject([
    {
      codigoOferta: OFERTA,
      resultado: 'parcial',
      idProceso: 2,
      aceptados: 2,
      rechazados: 4,
      retenidos: 2,
    },
  ]);
  const told = envios[0].errores.map(({ rut, codigoModulo, codigo, origen }: Record<string, string>) => [
    rut,
    codigoModulo,
    codigo,
    origen,
  ]);
  expect(told).toEqual(
    expect.arrayContaining([
      [DIEGO, null, '011', 'gestor'],
      [ELENA, null, '012', 'gestor'],
      [ANA, MODULOS[0], '025', 'previa'],
      [ANA, MODULOS[1], '025', 'previa'],
    ]),
  );
  for (const error of envios[0].errores) {
    expect(Object.keys(error)).toEqual(
      expect.arrayContaining([
        'rut',
        'codigoModulo',
        'codigo',
        'origen',
        'mensaje',
        'explicacion',
        'queHacer',
      ]),
    );
    expect(error.queHacer).not.toBe('');
  }

  const third = await send(
    office.write('avance.csv', csv([ANA, '15'], [BENITO, '30'])),
    '--solo-errores',
    '--json',
  );
  expect(third.code).toBe(0);
  expect(JSON.parse(third.stdout).envios).toMatchObject([{ resultado: 'aceptado', aceptados: 2 }]);

  const fourth = await send('avance.csv', '--solo-errores');
  expect(fourth).toMatchObject({ code: 0, stderr: '' });
  expect(fourth.stdout).toContain('No hay nada pendiente de corregir');
});

test('what a person reads of a partial send', async () => {
  await send(office.write('avance.csv', csv([ANA, '10'])));
  const run = await send(office.write('avance.csv', csv([ANA, '5'], [BENITO, '20'], [DIEGO, '1'])));
  const steady = run.stdout.replaceAll(/\(enviado el [\d-]+\)/g, '(enviado el ‹día›)');
  expect(steady).toMatchSnapshot();
});

test('hundreds with one problem are one explanation and a list', async () => {
  const ruts = Array.from(
    { length: 40 },
    (_, index) => [withDigit(18_000_000 + index), '10'] as [string, string],
  );
  const run = await send(office.write('avance.csv', csv(...ruts)));
  expect(run.code).toBe(1);
  expect(run.stdout).toContain('✖ rechazado');
  expect(run.stdout.match(/La plataforma de SENCE no conoce/g)).toHaveLength(1);
  for (const [rut] of ruts) expect(run.stdout).toContain(rut.replace(/(\d\d)(\d{3})(\d{3})-/, '$1.$2.$3-'));
  expect(run.stdout.split('\n').length).toBeLessThan(60);
});

test('--alumno and --curso choose; what is not there is told', async () => {
  const file = office.write('avance.csv', csv([ANA, '10'], [BENITO, '20'], [CARLA, '30']));
  const one = await send(file, '--alumno', '16.000.004-k', '--json');
  expect(one.code).toBe(0);
  expect(JSON.parse(one.stdout).envios).toMatchObject([{ aceptados: 2 }]);
  const course = await send(file, '--curso', OFERTA, '--json');
  const whole = JSON.parse(course.stdout);
  expect(whole.envios).toMatchObject([{ aceptados: 4 }]);
  expect(whole.yaEnviados).toMatchObject([{ registros: 2 }]);

  const noCourse = await send(file, '--curso', 'NO-EXISTE', '--json');
  expect(noCourse.code).toBe(2);
  expect(JSON.parse(noCourse.stdout).error.mensaje).toContain('NO-EXISTE');
  const noStudent = await send(file, '--alumno', ELENA);
  expect(noStudent.code).toBe(2);
  expect(noStudent.stderr).toContain(`No hay ningún alumno con RUT ${ELENA}`);
});

test('a body that another program wrote goes under our own codigoEnvio', async () => {
  const run = await send(office.write('envio.json', JSON.stringify(envio(ANA))), '--json');
  expect(run.code).toBe(0);
  const [{ codigoEnvio }] = JSON.parse(run.stdout).envios;
  expect(codigoEnvio).not.toBe('de-otro-programa');
  const history = await office.run(['historial', ...office.flags, '--codigo-envio', codigoEnvio, '--json']);
  expect(JSON.parse(history.stdout).procesos).toMatchObject([{ codigoEnvio, aceptados: 1, rechazados: 0 }]);
});

test('a file of another provider is 2 and nothing is sent', async () => {
  const file = office.write('envio.json', JSON.stringify({ ...envio(ANA), rutOtec: '77654321-7' }));
  const run = await send(file, '--json');
  expect(run.code).toBe(2);
  expect(JSON.parse(run.stdout)).toEqual({
    error: { mensaje: expect.stringContaining('77654321-7'), queHacer: expect.any(String) },
  });
  const history = await office.run(['historial', ...office.flags, '--json']);
  expect(JSON.parse(history.stdout)).toEqual({ procesos: [] });
});

test('a course that has ended long ago is sent when it is asked to be', async () => {
  const old = csv([ANA, '100']).replaceAll('2026-11-01', '2021-04-01').replaceAll('2026-12-31', '2021-12-31');
  expect(await send(office.write('viejo.csv', old))).toMatchObject({ code: 0 });
});

test('the standard input is a file too', async () => {
  const run = await office.run(['enviar', '--archivo', '-', ...office.flags, '--json'], {
    stdin: csv([ANA, '10']),
  });
  expect(run.code).toBe(0);
  expect(JSON.parse(run.stdout).envios).toMatchObject([{ aceptados: 2 }]);
});

test('a file as Excel in Spanish saves it: Windows-1252, semicolons, decimal commas', async () => {
  const text = csv([ANA, '10,5']).replace('Tarea 1', 'Evaluación nº 1');
  const run = await send(office.write('avance.csv', Buffer.from(text, 'latin1')), '--json');
  expect(run.code).toBe(0);
  // Of a ledger that has not sent it yet.
  const fresh = ['--datos', 'otra', '--json'];
  const preview = await office.run(['previsualizar', '--archivo', 'avance.csv', ...office.flags, ...fresh]);
  const [{ cuerpo }] = JSON.parse(preview.stdout).cursos;
  expect(cuerpo.listaAlumnos[0].listaModulos[0].listaActividades[0]).toEqual({
    codigoActividad: 'Evaluación nº 1',
  });
});

test('--al is the night reported', async () => {
  const file = office.write('avance.csv', csv([ANA, '10']));
  const run = await office.run([
    ...['previsualizar', '--archivo', file, ...office.flags, '--json'],
    ...['--al', '2026-11-23T02:30:00Z'],
  ]);
  expect(JSON.parse(run.stdout).cursos[0].cuerpo.listaAlumnos[0].fechaEjecucion).toBe('2026-11-22');
  for (const wrong of ['ayer', '2026-11-22', '2026-11-22T23:30:00', '2026-13-22T23:30:00Z']) {
    expect(await send(file, '--al', wrong)).toMatchObject({ code: 2, stdout: '' });
  }
});

test('nobody listens: 3, nothing sent', async () => {
  const port = await closedPort();
  const file = office.write('avance.csv', csv([ANA, '10']));
  const flags = ['--gestor', `http://127.0.0.1:${port}/gestor/API`, '--rut-otec', OTEC];
  const run = await office.run(['enviar', '--archivo', file, ...flags, '--json']);
  expect(run.code).toBe(3);
  expect(JSON.parse(run.stdout)).toEqual({
    error: { mensaje: expect.stringContaining('rechazó la conexión'), queHacer: expect.any(String) },
  });
  expect(run.stderr).toBe('');
});

test('a token that is not taken: 3, nothing sent', async () => {
  const file = office.write('avance.csv', csv([ANA, '10']));
  const env = { SENCE_TOKEN: 'FFFFFFFF-0000-4000-8000-000000000000' };
  const run = await office.run(['enviar', '--archivo', file, ...office.flags], { env });
  expect(run.code).toBe(3);
  expect(run.stderr).toContain('→');
  expect(run.stdout + run.stderr).not.toContain(env.SENCE_TOKEN);
});

test('the line is cut after the body has left: 4 at once', async () => {
  // A ledger that knows nothing of the provider reads the history first, and nothing leaves without it.
  const before = office.write('antes.csv', csv([ANA, '5']));
  expect((await office.run(['enviar', '--archivo', before, ...office.flags])).code).toBe(0);
  const cut = await cuttingServer();
  try {
    const file = office.write('avance.csv', csv([ANA, '10']));
    const flags = ['--gestor', `http://127.0.0.1:${cut.port}/gestor/API`, '--rut-otec', OTEC];
    const run = await office.run(['enviar', '--archivo', file, ...flags, '--json']);
    expect(run.code).toBe(4);
    expect(JSON.parse(run.stdout).envios).toMatchObject([
      { resultado: 'incierto', idProceso: null, aceptados: 0 },
    ]);
    const person = await office.run(['enviar', '--archivo', file, ...flags]);
    expect(person.code).toBe(4);
    expect(person.stdout).toContain('? incierto');
    const [{ codigoEnvio }] = JSON.parse(run.stdout).envios;
    const asked = await office.run(['estado']);
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain(`1 envío sin respuesta clara`);
    expect(asked.stdout).toContain(codigoEnvio);
  } finally {
    cut.close();
  }
});

test.each([
  ['no such file', ['--archivo', 'no-existe.csv'], 'No se pudo leer'],
  ['no source at all', [], 'No se sabe de dónde leer el avance'],
  ['no JSON', ['--archivo', 'roto.json'], 'no es un JSON bien escrito'],
])('%s is 2', async (_what, args, message) => {
  office.write('roto.json', '{"codigoOferta": ');
  const run = await office.run(['enviar', ...office.flags, ...args, '--json']);
  expect(run.code).toBe(2);
  expect(JSON.parse(run.stdout)).toEqual({
    error: { mensaje: expect.stringContaining(message), queHacer: expect.any(String) },
  });
});

test('puente.yaml instead of flags', async () => {
  office.write('avance.csv', csv([ANA, '10'], [BENITO, '20']));
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}
otecs: [{ rut: ${OTEC}, token: "\${SENCE_TOKEN}" }]
fuentes: [{ nombre: planillas, tipo: archivo, ruta: ./avance.csv }]
cursos: [{ fuente: planillas, curso: ${OFERTA} }]
`,
  );
  expect(await office.run(['enviar'])).toMatchObject({ code: 0, stderr: '' });
  const noToken = await office.run(['enviar', '--json'], { env: { SENCE_TOKEN: '' } });
  expect(noToken.code).toBe(2);
  expect(JSON.parse(noToken.stdout).error.mensaje).toContain('puente.yaml, línea 2: la variable SENCE_TOKEN');
});

test('neither colour nor control characters reach a pipe, whatever it is asked for', async () => {
  const file = office.write('avance.csv', csv([ANA, '10'], [DIEGO, '1']));
  const run = await office.run(['enviar', '--archivo', file, ...office.flags], {
    env: { FORCE_COLOR: '3', TERM: 'xterm' },
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
  expect(run.stdout + run.stderr).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
});

test('neither the token nor a stack is ever shown', async () => {
  const file = office.write('avance.csv', csv([ANA, '10'], [DIEGO, '1']));
  const runs = [await send(file), await send(file, '--json'), await send('no-existe.csv')];
  for (const { stdout, stderr } of runs) {
    expect(stdout + stderr).not.toContain(TOKEN);
    expect(stdout + stderr).not.toMatch(/\bat .*\.js:\d+/);
  }
});

function withDigit(numero: number): string {
  let sum = 0;
  [...String(numero)].reverse().forEach((digit, index) => {
    sum += Number(digit) * (2 + (index % 6));
  });
  const rest = 11 - (sum % 11);
  return `${numero}-${rest === 11 ? '0' : rest === 10 ? 'K' : rest}`;
}

/** A port where nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Takes a whole request and hangs up without a word. */
async function cuttingServer(): Promise<{ port: number; close(): void }> {
  const server = createServer((socket) => {
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      const [head = '', body = ''] = received.split('\r\n\r\n');
      if (head !== received && body.length >= length) socket.destroy();
    });
    socket.on('error', () => {});
  });
  return { port: await listen(server), close: () => server.close() };
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
