import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { alumno, EVENING, envio, MODULOS, modulo, RUT_OTEC, registry, TOKEN } from './data.ts';
import { send } from './http.ts';
import { startProcess } from './process/process.ts';
import { onBothStores } from './stores.ts';

const CALLS = 20;
const MODULES_PER_CALL = 5_000;
const MEGABYTE = 1024 * 1024;

/** MB of JavaScript heap: what the service needs by itself and a little more, half of what the answer takes. */
const SMALL_HEAP = ['--max-old-space-size=32', '--max-semi-space-size=1'];

onBothStores('a history of 100,000 records', (home) => {
  test('goes through a heap that could not hold it, to a reader that stops on the way', async () => {
    const datos = await home.datos();
    const seeder = await home.start({ datos, clock: () => EVENING, registro: registry() });
    const many = Array.from({ length: MODULES_PER_CALL }, () => modulo(MODULOS[0], { listaActividades: [] }));
    for (let call = 0; call < CALLS; call++) await send(seeder, envio([alumno(1, { listaModulos: many })]));

    const gestor = await startProcess({ datos }, EVENING, SMALL_HEAP);
    const query = new URLSearchParams({ rutOtec: RUT_OTEC, idSistema: '1350', token: TOKEN });
    const response = await fetch(`${gestor.url}/avance-sic/historialEnvios?${query}`);
    let bytes = 0;
    let records = 0;
    for await (const part of response.body ?? []) {
      if (bytes === 0) await pause(1_000);
      bytes += part.byteLength;
      records += Buffer.from(part).toString('latin1').split('"id_registro"').length - 1;
    }
    await gestor.close();
    expect(bytes).toBeGreaterThan(60 * MEGABYTE);
    // The end of a part may cut a few of the names that are counted.
    expect(records).toBeGreaterThan(CALLS * MODULES_PER_CALL * 0.98);
  });
});
