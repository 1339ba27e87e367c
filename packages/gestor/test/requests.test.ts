import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, type Gestor } from '../src/index.ts';
import { alumno, EVENING, envio, MODULOS, modulo, registry } from './data.ts';
import { getHistory, type HttpAnswer, history, post, send } from './http.ts';
import { onEachStore } from './stores.ts';

onEachStore('a request that no course can be', (home) => {
  const start = (limits = {}): Promise<Gestor> =>
    home.start({ clock: () => EVENING, registro: registry(), limits });
  const refused = (status: number) => ({
    status,
    text: expect.stringMatching(/^\{"error":\[\{"mensaje":".+"\}\]\}$/),
  });

  test('is answered by a clear 4xx and leaves no process', async () => {
    const gestor = await start();
    const good = JSON.stringify(envio([alumno(1)]));
    const bodies = [
      '',
      ' ',
      '{',
      'null',
      '1',
      '[]',
      '"x"',
      `${good} x`,
      good.replace('1350', 'NaN'),
      '\u0000',
      good.slice(0, -1),
    ];
    for (const body of bodies) expect(await post(gestor, body), body.slice(0, 50)).toEqual(refused(400));
    expect(await postBytes(gestor, new Uint8Array([0x7b, 0xff, 0x7d]))).toEqual(refused(400));
    expect(await history(gestor)).toEqual([]);
  });

  test('is told so when it is too big, too deep, or of too many students or modules', async () => {
    const gestor = await start({ cuerpo: 2_000_000, alumnos: 50, registros: 100 });
    expect(await post(gestor, JSON.stringify(envio([alumno(1)])) + ' '.repeat(2_000_000))).toEqual(
      refused(413),
    );
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const place = JSON.stringify(envio([alumno(1, { estado: 'DEEP' })]));
    expect(await post(gestor, place.replace('"DEEP"', deep))).toEqual(refused(400));
    const code = JSON.stringify(envio([alumno(1)], { codigoEnvio: 'DEEP' }));
    expect(await post(gestor, code.replace('"DEEP"', deep))).toEqual(refused(400));
    expect(await post(gestor, envio(Array.from({ length: 51 }, () => alumno(1))))).toEqual(refused(413));
    const modules = Array.from({ length: 101 }, () => modulo());
    expect(await post(gestor, envio([alumno(1, { listaModulos: modules })]))).toEqual(refused(413));
    expect(await history(gestor)).toEqual([]);
    expect((await send(gestor, envio([alumno(1)]))).errores).toEqual([]);
  });

  test('of 50 MB is turned away without being read', async () => {
    const gestor = await start();
    const socket = connect(gestor.port, '127.0.0.1');
    socket.write(
      `POST /gestor/API/avance-sic/enviarAvance HTTP/1.1\r\nHost: x\r\nContent-Length: ${50 * 1024 * 1024}\r\n\r\n`,
    );
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  test('whose errors would repeat one huge student too often is refused whole', async () => {
    const gestor = await start();
    const bad = Array.from({ length: 1_000 }, () => ({ codigoModulo: MODULOS[0] }));
    const huge = alumno(1, { listaModulos: bad, nota: 'x'.repeat(1_000_000) });
    expect(await post(gestor, envio([huge]))).toEqual(refused(413));
    expect(await history(gestor)).toEqual([]);
  });

  test('a thousand students of ten modules fit, and as many activities as the body holds', async () => {
    const gestor = await start();
    const modules = Array.from({ length: 10 }, () => modulo(MODULOS[0], { porcentajeAvance: 50 }));
    const many = Array.from({ length: 1_000 }, () => alumno(1, { listaModulos: modules }));
    expect((await send(gestor, envio(many))).errores).toEqual([]);
    expect((await history(gestor))[0]?.listaregistros).toHaveLength(10_000);
    const activities = Array.from({ length: 500_000 }, () => ({ codigoActividad: 'x' }));
    expect(
      (
        await send(
          gestor,
          envio([alumno(1, { listaModulos: [modulo(MODULOS[0], { listaActividades: activities })] })]),
        )
      ).errores,
    ).toEqual([]);
  });

  test('with strange text and figures is judged, and the echo is as sent', async () => {
    const gestor = await start();
    const activities = [
      { codigoActividad: 'nulo \u0000, mitad \ud83d' },
      { codigoActividad: `${'ñ'.repeat(49)}😀más` },
      {},
      null,
    ];
    const strange = alumno(1, {
      extra: { b: [1e21] },
      listaModulos: [modulo(MODULOS[0], { listaActividades: activities })],
    });
    const { envio: echo } = await send(gestor, envio([strange], { codigoEnvio: 'cod\u0000igo' }));
    expect(echo).toEqual([{ ...strange, fechaEjecucion: '2026-11-22 00:00:00' }]);
    expect((await history(gestor, { codigo_externo: 'cod\u0000igo' }))[0]?.codigo_externo).toBe(
      'cod\ufffdigo',
    );

    const text = JSON.stringify(envio([alumno(2)]));
    const unknown = await send(gestor, envio([alumno(1)], { codigoOferta: 'nulo \u0000, mitad \ud800' }));
    expect(unknown.datosError?.map(({ mensaje }) => mensaje)).toEqual([
      'El curso nulo \u0000, mitad \ud800 no se encuentra registrado',
    ]);
    const infinite = JSON.parse(
      (await post(gestor, text.replace('"porcentajeAvance":50', '"porcentajeAvance":1e400'))).text,
    );
    expect(infinite.datosError.map(({ codigo }: { codigo: string }) => codigo)).toEqual(['024']);
    const twice = await post(
      gestor,
      text.replace('"porcentajeAvance":50', '"porcentajeAvance":-1,"porcentajeAvance":50'),
    );
    expect(JSON.parse(twice.text).errores).toEqual([]);
    const proto = await post(gestor, text.replace('"estado":1', '"__proto__":{"estado":2},"constructor":1'));
    expect(JSON.parse(proto.text).envio).toHaveLength(1);
    expect(proto.text).toContain('"__proto__":{"estado":2}');
  });

  test('for an address that is not there is 404 in JSON', async () => {
    const gestor = await start();
    const response = await fetch(`${gestor.url}/nada`);
    expect({ status: response.status, text: await response.text() }).toEqual(refused(404));
  });

  test('over the rate is 429 and records nothing, for its provider alone', async () => {
    const gestor = await start({ porOtec: 3 });
    const calls = Array.from({ length: 40 }, () => post(gestor, envio([alumno(1)])));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    const taken = statuses.filter((status) => status === 200).length;
    expect(statuses.filter((status) => status === 429).length).toBe(40 - taken);
    expect(taken).toBeLessThan(40);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await history(gestor)).toHaveLength(taken);
    expect(DEFAULT_LIMITS.porOtec).toBeGreaterThanOrEqual(200);
  });

  test('over the rate of its address is 429 before anything is read', async () => {
    const gestor = await start({ porDireccion: 5 });
    const answers = await Promise.all(Array.from({ length: 30 }, () => getHistory(gestor)));
    expect(answers.some(({ status }) => status === 429)).toBe(true);
    expect(answers.find(({ status }) => status === 429)).toEqual(refused(429));
  });
});

async function postBytes(gestor: Gestor, body: Uint8Array<ArrayBuffer>): Promise<HttpAnswer> {
  const response = await fetch(`${gestor.url}/avance-sic/enviarAvance`, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}
