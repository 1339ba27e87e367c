import { send } from '@puente-sic/engine';
import { course, MODULOS, OFERTA, OTEC, rutOf, student } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DecisionVista, Envios } from '../src/index.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
let cookie: string;
beforeEach(async () => {
  office = await openOffice();
  cookie = await office.enter('operador');
});
afterEach(() => office.close());

const CURSO = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };
const post = (path: string, body: unknown = {}) => office.ask({ method: 'POST', path, cookie, body });
const list = async (query = '') => {
  const { json } = await office.ask({ path: `/api/decisiones${query}`, cookie });
  return (json as { decisiones: DecisionVista[] }).decisiones;
};
const audit = async () => {
  const { json } = await office.ask({ path: '/api/bitacora', cookie: await office.enter('administrador') });
  return (json as { hechos: { accion: string; quien: string; detalle: string }[] }).hechos;
};

test('a decision is made, seen, in force with the next send, undone, and each deed is written down without a name', async () => {
  const { text } = rutOf(1);
  const made = await post('/api/decisiones', {
    ...{ ...CURSO, tipo: 'no-informar', rut: text.replace('-', ''), motivo: 'Se retiró' },
  });
  const decision = {
    ...CURSO,
    rut: text,
    codigoModulo: null,
    tipo: 'no-informar',
    quien: 'un operador',
    fin: null,
  };
  expect(made).toMatchObject({ status: 200, json: { ...decision, motivo: 'Se retiró' } });
  expect(await list(`?alumno=${text}`)).toMatchObject([decision]);
  expect(await list(`?alumno=${rutOf(2).text}`)).toEqual([]);

  office.world.courses = [course([student(0, 10), student(1, 10)])];
  const { envios } = await send(office.world.request());
  expect(envios).toMatchObject([{ aceptados: MODULOS.length }]);

  const { id } = made.json as DecisionVista;
  const undone = await post(`/api/decisiones/${id}/deshacer`);
  expect(undone).toMatchObject({ status: 200, json: { fin: { quien: 'un operador', cierre: 'deshecha' } } });
  expect((await post(`/api/decisiones/${id}/deshacer`)).status).toBe(404);
  expect((await post('/api/decisiones/x/deshacer')).status).toBe(404);
  expect(await list()).toMatchObject([{ id, fin: { cierre: 'deshecha' } }]);
  const hechos = (await audit()).filter(({ accion }) => accion.startsWith('decision'));
  expect(hechos.map(({ accion, quien }) => [accion, quien])).toEqual([
    ['decision-deshecha', 'un operador'],
    ['decision', 'un operador'],
  ]);
  expect(JSON.stringify(hechos)).not.toContain(String(rutOf(1).numero));
});

test('what is no decision says why and what to do, and is not written down', async () => {
  const bad = [
    [{ ...CURSO, tipo: 'codigo', codigoModulo: 'M1' }, 409],
    [{ ...CURSO, tipo: 'no-informar', rut: 'nadie' }, 409],
    [{ ...CURSO, tipo: 'otra-cosa' }, 400],
    [{ ...CURSO, rutOtec: '77124930-2', tipo: 'conocido' }, 404],
  ] as const;
  for (const [body, status] of bad) {
    const answered = await post('/api/decisiones', body);
    expect([body, answered.status]).toEqual([body, status]);
    expect(answered.json).toMatchObject({ error: { mensaje: expect.stringMatching(/\w/) } });
  }
  expect(await list()).toEqual([]);
  expect((await audit()).filter(({ accion }) => accion === 'decision')).toEqual([]);
});

test('a send that stays uncertain is settled by a person’s word, with a reason, once it cannot be by itself', async () => {
  const { world } = office;
  world.courses = [course([student(0, 10)])];
  world.faults = ['cut-before'];
  await send(world.request());
  const envios = async () => ((await office.ask({ path: '/api/envios', cookie })).json as Envios).envios;
  const [{ codigoEnvio = '' } = {}] = await envios();
  const path = `/api/envios/${codigoEnvio}/aclaracion`;
  const said = { recibido: false, motivo: 'SENCE dice que no está' };
  expect(await post(path, said)).toMatchObject({ status: 409, json: { error: { codigo: 'no-se-puede' } } });
  expect((await post(path, { recibido: true })).status).toBe(400);
  world.time.now = new Date(world.time.now.getTime() + 20 * 60_000);
  expect((await post('/api/envios/P-20261122-AAAAAAAAAAAA/aclaracion', said)).status).toBe(404);
  expect((await post(path, said)).status).toBe(200);
  expect(await envios()).toMatchObject([{ estado: 'no-enviado', via: 'persona' }]);
  expect((await audit())[0]).toMatchObject({
    accion: 'envio-aclarado',
    detalle: `Marcó el envío ${codigoEnvio} como no recibido. Motivo: ${said.motivo}`,
  });
  expect((await post(path, said)).status).toBe(409);
});
