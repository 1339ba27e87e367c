import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

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
  expect(err).toMatchObject({ type: 'TypeError', message: 'bad value "‹rut›"' });
  expect(err.stack).toContain('logger.test');
});
