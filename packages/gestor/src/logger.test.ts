import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger, mask } from './logger.ts';

test('tokens and RUTs are masked however they are written, and other numbers stay', () => {
  expect(mask('token 5eebf607-25a9-4db2-a4dd-5d31bdae3220 de 77.124.930-2, 9445435-K y 10312870')).toBe(
    'token [token] de [rut], [rut] y [rut]',
  );
  expect(mask('proceso 312, 16 MiB, puerto 8350, 2026-11-22')).toBe(
    'proceso 312, 16 MiB, puerto 8350, 2026-11-22',
  );
});

test('an error of a library goes into the log without what it quotes, but with where it came from', () => {
  const lines: string[] = [];
  const destination = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line));
      done();
    },
  });
  createLogger('info', destination).error({ err: new TypeError('bad value "9445435-2"') }, 'request failed');
  const { err } = JSON.parse(lines.join(''));
  expect(err).toMatchObject({ type: 'TypeError', message: 'bad value "[rut]"' });
  expect(err.stack).toContain('logger.test');
});
