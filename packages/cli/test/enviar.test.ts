import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, BENITO, csv, DIEGO, ELENA } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const send = (file: string, ...more: string[]) =>
  office.run(['enviar', '--archivo', file, ...office.flags, ...more]);

test('all well', async () => {
  const run = await send(office.write('avance.csv', csv([ANA, '10'], [BENITO, '20'])));
  console.log(run.stdout, run.stderr, run.code);
  const two = await send(
    office.write('avance.csv', csv([ANA, '5'], [BENITO, '20'], [DIEGO, '1'], [ELENA, '2'])),
  );
  console.log(two.stdout, two.stderr, two.code);
  const three = await send(
    office.write('avance.csv', csv([ANA, '15'], [BENITO, '20'], [DIEGO, '1'])),
    '--solo-errores',
    '--json',
  );
  console.log(three.stdout, three.stderr, three.code);
  const four = await office.run(['historial', ...office.flags]);
  console.log(four.stdout, four.stderr, four.code);
  expect(run.code).toBe(0);
});
