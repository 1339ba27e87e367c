import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StartError, startGestor } from '../src/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-gestor-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function startError(options: Parameters<typeof startGestor>[0]): Promise<StartError> {
  const error = await startGestor(options).then(
    (gestor) => gestor.close(),
    (reason: unknown) => reason,
  );
  if (error instanceof StartError) return error;
  throw new Error('it started, or failed otherwise', { cause: error });
}

test('a data folder that is a file, or holds something else, is told with what to do', async () => {
  const file = join(folder, 'archivo');
  await writeFile(file, 'x');
  expect((await startError({ datos: file })).message).toContain(file);
  await writeFile(
    join(folder, 'gestor.db'),
    'esto no es una base de datos, y es más largo que su encabezado '.repeat(20),
  );
  expect((await startError({ datos: folder })).message).toContain(join(folder, 'gestor.db'));
});

test('a PostgreSQL that is not there is told without its password', async () => {
  const { message, fix } = await startError({ datos: 'postgres://gestor:secreto@127.0.0.1:9/gestor' });
  expect(message).toBe('No se puede entrar a la base PostgreSQL.');
  expect(message + fix).not.toContain('secreto');
});

test('a server of another kind where the PostgreSQL should be is told, and ends nothing', async () => {
  // As a MariaDB greets; the driver takes its first byte for a piece of a copy.
  const greeting = Buffer.from('d\0\0\0\n11.8.6-MariaDB');
  const server = createServer((socket) =>
    socket
      .on('error', () => undefined)
      .resume()
      .write(greeting),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { message } = await startError({ datos: `postgres://gestor:secreto@127.0.0.1:${port}/gestor` });
  expect(message).toBe('No se puede entrar a la base PostgreSQL.');
  await new Promise((resolve) => server.close(resolve));
});

test('a key that can be guessed is refused', async () => {
  expect((await startError({ datos: join(folder, 'nuevo'), adminKey: 'admin' })).message).toContain(
    'demasiado corta',
  );
});
