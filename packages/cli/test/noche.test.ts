import { join } from 'node:path';
import { openLedger } from '@puente-sic/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OTEC } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

test('estado: what happened last night and what is open; 1 where something is not well', async () => {
  expect(await office.run(['estado'])).toMatchObject({ code: 0, stderr: '' });
  const ledger = await openLedger(join(office.folder, '.puente'));
  const row = { rutOtec: OTEC, noche: '2026-11-20', fuente: 'aula', desde: '2026-11-21T01:00:00.000Z' };
  await ledger.db
    .insertInto('noche')
    .values([
      { ...row, curso: 'A', estado: 'hecha', motivo: null, actualizado: row.desde },
      {
        ...{ ...row, curso: 'B', estado: 'perdida', causa: 'no-entregado', actualizado: row.desde },
        motivo: 'El curso «B» no está en «aula».',
      },
    ])
    .execute();
  await ledger.close();
  const told = await office.run(['estado']);
  expect(told.code).toBe(1);
  expect(told.stdout).toMatch(/La noche quedó incompleta/);
  expect(told.stdout).toMatch(/B: no se envió\. El curso «B» no está en «aula»\./);
  const { noches, erroresAbiertos } = JSON.parse((await office.run(['estado', '--json'])).stdout);
  expect(erroresAbiertos).toBe(0);
  expect(noches).toMatchObject([
    { noche: '2026-11-20', estado: 'mal', cursos: [{ curso: 'A' }, { curso: 'B', causa: 'no-entregado' }] },
  ]);
});
