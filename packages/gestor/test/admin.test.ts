import { expect, test } from 'vitest';
import type { Gestor } from '../src/index.ts';
import { alumno, EVENING, envio, RUT_OTEC, registry } from './data.ts';
import { getHistory, history, send } from './http.ts';
import { onEachStore } from './stores.ts';

const adminKey = 'clave-de-administración-inventada';
const bearer = `Bearer ${Buffer.from(adminKey).toString('latin1')}`;

onEachStore('/admin', (home) => {
  const start = (options = {}) =>
    home.start({ clock: () => EVENING, registro: registry(), adminKey, ...options });

  test('is off without a key, and closed without the right one', async () => {
    expect((await call(await start({ adminKey: '' }), 'GET', '/admin/otecs')).status).toBe(404);
    const gestor = await start();
    for (const authorization of ['', 'Bearer x', 'Basic x', `${bearer}x`]) {
      expect((await call(gestor, 'GET', '/admin/otecs', undefined, authorization)).status).toBe(401);
      expect((await call(gestor, 'POST', '/admin/registro', registry(), authorization)).status).toBe(401);
    }
  });

  test('makes a token, shows it once, and revokes it', async () => {
    const gestor = await start();
    const made = await call(gestor, 'POST', `/admin/otecs/${RUT_OTEC}/tokens`, { hasta: '2026-11-22' });
    expect(made.status).toBe(201);
    expect(made.body.token).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect(await history(gestor, { token: made.body.token })).toEqual([]);

    const { body } = await call(gestor, 'GET', `/admin/otecs/${RUT_OTEC}/tokens`);
    expect(body.tokens).toHaveLength(2);
    expect(JSON.stringify(body)).not.toContain(made.body.token);

    const path = `/admin/otecs/${RUT_OTEC}/tokens/${made.body.id}`;
    expect((await call(gestor, 'DELETE', path)).status).toBe(200);
    expect((await call(gestor, 'DELETE', path)).status).toBe(404);
    expect((await getHistory(gestor, { token: made.body.token })).text).toContain('Token invalido');
    expect(await history(gestor)).toEqual([]);
  });

  test('keeps its tokens when the registry is imported again', async () => {
    const gestor = await start();
    const { body } = await call(gestor, 'POST', `/admin/otecs/${RUT_OTEC}/tokens`, {});
    const report = await call(gestor, 'POST', '/admin/registro', registry());
    expect(report.body.tokens).toEqual({ agregados: 0, cambiados: 0, cerrados: 0 });
    expect(await history(gestor, { token: body.token })).toEqual([]);
  });

  test('puts a provider out of force and back', async () => {
    const gestor = await start();
    expect((await call(gestor, 'PATCH', `/admin/otecs/${RUT_OTEC}`, { vigente: false })).status).toBe(200);
    expect((await getHistory(gestor)).text).toContain('Token invalido');
    const { body } = await call(gestor, 'GET', '/admin/otecs');
    expect(body.otecs).toContainEqual({ rut: RUT_OTEC, nombre: 'Capacitación Inventada', vigente: false });
    await call(gestor, 'PATCH', `/admin/otecs/${RUT_OTEC}`, { vigente: true });
    expect(await history(gestor)).toEqual([]);
  });

  test('says what is wrong with what it is given', async () => {
    const gestor = await start();
    const wrong: [string, string, unknown][] = [
      ['POST', '/admin/registro', { otecs: [{ rut: 'x' }] }],
      ['POST', `/admin/otecs/${RUT_OTEC}/tokens`, { token: 'x' }],
      ['POST', `/admin/otecs/${RUT_OTEC}/tokens`, { desde: '22-11-2026' }],
      ['PATCH', `/admin/otecs/${RUT_OTEC}`, { vigente: 'no' }],
      ['POST', '/admin/noches', { dia: 'ayer' }],
    ];
    for (const [method, path, body] of wrong)
      expect(await call(gestor, method, path, body)).toMatchObject({ status: 400 });
    expect((await call(gestor, 'POST', '/admin/noches', { dia: '2026-11-22' })).status).toBe(409);
    expect((await call(gestor, 'GET', '/admin/otecs/1-9/tokens')).status).toBe(404);
  });

  test('beside it, health and metrics tell how the service is', async () => {
    const gestor = await start();
    await send(gestor, envio([alumno(1), alumno(99)]));
    expect((await call(gestor, 'GET', '/salud')).body).toMatchObject({ estado: 'bien' });
    const metrics = await (await fetch(new URL('/metrics', gestor.url))).text();
    expect(metrics).toMatch(/^gestor_records_total\{result="accepted"\} 1$/m);
    expect(metrics).toMatch(/^gestor_records_total\{result="rejected"\} 1$/m);
    expect(metrics).toMatch(
      /^gestor_requests_total\{path="\/gestor\/API\/avance-sic\/enviarAvance",status="200"\} 1$/m,
    );
    for (const line of metrics.trim().split('\n')) {
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+)$/);
    }
  });
});

async function call(gestor: Gestor, method: string, path: string, body?: unknown, authorization = bearer) {
  const response = await fetch(new URL(path, gestor.url), {
    method,
    headers: { authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}
