import { decide, send } from '@puente-sic/engine';
import { course, OFERTA, OTEC, rutOf, student } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Respuesta } from '../src/index.ts';
import { type Office, openOffice } from './support/office.ts';

// Every page tells the same students: what one says in a title, a bar or a badge is recomputed here from another's list.

const COURSE = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };

let office: Office;
let cookie: string;
beforeEach(async () => {
  office = await openOffice();
  cookie = await office.enter('lector');
});
afterEach(() => office.close());

async function read<N extends Parameters<typeof ROUTES.get>[0]>(name: N): Promise<Respuesta<N>> {
  const { status, json } = await office.ask({ path: ROUTES.get(name), cookie });
  expect(status).toBe(200);
  return json as Respuesta<N>;
}

const ROUTES = {
  get: (
    name:
      | 'hoy'
      | 'curso'
      | 'errores'
      | 'conciliacion'
      | 'nochesEnviadas'
      | 'resumenDeEvidencia'
      | 'decisiones',
  ) =>
    ({
      hoy: '/api/hoy',
      curso: `/api/cursos/${OTEC.rut}/${OFERTA}/${OFERTA}`,
      errores: '/api/errores',
      conciliacion: '/api/conciliacion',
      nochesEnviadas: '/api/noches',
      resumenDeEvidencia: '/api/evidencia/resumen',
      decisiones: '/api/decisiones',
    })[name],
};

/** Two nights: of the second one is refused, one held for a fall, one known, one gone, one new. */
async function twoNights(): Promise<void> {
  const { world } = office;
  const of = (figures: readonly (readonly [number, number])[]) =>
    course(figures.map(([index, avance]) => student(index, avance)));
  world.courses = [of([0, 1, 2, 3, 4].map((index) => [index, 40] as const))];
  await send(world.request());
  world.courses = [
    of([
      [0, 50],
      [1, 20],
      [2, 50],
      [3, 50],
      [9, 50],
    ]),
  ];
  await send(world.request());
  await decide(
    world.ledger,
    {
      ...COURSE,
      rut: rutOf(3).text,
      codigoModulo: null,
      tipo: 'no-informar',
      quien: 'Ana',
      motivo: 'Se retiró',
    },
    world.time.now,
  );
}

test('Hoy, the course, Por corregir and Comparar tell the same students, each once', async () => {
  await twoNights();
  const hoy = await read('hoy');
  const [proveedor] = hoy.proveedores;
  const curso = await read('curso');
  const { alumnos } = await read('conciliacion');
  const { errores } = await read('errores');
  const cuenta = proveedor?.cuenta;
  const states = curso.alumnos.flatMap(({ estado }) => estado ?? []);
  const are = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
  expect(cuenta).toEqual({
    alumnos: states.length,
    rechazados: are('rechazado'),
    sinEnviar: are('sin-enviar'),
    retenidos: are('retenido'),
    noSeSabe: are('no-se-sabe'),
    conocidos: are('conocido'),
    loTiene: are('lo-tiene', 'sin-confirmar'),
    sinConfirmar: are('sin-confirmar'),
    pendientes: are('rechazado', 'sin-enviar', 'retenido', 'no-se-sabe'),
  });
  expect(cuenta).toMatchObject({ rechazados: 1, retenidos: 1, conocidos: 1 });
  expect(proveedor?.cursos.map((one) => one.cuenta)).toEqual([cuenta]);
  const inList = alumnos.filter(({ lado }) => lado !== 'ya-no-viene');
  expect(inList).toHaveLength(states.length);
  expect(new Set(alumnos.map(({ rut }) => rut)).size).toBe(alumnos.length);
  const because = (causa: string) => alumnos.filter((alumno) => alumno.causa === causa).map(({ rut }) => rut);
  const stands = (estado: string) =>
    curso.alumnos.filter((alumno) => alumno.estado === estado).map(({ rut }) => rut);
  for (const estado of ['rechazado', 'retenido', 'sin-enviar', 'no-se-sabe'])
    expect(because(estado)).toEqual(stands(estado));
  const toMend = new Set(errores.filter(({ conocido }) => !conocido).map(({ rut }) => rut));
  expect([...toMend].sort()).toEqual([...because('rechazado'), ...because('retenido')].sort());
});

test('Envíos counts as its lists do, and Evidencia as many calls as Envíos shows parts', async () => {
  await twoNights();
  const { lineas, cuentas } = await read('nochesEnviadas');
  const { cursos } = await read('resumenDeEvidencia');
  expect(cuentas).toEqual({
    todas: lineas.length,
    'con-rechazados': lineas.filter(({ rechazados }) => rechazados > 0).length,
    'sin-respuesta': lineas.filter(({ sinRespuesta }) => sinRespuesta > 0).length,
    'a-mano': lineas.filter(({ aMano }) => aMano).length,
  });
  const parts = lineas.flatMap(({ partes }) => partes).filter(({ enviado }) => enviado !== null);
  expect(cursos.reduce((sum, { envios }) => sum + envios, 0)).toBe(parts.length);
  expect(parts.length).toBe(2);
});

test('a decision is told alike wherever it is listed', async () => {
  await twoNights();
  const { decisiones } = await read('decisiones');
  const hoy = await read('hoy');
  const open = decisiones.filter(({ fin, tipo }) => fin === null && tipo === 'no-informar');
  expect(open).toMatchObject([{ titulo: 'Curso de prueba', motivo: 'Se retiró', informa: null }]);
  expect(hoy.proveedores[0]?.cuenta.conocidos).toBe(open.length);
});
