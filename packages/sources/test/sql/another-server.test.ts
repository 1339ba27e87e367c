import { createServer, type Server } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { withSnapshot } from '../../src/moodle/bd/connect.ts';
import { withDatabase } from '../../src/sql/connect.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** A server that greets whoever comes, as those of MySQL and SSH do, and waits. */
async function greets(greeting: Buffer): Promise<string> {
  const server = createServer((socket) => socket.on('error', () => undefined).write(greeting));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `postgres://lector:secreta@127.0.0.1:${address.port}/aula`;
}

/** MySQL's first packet: its length in three bytes, a number, the protocol's version and the server's words. */
function mysqlGreeting(length: number): Buffer {
  const packet = Buffer.alloc(4 + length);
  packet.writeUIntLE(length, 0, 3);
  packet.write('\n11.8.6-MariaDB', 4, 'latin1');
  return packet;
}

// PostgreSQL's driver takes the first byte, here a length, for the kind of a message; one of these ended the process.
test.each([
  ['a MariaDB taken for a piece of a copy', mysqlGreeting(0x64)],
  ['a MariaDB taken for a row', mysqlGreeting(0x44)],
  ['a MySQL taken for no message', mysqlGreeting(0x4a)],
  ['a program of the web', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
])('%s is told as a server of another kind', async (_, greeting) => {
  const url = await greets(greeting);
  const { signal } = new AbortController();
  const said = (words: RegExp) => ({
    kind: 'wrong',
    message: expect.stringMatching(words) as string,
    fix: expect.stringContaining('3306') as string,
  });
  await expect(withDatabase({ url }, signal, async () => null)).rejects.toMatchObject(
    said(/contesta otro programa/),
  );
  await expect(withSnapshot({ url }, signal, async () => null)).rejects.toMatchObject(
    said(/base de datos de Moodle .* contesta otro programa/),
  );
});
