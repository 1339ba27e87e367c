import { send } from '@puente-sic/engine';
import { course, OFERTA, OTEC, rutOf, student } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Borrado, PedidoDeBorrado } from '../src/index.ts';
import { CLAVE, type Office, openOffice } from './support/office.ts';

const { text: RUT, numero } = rutOf(1);
const PERSONAS = '/api/personas';

let office: Office;
/** Ana administers from the beginning, Berta since a minute, both before anything is asked for. */
let ana: string;
let berta: string;
beforeEach(async () => {
  office = await openOffice();
  office.world.courses = [course([student(0, 10), student(1, 20)])];
  await send(office.world.request());
  ana = await office.enter('administrador');
  berta = await second('Berta');
  passMinute();
});
afterEach(() => office.close());

const passMinute = () => {
  office.world.time.now = new Date(office.world.time.now.getTime() + 60_000);
};
async function second(usuario: string): Promise<string> {
  const body = { usuario, clave: CLAVE };
  await office.ask({
    ...{ method: 'POST', path: '/api/usuarios', cookie: ana },
    body: { ...body, rol: 'administrador' },
  });
  return (await office.ask({ method: 'POST', path: '/api/sesion', body })).cookie ?? '';
}
const ask = (cookie: string, method: string, path: string, body: unknown = {}) =>
  office.ask({ method, path: PERSONAS + path, cookie, ...(method !== 'GET' && { body }) });
const request = async (cookie = ana) => {
  const made = await ask(cookie, 'POST', '/borrados', { rut: RUT, motivo: 'Lo pidió ella, por carta' });
  expect(made.status).toBe(200);
  return made.json as PedidoDeBorrado;
};
const list = async (cookie: string) =>
  ((await ask(cookie, 'GET', '/borrados')).json as { pedidos: PedidoDeBorrado[] }).pedidos;
const confirm = (cookie: string, id: number, aunqueNoLiquidado = true) =>
  ask(cookie, 'POST', `/borrados/${id}/confirmacion`, { aunqueNoLiquidado });
const isThere = async () => {
  const rows = await office.world.ledger.db
    .selectFrom('registro')
    .select('rut')
    .where('rut', '=', RUT)
    .execute();
  return rows.length > 0;
};
const audit = async () => {
  const { json } = await office.ask({ path: '/api/bitacora', cookie: ana });
  return (json as { hechos: { accion: string; quien: string; detalle: string }[] }).hechos;
};

test('one asks, another account confirms, and only then the person is erased; the trail names both and not the person', async () => {
  const { id, ...pedido } = await request();
  expect(pedido).toMatchObject({ rut: RUT, pidio: 'Ana', retencion: null, puedeConfirmar: false });
  expect(await list(berta)).toMatchObject([{ id, puedeConfirmar: true }]);
  expect((await confirm(ana, id)).json).toMatchObject({
    error: { mensaje: expect.stringContaining('dos personas') },
  });
  expect(await isThere()).toBe(true);

  const done = await confirm(berta, id);
  expect(done.status).toBe(200);
  const { borrado } = done.json as Borrado;
  expect(borrado).toMatchObject({ envios: 1, aceptados: 2 });
  expect(await isThere()).toBe(false);
  expect(await list(ana)).toEqual([]);
  const hechos = await audit();
  expect(hechos.slice(0, 2)).toMatchObject([
    {
      accion: 'persona-borrada',
      quien: 'Berta',
      detalle: expect.stringContaining(`Lo pidió «Ana» (pedido ${id})`),
    },
    { accion: 'borrado-pedido', quien: 'Ana' },
  ]);
  expect(JSON.stringify(hechos)).not.toContain(String(numero));
  expect((await confirm(berta, id)).status).toBe(404);
});

test('an account that was made after the request, an API key or another role is no second person', async () => {
  const { id } = await request();
  passMinute();
  const later = await second('Carla');
  expect((await confirm(later, id)).status).toBe(409);
  const key = await office.ask({
    ...{ method: 'POST', path: '/api/claves', cookie: ana, body: { nombre: 'otra', rol: 'administrador' } },
  });
  const { clave } = key.json as { clave: string };
  const byKey = await office.ask({
    ...{ method: 'POST', path: `${PERSONAS}/borrados/${id}/confirmacion`, body: { aunqueNoLiquidado: true } },
    headers: { authorization: `Bearer ${clave}` },
  });
  expect(byKey).toMatchObject({ status: 403, json: { error: { codigo: 'sin-permiso' } } });
  expect((await confirm(await office.enter('operador'), id)).status).toBe(403);
  expect(await isThere()).toBe(true);
});

