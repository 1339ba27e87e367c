import { send } from '@puente-sic/engine';
import { course, MODULOS, OFERTA, OTEC, rutOf, student } from '@puente-sic/testing';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { API, type Nombre, type Respuesta } from '../src/index.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
let cookie: string;
beforeEach(async () => {
  office = await openOffice();
  cookie = await office.enter('lector');
  const place = { text: 'Moodle, perfil', url: 'https://aula.example/user/9' };
  office.world.courses = [
    course([student(0, 10), { ...student(9, 10), place }, student(1, -1)], {
      url: 'https://aula.example/c/1',
    }),
  ];
  await send(office.world.request());
});
afterEach(() => office.close());

const CURSO = `/api/cursos/${OTEC.rut}/${OFERTA}/${OFERTA}`;

/** The answer, held to the contract to the letter: nothing missing, nothing that it does not name. */
async function read<N extends Nombre>(name: N, path: string): Promise<Respuesta<N>> {
  const { status, json, headers } = await office.ask({ path, cookie });
  expect({ status, json }).toMatchObject({ status: 200 });
  expect(headers['cache-control']).toBe('no-store');
  const schema = API[name].responde as z.ZodObject;
  const parsed = schema.parse(json);
  expect(parsed).toEqual(json);
  return parsed as Respuesta<N>;
}

test('hoy', async () => {
  const { proveedores } = await read('hoy', '/api/hoy');
  expect(proveedores).toMatchObject([
    {
      rutOtec: OTEC.rut,
      nombre: 'Capacitaciones de Prueba',
      ventana: {
        noche: '2026-11-22',
        desde: '22:00',
        hasta: '00:00',
        abierta: true,
        termina: '2026-11-23T03:00:00.000Z',
      },
      cursos: [
        {
          titulo: 'Curso de prueba',
          url: 'https://aula.example/c/1',
          alumnos: 3,
          ultima: { noche: '2026-11-22', estado: 'parcial', aceptados: 2, rechazados: 2 },
          erroresRechazados: 1,
          ultimoAceptado: '2026-11-23T01:30:00.000Z',
        },
      ],
    },
  ]);
  expect(proveedores[0]?.cursos[0]?.noches).toHaveLength(14);
  office.world.time.now = new Date('2026-11-23T09:00:00-03:00');
  const later = await read('hoy', '/api/hoy');
  expect(later.proveedores[0]?.ventana).toMatchObject({
    noche: '2026-11-23',
    abierta: false,
    comienza: '2026-11-24T01:00:00.000Z',
  });
});

test('errores: what, why, what to do, where; by code and student', async () => {
  const { errores } = await read('errores', '/api/errores');
  const refused = errores.find(({ origen }) => origen === 'gestor');
  expect(refused).toMatchObject({
    rut: rutOf(9).text,
    codigo: '012',
    titulo: 'Curso de prueba',
    lugar: 'Moodle, perfil',
    url: 'https://aula.example/user/9',
    conocido: null,
    desde: '2026-11-23T01:30:00.000Z',
  });
  const held = errores.find(({ origen }) => origen === 'previa');
  expect(held).toMatchObject({ rut: rutOf(1).text, url: 'https://aula.example/c/1' });
  const of = async (query: string) =>
    (await read('errores', `/api/errores?${query}`)).errores.map(({ id }) => id);
  expect(await of('codigo=012')).toEqual([refused?.id]);
  expect(await of(`alumno=${rutOf(9).text}`)).toEqual([refused?.id]);
  expect(await of('rutOtec=76000000-0')).toEqual([]);
});

test('curso: side by side, and what a send would do', async () => {
  const activity = { name: 'Foro', type: 'foro', required: false, synchronous: false };
  const modules = [{ codigoModulo: MODULOS[0] ?? '', title: 'Unidad 1', activities: [activity] }];
  office.world.courses = [course([student(0, 40), student(9, 10), student(1, 20)], { modules })];
  const compared = await read('curso', CURSO);
  expect(compared).toMatchObject({ mapeo: null, modulos: [{ actividades: [{ exigida: false }] }] });
  expect(compared.prevision).toEqual({
    alumnos: 3,
    registros: 6,
    cambiados: 6,
    retenidos: 0,
    llamadas: 1,
    yaEnviados: 0,
  });
  expect(compared.alumnos[0]?.modulos[0]).toMatchObject({
    codigoModulo: MODULOS[0],
    ahora: { porcentajeAvance: 40 },
    aceptado: { porcentajeAvance: 10, cuando: '2026-11-23T01:30:00.000Z' },
    cambia: true,
  });
  const { cuerpos } = await read('prevision', `${CURSO}/prevision`);
  expect(cuerpos).toHaveLength(1);
  expect(JSON.stringify(cuerpos)).not.toContain(OTEC.token);
  expect(await office.ask({ path: `${CURSO}x`, cookie })).toMatchObject({
    status: 404,
    json: { error: { codigo: 'fuente', queHacer: expect.any(String) } },
  });
  expect(await office.ask({ path: `/api/cursos/76000000-0/a/b`, cookie })).toMatchObject({ status: 404 });
});

