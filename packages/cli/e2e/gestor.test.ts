import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, csv, DIEGO, envio, OFERTA, OTEC, REGISTRO, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { start } from './support/puente.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

test('probar: reached and accepted is 0, refused and not reached are 3, and it says which', async () => {
  const good = await office.run(['probar', ...office.flags, '--json']);
  expect(good).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(good.stdout).pruebas).toMatchObject([
    { rutOtec: OTEC, gestor: office.gestor.url, alcanzado: true, tokenAceptado: true },
  ]);
  const person = await office.run(['probar', ...office.flags]);
  expect(person.stdout).toContain('✔ 76.543.210-3  se llega al Gestor y acepta el token');

  const env = { SENCE_TOKEN: 'FFFFFFFF-0000-4000-8000-000000000000' };
  const refused = await office.run(['probar', ...office.flags], { env });
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain(
    `Se llega al Gestor Intermedio, pero no acepta a la OTEC ${OTEC}: «Token invalido»`,
  );

  const silent = createServer((socket) => socket.end('hola'));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const noGestor = await office.run([
    'probar',
    '--gestor',
    `http://127.0.0.1:${port}`,
    '--rut-otec',
    OTEC,
    '--json',
  ]);
  silent.close();
  expect(noGestor.code).toBe(3);
  expect(JSON.parse(noGestor.stdout)).toEqual({
    error: { mensaje: expect.stringMatching(/./), queHacer: expect.stringMatching(/./) },
  });
});

test('historial: everything, one send, one process, from a day on', async () => {
  const file = office.write('avance.csv', csv([ANA, '10'], [DIEGO, '5']));
  const sent = JSON.parse(
    (await office.run(['enviar', '--archivo', file, ...office.flags, '--json'])).stdout,
  );
  const [{ codigoEnvio }] = sent.envios;
  await office.run(['enviar', '--archivo', file, ...office.flags]);

  const read = async (...args: string[]) =>
    JSON.parse((await office.run(['historial', ...office.flags, '--json', ...args])).stdout).procesos;
  expect(await read()).toHaveLength(2);
  expect(await read('--desde', '2100-01-01')).toEqual([]);
  expect(await read('--proceso', '2')).toMatchObject([{ idProceso: '2' }]);
  const [one, ...others] = await read('--codigo-envio', codigoEnvio);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ rutOtec: OTEC, codigoEnvio, idProceso: '1', aceptados: 2, rechazados: 2 });
  expect(one.registros[0]).toMatchObject({
    rut: ANA,
    codigoOferta: OFERTA,
    estado: 'aceptado',
    porcentajeAvance: 10,
  });
  expect(one.registros.at(-1)).toMatchObject({ rut: DIEGO, estado: 'rechazado', codigo: '011' });

  const person = await office.run(['historial', ...office.flags, '--proceso', '1']);
  expect(person.stdout).toContain('18.444.555-7');
  expect(person.stdout).toContain('2 registros aceptados, 2 rechazados');
});

test('gestor servir: answers as the service, keeps its data, stops cleanly', async () => {
  const registro = office.write('registro.json', JSON.stringify(REGISTRO));
  const datos = join(office.folder, 'otro-gestor');
  const args = ['gestor', 'servir', '--puerto', '0', '--datos', datos, '--registro', registro, '--json'];
  const file = office.write('avance.csv', csv([ANA, '10']));

  const first = start(args, { cwd: office.folder });
  const flags = ['--gestor', await addressOf(first), '--rut-otec', OTEC];
  expect(await office.run(['enviar', '--archivo', file, ...flags])).toMatchObject({ code: 0 });
  expect(await stop(first, 'SIGINT')).toBe(0);

  const second = start(args, { cwd: office.folder });
  const again = ['--gestor', await addressOf(second), '--rut-otec', OTEC];
  const history = await office.run(['historial', ...again, '--json']);
  expect(JSON.parse(history.stdout).procesos).toMatchObject([{ aceptados: 2 }]);
  expect(await stop(second, 'SIGTERM')).toBe(0);
});