test('whoever asks for it and gives the second account a new password has not found a second person', async () => {
  const { id } = await request();
  const { json } = await office.ask({ path: '/api/usuarios', cookie: ana });
  const own = (json as { usuarios: { id: number; usuario: string }[] }).usuarios;
  const clave = 'otra clave, que Ana conoce';
  const path = `/api/usuarios/${own.find(({ usuario }) => usuario === 'Berta')?.id}`;
  expect((await office.ask({ method: 'PUT', path, cookie: ana, body: { clave } })).status).toBe(200);
  const taken = await office.ask({ method: 'POST', path: '/api/sesion', body: { usuario: 'Berta', clave } });
  const refused = await confirm(taken.cookie ?? '', id);
  expect(refused).toMatchObject({
    status: 409,
    json: { error: { mensaje: expect.stringContaining('contraseña nueva') } },
  });
  expect(await isThere()).toBe(true);
});

test('with a course that may not be settled it is not done unless that is said', async () => {
  const { id, porLiquidar } = await request();
  expect(porLiquidar).toMatchObject([{ codigoOferta: OFERTA, fin: '2026-12-31' }]);
  const refused = await confirm(berta, id, false);
  expect(refused).toMatchObject({
    status: 409,
    json: { error: { mensaje: expect.stringContaining(OFERTA) } },
  });
  expect(await isThere()).toBe(true);
  const { db } = office.world.ledger;
  await db.updateTable('alumno').set({ fin: null }).execute();
  await db.updateTable('curso').set({ ultimoDia: null }).execute();
  expect(await list(berta)).toMatchObject([{ porLiquidar: [{ fin: null }] }]);
  // Over for long enough.
  await db.updateTable('curso').set({ ultimoDia: '2026-08-01' }).execute();
  expect(await list(berta)).toMatchObject([{ porLiquidar: [] }]);
  expect((await confirm(berta, id, false)).status).toBe(200);
});

test('it is held with its ground, by whom it is shown, and cannot be done until it is let go', async () => {
  const { id } = await request();
  expect((await ask(berta, 'PUT', `/borrados/${id}/retencion`, { motivo: ' ' })).status).toBe(400);
  const motivo = 'Falta liquidar; vence el 15 de enero';
  const held = await ask(berta, 'PUT', `/borrados/${id}/retencion`, { motivo });
  expect(held.json).toMatchObject({ retencion: { quien: 'Berta', motivo } });
  const refused = await confirm(berta, id);
  expect(refused).toMatchObject({
    status: 409,
    json: { error: { mensaje: expect.stringContaining(motivo) } },
  });
  expect(await isThere()).toBe(true);
  await ask(ana, 'DELETE', `/borrados/${id}/retencion`);
  expect((await confirm(berta, id)).status).toBe(200);
  const told = (await audit()).map(({ accion, detalle }) => `${accion} ${detalle}`);
  expect(told).toContainEqual(`borrado-retenido Retuvo el pedido de borrado ${id}. Motivo: ${motivo}`);
  expect(told).toContainEqual(`borrado-soltado Soltó el pedido de borrado ${id}.`);
});

test('a request that is withdrawn erases nothing; the same person is asked for once', async () => {
  const { id } = await request();
  expect((await ask(berta, 'POST', '/borrados', { rut: RUT, motivo: 'otra vez' })).status).toBe(409);
  expect((await ask(ana, 'POST', '/borrados', { rut: 'nadie', motivo: 'otra vez' })).status).toBe(409);
  expect((await ask(ana, 'DELETE', `/borrados/${id}`)).status).toBe(200);
  expect(await list(ana)).toEqual([]);
  expect(await isThere()).toBe(true);
  expect((await request(berta)).id).toBe(id + 1);
});

test('what is left of the person elsewhere is told by name', async () => {
  const { rut: rutOtec } = OTEC;
  const codigoOferta = OFERTA;
  await office.ask({ path: `/api/evidencia?rutOtec=${rutOtec}&codigoOferta=${codigoOferta}`, cookie: ana });
  const { id } = await request();
  const { queda } = (await confirm(berta, id)).json as Borrado;
  expect(queda.fuentes).toMatchObject([{ codigoOferta, lugar: 'avance.csv, fila 3' }]);
  expect(queda.evidencias).toMatchObject([
    { quien: 'Ana', detalle: `Descargó la evidencia del curso ${codigoOferta}.` },
  ]);
});

test('a person’s data is given out whole, and that it was is written down', async () => {
  const given = await ask(ana, 'POST', '/exportacion', { rut: RUT });
  expect(given.json).toMatchObject({ rut: RUT, envios: [{}, {}], aceptados: [{}, {}] });
  expect((await ask(ana, 'POST', '/exportacion', { rut: rutOf(7).text })).status).toBe(404);
  const [last] = await audit();
  expect(last).toMatchObject({ accion: 'persona-exportada', quien: 'Ana' });
  expect(office.log.join()).not.toContain(String(numero));
});
