import { once } from 'node:events';
import { connect } from 'node:net';
import { course, OFERTA, OTEC, rutOf, student } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Evento, evento, prueba, type Trabajo, trabajo } from '../src/index.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
let cookie: string;
beforeEach(async () => {
  office = await openOffice();
  cookie = await office.enter('operador');
});
afterEach(() => office.close());

const CURSO = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };
const post = (path: string, body: unknown) => office.ask({ method: 'POST', path, cookie, body });

interface Stream {
  /** The next event that is like this, and its id. */
  until(isIt: (event: Evento) => boolean): Promise<{ id: string; event: Evento }>;
  close(): void;
}

async function listen(lastEventId?: string): Promise<Stream> {
  const gone = new AbortController();
  const headers = { cookie, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
  const response = await fetch(`${office.panel.url}/api/eventos`, { headers, signal: gone.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    close: () => gone.abort(),
    until: async (isIt) => {
      for (;;) {
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data === undefined) continue;
          const event = evento.parse(JSON.parse(data));
          expect(/^event: (.*)$/m.exec(block)?.[1]).toBe(event.tipo);
          if (isIt(event)) return { id: /^id: (.*)$/m.exec(block)?.[1] ?? '', event };
        }
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) throw new Error('The stream ended');
        text += chunk.value;
      }
    },
  };
}

const isEnded = (event: Evento) => event.tipo === 'trabajo' && event.trabajo.estado !== 'en-curso';

test('a course is sent; its progress and its result are told as they come', async () => {
  office.world.courses = [course([student(0, 10), student(9, 10)])];
  const stream = await listen();
  const begun = await post('/api/envios', { curso: CURSO });
  expect(begun).toMatchObject({ status: 202, json: { estado: 'en-curso', quien: 'un operador' } });
  const { id } = trabajo.parse(begun.json);
  await stream.until((event) => event.tipo === 'trabajo' && event.trabajo.progreso?.kind === 'sending');
  const { event } = await stream.until(isEnded);
  expect(event).toMatchObject({
    trabajo: {
      id,
      estado: 'terminado',
      resultado: { envios: [{ resultado: 'parcial', aceptados: 2, rechazados: 2 }] },
    },
  });
  stream.close();
  const kept = await office.ask({ path: `/api/trabajos/${id}`, cookie });
  expect(trabajo.parse(kept.json)).toEqual((event as { trabajo: Trabajo }).trabajo);
});

test('who lost the line hears what was missed; after a restart, to read anew', async () => {
  office.world.courses = [course([student(0, 10)])];
  const first = await listen();
  await post('/api/envios', { curso: CURSO });
  const begun = await first.until((event) => event.tipo === 'trabajo');
  first.close();
  const again = await listen(begun.id);
  const ended = await again.until(isEnded);
  expect(ended.event).toMatchObject({ trabajo: { estado: 'terminado' } });
  again.close();
  const stranger = await listen('00000000-7');
  expect((await stranger.until(() => true)).event).toEqual({ tipo: 'recargar' });
  stranger.close();
});

test('outside the window a person is asked first', async () => {
  office.world.courses = [course([student(0, 10)])];
  office.world.time.now = new Date('2026-11-23T10:00:00-03:00');
  const refused = await post('/api/envios', { curso: CURSO });
  expect(refused).toMatchObject({ status: 409, json: { error: { codigo: 'fuera-de-ventana' } } });
  expect((await office.world.client.history()).processes).toEqual([]);
  const stream = await listen();
  expect((await post('/api/envios', { curso: CURSO, fueraDeVentana: true })).status).toBe(202);
  await stream.until(isEnded);
  stream.close();
  expect((await office.world.client.history()).processes).toHaveLength(1);
});

test('a RUT corrected is sent again, and nobody else; chosen students alone too', async () => {
  office.world.courses = [course([student(0, 10), student(9, 10)])];
  const stream = await listen();
  await post('/api/envios', {});
  await stream.until(isEnded);
  office.world.courses = [course([student(0, 10), student(1, 10)])];
  await post('/api/envios', { curso: CURSO, soloErrores: true });
  expect((await stream.until(isEnded)).event).toMatchObject({
    trabajo: { resultado: { envios: [{ resultado: 'aceptado', aceptados: 2 }] } },
  });
  expect((await office.ask({ path: '/api/errores', cookie })).json).toEqual({ errores: [] });
  await post('/api/envios', { curso: CURSO, alumnos: [rutOf(0).text] });
  expect((await stream.until(isEnded)).event).toMatchObject({
    trabajo: { resultado: { envios: [], yaEnviados: [{}] } },
  });
  stream.close();
});