test('calendario: each night of a course; a course or a provider that is not there', async () => {
  office.world.time.now = new Date('2026-11-23T09:00:00-03:00');
  office.world.courses = [course([student(0, 20)])];
  await send(office.world.request());
  expect(await read('calendario', `${CURSO}/noches`)).toEqual({
    noches: [
      { noche: '2026-11-22', estado: 'parcial', aceptados: 2, rechazados: 2 },
      { noche: '2026-11-23', estado: 'aceptado', aceptados: 2, rechazados: 0 },
    ],
  });
  expect(await read('calendario', `${CURSO}x/noches`)).toEqual({ noches: [] });
  const other = await office.ask({ path: '/api/cursos/76000000-0/a/b/noches', cookie });
  expect(other).toMatchObject({ status: 404 });
});

test('alumno: what was sent, what was answered, what SENCE has', async () => {
  const { enviados, aceptados, errores } = await read('alumno', `${CURSO}/alumnos/${rutOf(9).text}`);
  expect(enviados).toMatchObject(MODULOS.map((codigoModulo) => ({ codigoModulo, resultado: 'rechazado' })));
  expect(enviados[0]?.motivo).toContain('012');
  expect([aceptados, errores.length]).toEqual([[], 1]);
  const accepted = await read('alumno', `${CURSO}/alumnos/${rutOf(0).text}`);
  expect(accepted.aceptados.map(({ porcentajeAvance }) => porcentajeAvance)).toEqual([10, 10]);
  expect(await read('explicacion', `${CURSO}/alumnos/${rutOf(0).text}/explicacion`)).toEqual({
    explicacion: null,
    fallas: [],
  });
  expect(office.log.join('')).not.toContain(rutOf(9).text);
});

test('envíos: list, search, detail without token', async () => {
  const { envios, siguiente } = await read('envios', '/api/envios');
  expect([envios.length, siguiente]).toEqual([1, null]);
  const [one] = envios;
  const found = await read('envios', `/api/envios?buscar=${one?.idProceso}&estado=parcial`);
  expect(found.envios).toEqual(envios);
  expect((await read('envios', '/api/envios?buscar=P-2000')).envios).toEqual([]);
  const detail = await read('envio', `/api/envios/${one?.codigoEnvio}`);
  expect(detail).toMatchObject({ httpStatus: 200, via: 'respuesta', espera: null, milisegundos: 0 });
  expect(detail.registrosEnviados).toHaveLength(4);
  expect(JSON.stringify(detail)).not.toContain(OTEC.token);
  expect((await office.ask({ path: '/api/envios/NO-HAY', cookie })).status).toBe(404);
  expect((await office.ask({ path: '/api/envios?limite=0', cookie })).status).toBe(400);
});

test('conciliación, as JSON and for a spreadsheet', async () => {
  const { comparados, iguales, alumnos } = await read('conciliacion', '/api/conciliacion');
  expect(comparados).toBeGreaterThan(iguales);
  const csv = await office.ask({ path: `/api/conciliacion.csv?codigoOferta=${OFERTA}`, cookie });
  expect(csv.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="conciliacion-2026-11-22.csv"',
  });
  const odd = alumnos.find(({ lado }) => lado === 'por-mirar');
  expect(odd).toBeDefined();
  expect(csv.text).toContain(odd?.rut);
});

test('evidencia: a ZIP, or that there is nothing', async () => {
  const path = `/api/evidencia?rutOtec=${OTEC.rut}&codigoOferta=${OFERTA}`;
  const response = await fetch(`${office.panel.url}${path}`, { headers: { cookie } });
  expect(response.headers.get('content-type')).toBe('application/zip');
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  expect(Object.keys(files)).toContain('manifiesto.json');
  expect((await office.ask({ path: `${path}&hasta=2026-11-01`, cookie })).json).toMatchObject({
    error: { codigo: 'sin-envios' },
  });
});

test('salud and trabajos', async () => {
  expect(await read('salud', '/api/salud')).toMatchObject({ proveedores: [{ rutOtec: OTEC.rut }] });
  expect(await read('trabajos', '/api/trabajos')).toEqual({ trabajos: [] });
});
