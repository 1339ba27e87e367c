import type { Running } from '@puente-sic/app';
import { StoreError } from '@puente-sic/store';
import { afterEach, expect, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
afterEach(() => office.close());

const NOTHING: Running = {
  ...{ providers: [], version: 2, pendientes: [], ensayo: false },
  clientFor: () => {
    throw new Error('Nobody reports here');
  },
};
const RUT = '10312870-6';
const TOKEN = '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220';

test('a defect is in the log with its stack, and nothing of what it quotes', async () => {
  let wrong: Error | undefined;
  office = await openOffice({
    use: (work) => {
      if (wrong !== undefined) throw wrong;
      return work(NOTHING);
    },
  });
  const cookie = await office.enter('administrador');
  wrong = new TypeError(`bad value ${RUT} of CAP-26-01-13-0446-1`, {
    cause: new Error(`POST https://aula.cl/rest?rut=${RUT} wstoken=abcdef, token ${TOKEN}`),
  });
  const { status, text } = await office.ask({ path: '/api/hoy?nombre=Juana', cookie });
  expect([status, text]).toEqual([500, expect.stringContaining('quedó en el registro')]);
  const line = office.log.map((one) => JSON.parse(one)).find(({ level }) => level === 'error');
  expect(line).toMatchObject({
    path: '/api/hoy',
    err: {
      type: 'TypeError',
      message: 'bad value ‹rut› of CAP-26-01-13-0446-1',
      stack: expect.stringContaining('log.test'),
      cause: { message: expect.stringContaining('https://aula.cl/rest?… wstoken=‹clave›') },
    },
  });
  expect(office.log.join('')).not.toMatch(/Juana|10312870|abcdef|5EEBF607/);
});

test('a ledger that fails under a request is a 503 without its file; the log says which', async () => {
  let failing = false;
  office = await openOffice({
    use: (work) => {
      if (failing) throw new StoreError('full', '/var/lib/puente/puente.sqlite');
      return work(NOTHING);
    },
  });
  const cookie = await office.enter('administrador');
  failing = true;
  const { status, text } = await office.ask({ path: '/api/hoy', cookie });
  expect([status, text]).toEqual([503, expect.stringContaining('sin-registro')]);
  expect(text).not.toContain('/var/lib');
  expect(office.log.join('')).toContain('/var/lib/puente/puente.sqlite');
});
