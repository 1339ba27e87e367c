import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@puente-sic/store';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, csv, OFERTA, OTEC, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { type Served, serve } from './support/panel.ts';

let office: Office;
let served: Served | undefined;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  await served?.stop('SIGKILL');
  await office.close();
});

const verify = async (...more: string[]) => {
  const { code, stdout } = await office.run(['bitacora', 'verificar', '--json', ...more]);
  return { code, ...JSON.parse(stdout) };
};

test('what the panel does to files is noted before and after; the chain tells who touched it since', async () => {
  served = await serve(office, { SENCE_TOKEN: '' });
  await served.change('PUT', `/otecs/${OTEC}`, { token: TOKEN });
  await served.change('PUT', `/otecs/${OTEC}`, { token: 'abc' });
  const { hechos } = await served.ask<'bitacora'>('GET', '/api/bitacora');
  expect(hechos.map(({ accion, detalle }) => `${accion}: ${detalle}`).slice(0, 4)).toEqual([
    `instalacion-fallo: No se hizo: OTEC ${OTEC}: token nuevo.`,
    `instalacion-comienzo: Comenzó: OTEC ${OTEC}: token nuevo.`,
    `instalacion: OTEC ${OTEC}: token nuevo.`,
    `instalacion-comienzo: Comenzó: OTEC ${OTEC}: token nuevo.`,
  ]);

  // The head that an evidence ZIP holds is found again; the console's own deeds go on with the chain.
  office.write('avance.csv', csv([ANA, '10']));
  await office.run(['enviar', '--archivo', 'avance.csv', ...office.flags]);
  await office.run(['evidencia', '--curso', OFERTA, '--desde', '2021-01-01', '--salida', 'e.zip']);
  const { 'manifiesto.json': manifest = new Uint8Array() } = unzipSync(
    readFileSync(join(office.folder, 'e.zip')),
  );
  const { bitacora: cabeza } = JSON.parse(strFromU8(manifest));
  await office.run(['token', 'guardar', OTEC], { stdin: TOKEN });
  expect(await verify('--cabeza', cabeza)).toMatchObject({ code: 0, valido: true, contiene: true });

  const raw = openDatabase(join(office.folder, '.puente', 'puente.sqlite'));
  raw.exec(`UPDATE bitacora SET quien = 'Otra' WHERE id = 2`);
  raw.close();
  expect(await verify()).toMatchObject({ code: 1, valido: false, roto: 2 });
});
