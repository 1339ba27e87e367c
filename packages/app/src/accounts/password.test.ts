import { lookup } from 'node:dns/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isPassword, newPasswordHash } from './password.ts';

const CLAVE = 'una frase que sólo yo sé';

test('of many passwords at once each is judged, one after another, and what needs a thread meanwhile gets one', async () => {
  const hash = await newPasswordHash(CLAVE, 'Ana');
  await isPassword(CLAVE, null);
  const order: string[] = [];
  const crowd = Array.from({ length: 12 }, async (_, at) => {
    const isRight = await isPassword(at === 3 ? CLAVE : `otra ${at}`, at === 4 ? null : hash);
    order.push('password');
    return isRight;
  });
  await wait(1);
  // A name of a host is looked up by the same threads that judge passwords.
  const name = lookup('localhost').then(() => order.push('name'));
  expect(await Promise.all(crowd)).toEqual(Array.from({ length: 12 }, (_, at) => at === 3));
  await name;
  expect(order.indexOf('name')).toBeLessThan(8);
});
