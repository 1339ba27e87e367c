import { expect, test } from 'vitest';
import { withSnapshot } from '../../src/moodle/bd/connect.ts';
import { withDatabase } from '../../src/sql/connect.ts';

// A name to us, an address to whoever looks names up: there without any DNS.
const WHERE = 'lee:secreta@0xa9fea9fe';

test.each([`mysql://${WHERE}:3306/aula`, `postgres://${WHERE}:5432/aula`, `sqlserver://${WHERE}:1433/aula`])(
  'no database is asked for where a name leads to an internal service of the machine: %s',
  async (url) => {
    const inside = { kind: 'wrong', message: expect.stringContaining('lleva a un servicio interno') };
    const { signal } = new AbortController();
    await expect(withDatabase({ url }, signal, async () => null)).rejects.toMatchObject(inside);
    if (url.startsWith('sqlserver:')) return;
    await expect(withSnapshot({ url }, signal, async () => null)).rejects.toMatchObject(inside);
  },
);
