import { join } from 'node:path';
import { openLedger } from '@puente-sic/engine';
import { santiagoDate } from '@puente-sic/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, OTEC, santiagoTime } from './support/data.ts';
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

test('estado: in the window that puente.yaml gives, the night is under way; recovered is not red', async () => {
  office.write(
    'puente.yaml',
    `otecs:
  - rut: ${OTEC}
    ventana: { desde: '${santiagoTime(-2)}', hasta: '${santiagoTime(2)}' }
`,
  );
  const tonight = santiagoDate(new Date(Date.now() - 2 * 3_600_000));
  const before = new Date(Date.parse(`${tonight}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const soon = new Date(Date.now() + 1_800_000).toISOString();
  const course = { rutOtec: OTEC, codigoOferta: 'CUR', codigoGrupo: 'G' };
  const row = { rutOtec: OTEC, fuente: 'aula', curso: 'CUR', actualizado: soon };
  const ledger = await openLedger(join(office.folder, '.puente'));
  await ledger.db
    .insertInto('noche')
    .values([
      { ...row, noche: before, estado: 'perdida', causa: 'fuente', motivo: 'No se leyó.', desde: soon },
      { ...row, noche: tonight, estado: 'pendiente', motivo: 'Moodle no responde.', desde: soon },
    ])
    .execute();
  const seen = { fuente: 'aula', curso: 'CUR', titulo: 'Curso', url: null, alumnos: 1, actualizado: soon };
  await ledger.db
    .insertInto('curso')
    .values({ ...course, ...seen })
    .execute();
  const lost = await office.run(['estado']);
  expect(lost.code).toBe(1);
  expect(lost.stdout).toMatch(/CUR: no se envió\. No se leyó\./);
  expect(lost.stdout).toMatch(/está en curso, hasta las \d\d:\d\d: 0 de 1 curso listo\./);
  expect(lost.stdout).toContain(
    `CUR: por enviar. Moodle no responde. Se intenta a las ${santiagoTime(0.5)}.`,
  );

  const accepted = { rut: ANA, codigoModulo: 'M', porcentajeAvance: 1, cuando: new Date().toISOString() };
  await ledger.db
    .insertInto('aceptado')
    .values({ ...course, ...accepted })
    .execute();
  await ledger.close();
  const recovered = await office.run(['estado']);
  expect(recovered).toMatchObject({ code: 0 });
  expect(recovered.stdout).toContain('✔ Noche recuperada: lo que faltó se envió después');
});
