import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, loadFixtures, loadOficial, loadRegistro } from '../../../fixtures/load.ts';
import { type Gestor, openStore, type RegistryFile, type Store } from '../src/index.ts';
import { isObject } from '../src/judge/values.ts';
import { EVENING } from './data.ts';
import { type Answer, getHistory, type HttpAnswer, post, send } from './http.ts';
import { onEachStore } from './stores.ts';

const registro = loadRegistro() as RegistryFile;

onEachStore('the contract in fixtures/', (home) => {
  let gestor: Gestor;
  let store: Store;
  beforeAll(async () => {
    const datos = await home.datos();
    gestor = await home.start({ datos, clock: () => EVENING, registro, limits: { porOtec: 10_000 } });
    store = await openStore(datos);
  });
  afterAll(() => store.close());

  test.each(loadFixtures())('$name', async ({ previos, texto, gestor: expected }) => {
    // As on an empty service: nothing has been accepted of anybody.
    await store.db.deleteFrom('avance').execute();
    for (const previo of previos) await send(gestor, previo);
    expect(summary(await post(gestor, texto), expected)).toEqual(expected);
  });

  test.each([
    { name: 'respuesta-ok', noon: '2021-07-22T12:00:00-04:00' },
    { name: 'respuesta-error-012', noon: '2021-07-27T12:00:00-04:00' },
    { name: 'respuesta-error-025-observada', noon: '2021-12-01T12:00:00-03:00' },
  ])('the official $name, byte for byte but for its process number', async ({ name, noon }) => {
    const gestor = await home.start({ clock: () => new Date(noon), registro });
    if (name.includes('025')) await send(gestor, JSON.parse(loadOficial(`${name}.previo.json`)));
    const { status, text } = await post(gestor, loadOficial(`${name}.envio.json`));
    expect(status).toBe(200);
    expect(anyProcess(text)).toBe(anyProcess(loadOficial(`${name}.json`)));
  });

  test('the official answer to a wrong token, byte for byte', async () => {
    const gestor = await home.start({ registro });
    const refused = { status: 200, text: loadOficial('token-invalido.json') };
    expect(await getHistory(gestor)).toEqual(refused);
    expect(await post(gestor, JSON.parse(loadOficial('formacion.envio.json')))).not.toEqual(refused);
    expect(await post(gestor, { rutOtec: '11222333-4' })).toEqual(refused);
  });

  test('the official history: the same fields, in the same order, of the same types', async () => {
    const gestor = await home.start({ clock: () => EVENING, registro });
    const previo = JSON.parse(loadOficial('respuesta-error-025-observada.previo.json'));
    await send(gestor, previo);
    const envio = JSON.parse(loadOficial('respuesta-error-025-observada.envio.json'));
    await send(gestor, { ...envio, codigoEnvio: 'qa-f-2' });
    const { rutOtec, token } = previo;
    const { text } = await getHistory(gestor, { rutOtec, token });
    const [, own] = JSON.parse(text);
    const [official] = JSON.parse(loadOficial('historial-ok.json'));
    expect(types(own)).toEqual(types(official));
    expect(types(own.listaregistros[0])).toEqual({
      ...types(official.listaregistros[0]),
      mod_nota: 'string',
    });
    expect(own.listaregistros[0].obs_registro).toMatch(
      /^\[010\] modulo\.porcentajeAvance debe ser mayor al anterior/,
    );
  });
});

/** An answer in the words of a fixture. */
function summary({ status, text }: HttpAnswer, expected: Fixture['gestor']): Fixture['gestor'] {
  const answer: Answer & { error?: { mensaje: string }[] } = JSON.parse(text);
  if (answer.error) {
    const [{ mensaje } = { mensaje: '' }] = answer.error;
    expect(status).toBe(mensaje === 'Token invalido' ? 200 : 400);
    return { rechazo: 'rechazo' in expected && expected.rechazo === null ? null : mensaje };
  }
  expect(status).toBe(200);
  return {
    aceptados: (answer.envio ?? answer.datosEnviados ?? []).flatMap(modulosOf).length,
    errores: (answer.datosError ?? []).map(({ alumno, codigo, codigoModulo }) => ({
      codigo,
      rut: rutOf(alumno),
      ...(codigoModulo === undefined ? {} : { codigoModulo }),
    })),
  };
}

function modulosOf(alumno: unknown): unknown[] {
  return isObject(alumno) && Array.isArray(alumno.listaModulos) ? alumno.listaModulos : [];
}

function rutOf(alumno: unknown): string | null {
  if (!isObject(alumno)) return null;
  return [alumno.rutAlumno, alumno.dvAlumno].filter((part) => part !== undefined).join('-');
}

function anyProcess(text: string): string {
  return text.replace(/"id_proceso":\d+/, '"id_proceso":N').replace(/El proceso \d+/, 'El proceso N');
}

/** Key → type of its value, in the order of the keys. */
function types(fields: Record<string, unknown>): Record<string, string> {
  const typed = Object.entries(fields).map(
    ([key, value]) => [key, value === null ? 'null' : typeof value] as const,
  );
  expect(typed.length).toBeGreaterThan(0);
  return Object.fromEntries(typed);
}
