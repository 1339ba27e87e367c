import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AT, AULA } from '../entidades/aula.ts';
import { CERTIFICATE } from './certificate.ts';
import { aula, failureOf, startSqlServer } from './sqlserver.ts';
import { PACKET } from './tds.ts';

// A covered connection, against a stand-in that speaks the protocol's TLS.

let folder = '';
const servers: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-tls-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

/** `host`: by which name it is called; the certificate is of `localhost`. */
async function serve(host: string) {
  const server = await startSqlServer({ encryption: 1, tls: true, answer: aula });
  servers.push(server);
  return { ...server, url: server.url.replace('127.0.0.1', host) };
}

/** What a process reads that knows the certificate's authority, which is told to it as people are told to. */
async function readTrusting(url: string): Promise<{ alumnos: number; failed: string; noise: string }> {
  const authority = join(folder, 'autoridad.pem');
  await writeFile(authority, CERTIFICATE);
  const contenido = Object.keys(AULA)
    .map((entity) => `-- entidad: ${entity}\nselect * from ${entity}`)
    .join('\n');
  const settings = { name: 'aula', url, contenido, tls: true };
  // Node reads the authorities once, when it starts.
  const script = `
    import { sqlSource } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
    const source = sqlSource(${JSON.stringify(settings)});
    const said = { alumnos: 0, failed: '' };
    try {
      const { courses } = await source.read({ at: new Date(${AT.getTime()}) });
      said.alumnos = courses.flatMap(({ students }) => students).length;
    } catch (error) {
      said.failed = error.message;
    }
    console.log(JSON.stringify(said));`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: authority } },
  );
  return { ...JSON.parse(stdout), noise: stderr };
}

describe('a covered connection', () => {
  it('is read where the certificate is known, and nothing goes in plain words', async () => {
    const server = await serve('localhost');
    expect(await readTrusting(server.url)).toEqual({ alumnos: 5, failed: '', noise: '' });
    expect(server.heard).toContain(PACKET.login);
    const onTheWay = Buffer.concat(server.plain);
    expect(onTheWay.includes(Buffer.from('lector', 'ucs2'))).toBe(false);
    expect(onTheWay.includes(Buffer.from('select', 'ucs2'))).toBe(false);
  });

  it.each([
    ['a certificate that nobody vouches for', 'localhost', failureIn],
    ['one of another name', '127.0.0.1', async (url: string) => (await readTrusting(url)).failed],
  ])('%s is refused in words, before the login', async (_, host, failed) => {
    const server = await serve(host);
    expect(await failed(server.url)).toContain('muestra un certificado que no se pudo comprobar');
    expect(server.heard).toEqual([PACKET.prelogin]);
    expect(Buffer.concat(server.plain).includes(Buffer.from('lector', 'ucs2'))).toBe(false);
  });
});

/** Of this process, which knows nothing of the certificate. */
async function failureIn(url: string): Promise<string> {
  return (await failureOf({ url, tls: true })).message;
}
