import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, DIEGO, GRUPO, MODULOS, OFERTA, OTEC, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { type Served, serve } from './support/panel.ts';

const COURSE = {
  curso: { nombre: 'Bodega' },
  alumnos: [
    { alumno: '1', rut: ANA },
    // SENCE does not have the person in the course.
    { alumno: '2', rut: DIEGO },
  ],
  modulos: MODULOS.map((codigoModulo) => ({ modulo: codigoModulo, codigoModulo })),
  porcentajes: ['1', '2'].flatMap((alumno) =>
    ['', ...MODULOS].map((modulo) => ({ alumno, modulo, porcentaje: 50 })),
  ),
  tiempos: ['1', '2'].flatMap((alumno) =>
    ['', ...MODULOS].map((modulo) => ({ alumno, modulo, segundos: 60 })),
  ),
};

let office: Office;
let served: Served | undefined;
/** The platform's own address: every call that came, and whether the next ones get an answer. */
let platform: Server;
let came: { id: string; curso: string; alumnos: { alumno: string; estado: string }[] }[];
let answers: boolean;
let unanswered: ServerResponse[];
beforeEach(async () => {
  [came, answers, unanswered, served] = [[], true, [], undefined];
  platform = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    came.push(JSON.parse(body));
    if (answers) response.writeHead(204).end();
    else unanswered.push(response);
    platform.emit('came');
  });
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(platform.address() as AddressInfo).port}/entrada`;
  office = await openOffice();
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}
otecs: [{ rut: ${OTEC}, token: "\${SENCE_TOKEN}" }]
fuentes: [{ nombre: plataforma, tipo: push, webhook: { url: '${url}', clave: una clave que ambos conocen } }]
cursos: [{ fuente: plataforma, curso: '9', codigoOferta: ${OFERTA}, codigoGrupo: ${GRUPO}, inicio: 2026-11-01, fin: 2026-12-31 }]
`,
  );
});
afterEach(async () => {
  await served?.stop('SIGKILL');
  platform.closeAllConnections();
  await new Promise((resolve) => platform.close(resolve));
  await office.close();
});

test('killed between the send and telling the platform, and again while it tells: it hears of it, under one id', async () => {
  const start = () => serve(office, { SENCE_TOKEN: TOKEN });
  const kill = async () => {
    await served?.stop('SIGKILL');
    served = undefined;
  };
  served = await start();
  const { stdout } = await office.run(['fuente', 'clave', 'plataforma', '--json']);
  const clave = /entrega_[\w-]+/.exec(stdout)?.[0] ?? '';
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${served?.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${clave}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  expect((await call('PUT', '/v1/cursos/9', COURSE)).status).toBe(200);
  const sent = await office.run(['enviar', '--json']);
  expect(JSON.parse(sent.stdout).envios).toMatchObject([{ codigoOferta: OFERTA, resultado: 'parcial' }]);
  await kill();
  expect(came).toEqual([]);

  answers = false;
  const first = once(platform, 'came');
  served = await start();
  await first;
  await kill();
  for (const response of unanswered) response.destroy();

  answers = true;
  const second = once(platform, 'came');
  served = await start();
  await second;
  expect(came).toMatchObject([{ curso: '9' }, { curso: '9' }]);
  expect(came[0]?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(came[1]?.id).toBe(came[0]?.id);
  expect(came[1]?.alumnos).toMatchObject([
    { alumno: '1', estado: expect.stringMatching(/^(sin-confirmar|lo-tiene)$/) },
    { alumno: '2', estado: 'rechazado' },
  ]);
  const { alumnos } = (await (await call('GET', '/v1/cursos/9/resultado')).json()) as { alumnos: unknown };
  expect(came[1]?.alumnos).toEqual(alumnos);
});
