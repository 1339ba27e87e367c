import { join } from 'node:path';
import { openLedger } from '@puente-sic/engine';
import { startProxy } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, csv, OTEC } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  office.write('avance.csv', csv([ANA, '10']));
});
afterEach(() => office.close());

/** A send whose answer was lost an hour ago and which the history has not told since; gives its code. */
async function uncertain(): Promise<string> {
  const line = await startProxy(office.gestor.port, ({ method }) =>
    method === 'POST' ? 'cut-before' : 'none',
  );
  const flags = ['--gestor', `http://127.0.0.1:${line.port}/gestor/API`, '--rut-otec', OTEC];
  const sent = await office.run(['enviar', ...flags, '--archivo', 'avance.csv']);
  await line.close();
  expect(sent.code).toBe(4);
  const ledger = await openLedger(join(office.folder, '.puente'));
  const ago = new Date(Date.now() - 3_600_000).toISOString();
  const told = { enviado: ago, creado: ago, cortado: ago, preguntado: ago };
  const row = await ledger.db
    .updateTable('envio')
    .set(told)
    .returning('codigoEnvio')
    .executeTakeFirstOrThrow();
  await ledger.close();
  return row.codigoEnvio;
}

const sayRecibido = (code: string, ...more: string[]) =>
  office.run(['aclarar', code, '--recibido', '--motivo', 'Está en SIC, proceso 81234', ...more]);

test('aclarar: what was seen at SENCE ends the wait; both flags, none, or no reason do nothing', async () => {
  const code = await uncertain();
  const refused: [string[], string][] = [
    [[code], `Falta decir si SENCE recibió el envío ${code}`],
    [[code, '--recibido'], 'Falta decir cómo lo supo'],
    [[code, '--recibido', '--motivo', 'sí'], 'El motivo «sí» no alcanza'],
    [[code, '--recibido', '--no-recibido', '--motivo', 'Lo vi en SIC'], 'a la vez'],
    [['P-20260101-NADA', '--recibido', '--motivo', 'Lo vi en SIC'], 'No hay ningún envío con el código'],
  ];
  for (const [args, expected] of refused) {
    const run = await office.run(['aclarar', ...args]);
    expect(run, args.join(' ')).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(expected);
  }
  expect((await office.run(['estado'])).stdout).toContain(code);

  const settled = await sayRecibido(code, '--json');
  expect(settled).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(settled.stdout)).toEqual({ codigoEnvio: code, recibido: true });
  expect((await office.run(['estado'])).stdout).not.toContain(code);
  const again = await sayRecibido(code);
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('ya se sabe si llegó') });
});

test('aclarar --no-recibido: the next send takes it', async () => {
  const code = await uncertain();
  const said = await office.run(['aclarar', code, '--no-recibido', '--motivo', 'SENCE dice que no está']);
  expect(said).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('El próximo envío lo lleva de nuevo.'),
  });
  const sent = await office.run(['enviar', ...office.flags, '--archivo', 'avance.csv']);
  expect(sent).toMatchObject({ code: 0, stdout: expect.stringContaining('2 registros aceptados') });
});
