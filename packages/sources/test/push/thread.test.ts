import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { beforeEach, expect, it } from 'vitest';
import { Rejection, takeDelivery, withInbox } from '../../src/index.ts';

let stateDir = '';
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'puente-entregas-'));
  return () => rm(stateDir, { recursive: true });
});

/** A course of so many people, some 250 bytes each. */
function course(people: number, nota: unknown = 66): Uint8Array {
  const ids = Array.from({ length: people }, (_, at) => String(at));
  const body = {
    alumnos: ids.map((alumno) => ({ alumno, rut: '11111111-1', nombre: `Persona inventada ${alumno}` })),
    modulos: [{ modulo: 'm0', codigoModulo: 'PRES028008000558' }],
    porcentajes: ids.map((alumno) => ({ alumno, modulo: 'm0', porcentaje: 10 })),
    notas: ids.map((alumno) => ({ alumno, modulo: 'm0', nota })),
  };
  return Buffer.from(JSON.stringify(body));
}
const take = (bytes: Uint8Array) =>
  takeDelivery({
    ...{ name: 'aula', stateDir, de: 'curso', curso: '7', bytes, lines: false },
    terms: { now: new Date('2026-11-23T20:00:00-03:00') },
  });

it('what is large is taken beside the loop, and is what it is where one is', async () => {
  const large = course(20_000);
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const start = performance.now();
  const receipt = await take(large);
  loop.disable();
  // A share of the work itself, whatever this machine is: the loop was there for others.
  expect(loop.max / 1e6).toBeLessThan((performance.now() - start) / 2);
  expect(receipt).toMatchObject({ estado: 'recibido', filas: { alumnos: 20_000 } });
  await withInbox({ name: 'aula', stateDir }, (inbox) => expect(inbox.snapshot('7')?.people).toBe(20_000));
  expect(await take(course(3))).toMatchObject({ estado: 'retenido', filas: { alumnos: 3 } });
});

it('what is wrong with it is told from there as well, and none of it is kept', async () => {
  const wrong = await take(course(5000, 'buena')).then(
    () => null,
    (error: unknown) => error,
  );
  expect(wrong).toBeInstanceOf(Rejection);
  expect(wrong).toMatchObject({
    codigo: 'datos',
    errores: expect.arrayContaining([
      expect.objectContaining({ mensaje: expect.stringContaining('«buena»') }),
    ]),
  });
  await expect(take(Buffer.from(`{${' '.repeat(100_000)}`))).rejects.toMatchObject({ codigo: 'forma' });
  const endless = `${'['.repeat(9_000)}${']'.repeat(9_000)}`;
  const within = Buffer.from(course(1, 'buena')).toString().replace('"buena"', endless);
  await expect(take(Buffer.from(within))).rejects.toMatchObject({ codigo: 'forma' });
  await withInbox({ name: 'aula', stateDir }, (inbox) => expect(inbox.snapshots()).toEqual([]));
  const both = await Promise.all([take(course(2000)), take(course(2000))]);
  expect(both.map((one) => 'repetido' in one && one.repetido)).toEqual([false, true]);
});