test('what nobody knows of is sought at once, by whoever may send; what SENCE has is known then, and noted', async () => {
  office.world.courses = [course([student(0, 10)])];
  const stream = await listen();
  await post('/api/envios', { curso: CURSO });
  await stream.until(isEnded);
  const { db } = office.world.ledger;
  await db.updateTable('envio').set({ estado: 'incierto', idProceso: null, respuesta: null }).execute();
  const reader = await office.enter('lector');
  const asked = { method: 'POST', path: '/api/envios/buscar', body: { rutOtec: OTEC.rut } };
  expect((await office.ask({ ...asked, cookie: reader })).status).toBe(403);
  const found = await office.ask({ ...asked, cookie });
  expect(found).toMatchObject({
    status: 200,
    json: {
      resueltos: [{ estado: 'aceptado', mensaje: expect.stringContaining('SENCE lo recibió como proceso') }],
    },
  });
  await stream.until(({ tipo }) => tipo === 'recargar');
  stream.close();
  expect((await office.ask({ ...asked, cookie })).json).toEqual({ resueltos: [] });
  expect((await office.world.client.history()).processes).toHaveLength(1);
  const admin = await office.enter('administrador');
  const { hechos } = (await office.ask({ path: '/api/bitacora', cookie: admin })).json as {
    hechos: { accion: string; quien: string }[];
  };
  expect(hechos).toContainEqual(expect.objectContaining({ accion: 'busqueda', quien: 'un operador' }));
});

test('an error is marked as known, and no longer', async () => {
  office.world.courses = [course([student(9, 10)])];
  const stream = await listen();
  await post('/api/envios', {});
  await stream.until(isEnded);
  stream.close();
  const errores = async () =>
    (
      (await office.ask({ path: '/api/errores', cookie })).json as {
        errores: { id: number; conocido: string | null }[];
      }
    ).errores;
  const ids = (await errores()).map(({ id }) => id);
  expect((await post('/api/errores/conocidos', { ids, conocido: true })).json).toEqual({ cambiados: 1 });
  expect((await errores())[0]?.conocido).toBe(office.world.time.now.toISOString());
  await post('/api/errores/conocidos', { ids, conocido: false });
  expect((await errores())[0]?.conocido).toBeNull();
  expect((await post('/api/errores/conocidos', { ids: [], conocido: true })).status).toBe(400);
});

test('the connection is tested in words', async () => {
  const test = async () => prueba.parse((await post('/api/conexion', { rutOtec: OTEC.rut })).json);
  expect(await test()).toMatchObject({ alcanzado: true, tokenAceptado: true, queHacer: '' });
  expect((await post('/api/conexion', { rutOtec: '76000000-0' })).status).toBe(404);
  await office.world.gestor.close();
  expect(await test()).toMatchObject({
    alcanzado: false,
    tokenAceptado: false,
    queHacer: expect.stringMatching(/./),
  });
});

test('what the nightly service does is told as it happens', async () => {
  const stream = await listen();
  const rutOtec = OTEC.rut;
  const next = new Date('2026-11-23T01:31:00Z');
  office.panel.onEvent({ kind: 'night', rutOtec, noche: '2026-11-22', courses: 3 });
  office.panel.onEvent({ kind: 'retry', rutOtec, noche: '2026-11-22', curso: 'c', motivo: 'm', next });
  office.panel.onEvent({ kind: 'lost', rutOtec, noche: '2026-11-22', cursos: ['c'], motivo: 'm' });
  office.panel.onEvent({
    kind: 'condition',
    rutOtec,
    clave: 'token',
    mal: true,
    mensaje: 'm',
    queHacer: 'q',
  });
  office.panel.onEvent({ kind: 'done', rutOtec, noche: '2026-11-22', curso: 'c', envios: [], tarde: false });
  const heard: string[] = [];
  await stream.until((event) => heard.push(event.tipo) === 5);
  expect(heard).toEqual(['noche', 'reintento', 'perdida', 'condicion', 'hecho']);
  stream.close();
});

test('the panel closes though somebody listens, and a send under way ends first', async () => {
  office.world.courses = [course([student(0, 10)])];
  await listen();
  await post('/api/envios', { curso: CURSO });
  await office.panel.close();
  expect((await office.world.client.history()).processes).toHaveLength(1);
});

test('a connection that was opened and never asked, or asks half a question, does not hold up the end', async () => {
  const silent = connect(office.panel.port, '127.0.0.1').resume();
  const half = connect(office.panel.port, '127.0.0.1').resume();
  const ended = Promise.all([once(silent, 'close'), once(half, 'close')]);
  await new Promise((resolve) => half.write('GET /api/hoy HTTP/1.1\r\nhost: ', resolve));
  await office.ask({ path: '/vivo' });
  await office.panel.close();
  await ended;
});
