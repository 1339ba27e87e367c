import { send } from '@puente-sic/engine';
import { course, OFERTA, OTEC, rutOf, student } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Encontrado } from '../src/index.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
let cookie: string;
beforeEach(async () => {
  office = await openOffice();
  cookie = await office.enter('lector');
  office.world.courses = [
    course([
      { ...student(0, 10), name: 'Lucía Álvarez Rodríguez' },
      { ...student(1, 10), name: 'Pedro Ñancupil' },
    ]),
  ];
  await send(office.world.request());
});
afterEach(() => office.close());

async function find(texto: string, rutOtec?: string): Promise<Encontrado> {
  const body = { texto, ...(rutOtec !== undefined && { rutOtec }) };
  const { status, json } = await office.ask({ method: 'POST', path: '/api/buscar', cookie, body });
  expect(status).toBe(200);
  return json as Encontrado;
}

test('a student is found by words of the name in any order, and by RUT in any form', async () => {
  const { text } = rutOf(0);
  const lucia = { rutOtec: OTEC.rut, codigoOferta: OFERTA, rut: text, nombre: 'Lucía Álvarez Rodríguez' };
  for (const typed of ['alvarez lucia', 'LUCÍA', text, text.replace('-', ''), text.slice(0, 8)]) {
    expect([typed, (await find(typed)).alumnos]).toMatchObject([typed, [lucia]]);
  }
  expect((await find('ñancupil')).alumnos).toMatchObject([{ nombre: 'Pedro Ñancupil' }]);
});

test('a course is found by its code; what is nowhere, and one letter, find nothing', async () => {
  expect((await find(OFERTA.toLowerCase())).cursos).toMatchObject([{ codigoOferta: OFERTA }]);
  for (const typed of ['nadie así', 'l', '']) {
    expect(await find(typed)).toEqual({ cursos: [], alumnos: [], hayMas: false });
  }
  expect((await find('lucia', '77124930-2')).alumnos).toEqual([]);
});
