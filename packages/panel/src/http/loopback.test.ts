import { expect, test } from 'vitest';
import { isLoopbackAddress, isLoopbackName } from './loopback.ts';

test.each(['localhost', 'localhost:4350', '127.0.0.1:4350', 'LOCALHOST:1', '[::1]:4350'])(
  '%s is here',
  (host) => {
    expect(isLoopbackName(host)).toBe(true);
  },
);

test.each([
  '',
  'localhost.evil.example',
  '127.0.0.1.evil.example:4350',
  'evil.example',
  '0.0.0.0:4350',
  '::1',
])('«%s» names another computer', (host) => {
  expect(isLoopbackName(host)).toBe(false);
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.20', false],
  ['', false],
])('%s: %s', (address, local) => {
  expect(isLoopbackAddress(address)).toBe(local);
});
