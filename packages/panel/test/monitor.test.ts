import { alertCenter, send } from '@puente-sic/engine';
import { course, OTEC, student } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

/** As Prometheus reads it. */
async function scrape(): Promise<Map<string, number>> {
  const { status, headers, text } = await office.ask({ path: '/metrics' });
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  expect(text).not.toContain(OTEC.rut);
  const values = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    values.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

test('figures without an account: of nothing, then of a night in which a call was cut and a student refused', async () => {
  const before = await scrape();
  expect(before.get('puente_salud')).toBe(1);
  expect(before.get('puente_ultimo_aceptado_segundos')).toBe(0);
  expect(before.get('puente_retraso_bucle_segundos')).toBeGreaterThanOrEqual(0);

  const { world } = office;
  world.courses = [course([student(0, 10), student(9, 10)])];
  await send(world.request());
  world.courses = [course([student(0, 20), student(9, 10)])];
  world.faults = ['cut-before'];
  await send(world.request());
  const after = await scrape();
  expect(after.get('puente_envios{estado="parcial"}')).toBe(1);
  expect(after.get('puente_envios_inciertos')).toBe(1);
  expect(after.get('puente_registros_total{estado="aceptado"}')).toBe(2);
  expect(after.get('puente_registros_total{estado="rechazado"}')).toBe(2);
  expect(after.get('puente_errores_abiertos')).toBeGreaterThan(0);
  expect(after.get('puente_ultimo_aceptado_segundos')).toBe(world.time.now.getTime() / 1000);
});

test('what passes by itself is said and alarms no monitor; what lasts does', async () => {
  const { ledger } = office.world;
  const { time } = office.world;
  time.now = new Date('2026-11-23T22:00:00-03:00');
  const avisar = [{ rutOtec: OTEC.rut, otec: 'Prueba', canales: [] }];
  await alertCenter({ ledger, clock: () => time.now, avisar }).take({
    ...{ kind: 'condition', rutOtec: OTEC.rut, clave: 'conexion', mal: true },
    ...{ mensaje: 'SENCE no responde.', queHacer: 'Espere.' },
  });
  const ask = async () => {
    const { status, json } = await office.ask({ path: '/salud' });
    return [status, json, (await scrape()).get('puente_salud')];
  };
  const told = (pasajero: boolean) => ({ proveedores: [{ problemas: [{ clave: 'conexion', pasajero }] }] });
  expect(await ask()).toMatchObject([200, told(true), 1]);
  time.now = new Date('2026-11-23T22:30:00-03:00');
  expect(await ask()).toMatchObject([503, told(false), 0]);
});
