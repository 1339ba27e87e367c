import { expect, test } from 'vitest';
import type { Correo } from './alerta.ts';
import { undelivered } from './undelivered.ts';

const correo: Correo = { tipo: 'correo', servidor: 's', puerto: 465, de: 'a', para: ['b'] };
const told = (canal: Parameters<typeof undelivered>[0], cause: unknown): string => {
  const { message, todo } = undelivered(canal, cause);
  return `${message}. ${todo}`;
};
const late = Object.assign(new Error('Greeting never received'), { code: 'ETIMEDOUT' });

test('a port that wants TLS first, known by its number or not', () => {
  expect(told(correo, late)).toMatch(
    /no saludó en el puerto 465.*pide TLS desde el comienzo: ponga `tls: sí`/,
  );
  expect(told({ ...correo, puerto: 25 }, late)).toMatch(/puerto 25.*Si el puerto pide TLS/);
  expect(told({ ...correo, tls: true }, late)).not.toMatch(/tls: sí/);
});

test.each([
  ['certificate has expired', /está vencido/],
  ['self-signed certificate in certificate chain', /lo firma el propio servidor/],
  ["Hostname/IP does not match certificate's altnames", /otro nombre/],
  ['unable to verify the first certificate', /no se conoce a quien lo firma/],
])('%s', (message, says) => expect(told(correo, new Error(message))).toMatch(says));

test('a webhook by its answer, never with its address', () => {
  const webhook = { tipo: 'webhook', url: 'https://avisos.example/T000/secreto' } as const;
  expect(told(webhook, new Error('The webhook answered HTTP 404'))).toMatch(/HTTP 404/);
  const cause = Object.assign(new Error('getaddrinfo ENOTFOUND avisos.example'), { code: 'ENOTFOUND' });
  const lost = told(webhook, new TypeError('fetch failed', { cause }));
  expect(lost).toMatch(/no se pudo llegar al webhook \(ENOTFOUND\)/);
  expect(lost).not.toMatch(/secreto/);
});

test('what nobody knows is told with its code', () => {
  expect(told(correo, Object.assign(new Error('x'), { code: 'ESTREAM' }))).toMatch(/\(ESTREAM\)/);
  expect(told(correo, 'x')).toMatch(/no se pudo hablar/);
});
