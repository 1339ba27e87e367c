import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { type Canal, type Correo, sendTestAlert, Undelivered } from '../src/index.ts';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const correo: Omit<Correo, 'puerto'> = {
  tipo: 'correo',
  servidor: '127.0.0.1',
  de: 'a@otec.example',
  para: ['b@otec.example'],
};

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function smtp(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({ authOptional: true, ...options });
  // A client that gives up is no news.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closers.push(() => server.close());
  return (server.server.address() as AddressInfo).port;
}

async function told(canal: Canal): Promise<string> {
  const otec = { rutOtec: '77124930-2', otec: 'Otec' };
  const error: unknown = await sendTestAlert(canal, otec, new Date()).catch((reason: unknown) => reason);
  if (!(error instanceof Undelivered)) throw new Error('it was delivered');
  return `${error.message}. ${error.todo}`;
}

test('a certificate of its own, by STARTTLS and from the first byte', async () => {
  for (const secure of [false, true]) {
    const puerto = await smtp({ secure });
    expect(await told({ ...correo, puerto, tls: secure })).toMatch(
      /certificado .* no es de confianza.*NODE_EXTRA_CA_CERTS/,
    );
  }
});

test('a name that leads to an internal service of the machine is not dialled', async () => {
  // A name to us, an address to whoever looks names up: there without any DNS.
  const servidor = '0xa9fea9fe';
  for (const tls of [false, true])
    expect(await told({ ...correo, servidor, puerto: 25, tls })).toMatch(/lleva a un servicio interno/);
});

test('tls where the server speaks plainly first', async () => {
  const puerto = await smtp({ disabledCommands: ['STARTTLS'] });
  expect(await told({ ...correo, puerto, tls: true })).toMatch(/no habla TLS desde el comienzo.*`tls: no`/);
});

test('a password goes to no other computer in plain words, even where the offer to encrypt was left out', async () => {
  let asked = 0;
  const puerto = await smtp({
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => {
      asked += 1;
      done(null, { user: 'yo' });
    },
  });
  // This computer by a name that does not say so.
  const away = { ...correo, servidor: '0x7f000001', puerto };
  expect(await told({ ...away, usuario: 'yo', clave: 'secretísima' })).toMatch(
    /no ofrece cifrado \(STARTTLS\), y la clave iría a la vista.*puerto 465/,
  );
  expect(asked).toBe(0);
});

test('a user that is not taken, one that is missing, and a server that is not there', async () => {
  const refusing = await smtp({
    authOptional: false,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(new Error('Invalid username or password')),
  });
  const clave = 'secretísima';
  const refused = await told({ ...correo, puerto: refusing, usuario: 'yo', clave });
  expect(refused).toMatch(/no acepta el usuario o la clave/);
  expect(refused).not.toContain(clave);
  expect(await told({ ...correo, puerto: refusing })).toMatch(/pide usuario y clave/);
  const server = createServer();
  const puerto = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await told({ ...correo, puerto })).toMatch(/no atiende en el puerto/);
});