test('gestor servir: a wrong registry and a port that is taken are 2', async () => {
  office.write('roto.json', '{');
  office.write('otro.json', JSON.stringify({ otecs: [{ rut: 'x' }] }));
  const serve = (...args: string[]) =>
    office.run(['gestor', 'servir', '--datos', 'g', '--puerto', '0', ...args, '--json']);
  for (const registro of ['roto.json', 'otro.json', 'no-hay.json']) {
    const run = await serve('--registro', registro);
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout).error.queHacer).not.toBe('');
  }
  const taken = await serve('--puerto', String(office.gestor.port));
  expect(taken.code).toBe(2);
  expect(JSON.parse(taken.stdout).error.mensaje).toContain(
    `El puerto ${office.gestor.port} ya lo usa otro programa`,
  );
});

test('gestor sandbox --salir-si-ocioso: ends by itself, with 0, once no call comes', async () => {
  const args = ['gestor', 'sandbox', '--puerto', '0', '--datos', join(office.folder, 'sandbox'), '--json'];
  const run = await office.run([...args, '--salir-si-ocioso', '1']);
  expect(run.code).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({ url: expect.stringContaining('/gestor/API') });
});

test('a mirror tells in which codes two Gestores differ: 0 where they agree, 1 where not or where nothing was compared', async () => {
  const registro = office.write('registro.json', JSON.stringify(REGISTRO));
  const cuerpo = envio(ANA);
  const answers = {
    igual: { id_proceso: 1, envio: cuerpo.listaAlumnos, errores: [] },
    otra: {
      ...{ id_proceso: 1, datosEnviados: [] },
      datosError: [
        { alumno: cuerpo.listaAlumnos[0], codigo: '011', mensaje: 'El alumno no está en el curso' },
      ],
    },
  };
  const mirror = (answer: unknown) => {
    const line = JSON.stringify({ cuando: '2026-11-22T22:30:00-03:00', cuerpo, respuesta: answer });
    return office.run(['gestor', 'espejo', office.write('noche.ndjson', line), '--registro', registro]);
  };
  expect(await mirror(answers.igual)).toMatchObject({
    ...{ code: 0, stderr: '', stdout: expect.stringContaining('Ningún desacuerdo en lo que se comparó') },
  });
  const other = await mirror(answers.otra);
  expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining('allá 011, aquí aceptado') });
  expect(other.stdout).not.toContain(ANA.slice(0, 8));
  expect(await mirror('<html>')).toMatchObject({
    ...{ code: 1, stdout: expect.stringContaining('No se comparó ninguna llamada') },
  });
  const missing = await office.run(['gestor', 'espejo', 'no-hay.ndjson', '--registro', registro]);
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('no existe') });
});

test('a preview calls nobody, writes nothing and needs no token', async () => {
  const file = office.write('avance.csv', csv([ANA, '10'], ['15111222-9', '10']));
  const flags = ['--gestor', 'http://127.0.0.1:9/gestor/API', '--rut-otec', OTEC];
  const env = { SENCE_TOKEN: '' };
  const run = await office.run(['previsualizar', '--archivo', file, ...flags, '--json'], { env });
  expect(run).toMatchObject({ code: 1, stderr: '' });
  const { cursos } = JSON.parse(run.stdout);
  expect(cursos).toMatchObject([
    {
      codigoOferta: OFERTA,
      cuerpo: { rutOtec: OTEC, idSistema: 1350, codigoOferta: OFERTA },
      retenidos: [{ rut: '15111222-9', codigoModulo: null, codigo: '012' }],
    },
  ]);
  expect(cursos[0].cuerpo).not.toHaveProperty('token');
  expect(cursos[0].cuerpo.listaAlumnos).toHaveLength(1);
  const person = await office.run(['previsualizar', '--archivo', file, ...flags], { env });
  expect(person.stdout).toContain('No se llamó al Gestor.');
  mkdirSync(join(office.folder, '.puente'));
  expect(run.stdout).not.toContain(TOKEN);
});

async function addressOf(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('}')) break;
  }
  return JSON.parse(text).url;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  const [code] = await once(child, 'exit');
  return code;
}
