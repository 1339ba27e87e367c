import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Correo } from '@puente-sic/engine';
import { SMTPServer } from 'smtp-server';

/** A mail as who receives it reads it. */
export interface Received {
  asunto: string;
  de: string;
  texto: string;
  html: string;
}

export interface Mailbox {
  correo: Correo;
  mails: Received[];
  close(): Promise<void>;
}

/** A real mail server, which takes everything. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: Received[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(read(Buffer.concat(chunks).toString('latin1')));
        done();
      });
    },
  });
  await once(smtp.listen(0, '127.0.0.1'), 'listening');
  const { port } = smtp.server.address() as AddressInfo;
  return {
    mails,
    correo: {
      ...{ tipo: 'correo', servidor: '127.0.0.1', puerto: port },
      ...{ de: 'puente@otec.example', para: ['coordinacion@otec.example'] },
    },
    close: () => new Promise((resolve) => smtp.close(resolve)),
  };
}

function read(raw: string): Received {
  const [head = ''] = raw.split('\r\n\r\n');
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? 'none';
  const parts = raw.split(`--${boundary}`).map((part) => {
    const at = part.indexOf('\r\n\r\n');
    return { head: part.slice(0, at), body: part.slice(at + 4) };
  });
  const of = (type: string) => {
    const part = parts.find((one) => one.head.includes(`Content-Type: ${type}`));
    if (part === undefined) return '';
    return part.head.includes('base64')
      ? Buffer.from(part.body, 'base64').toString('utf8')
      : quotedPrintable(part.body);
  };
  return {
    asunto: header(head, 'Subject'),
    de: header(head, 'From'),
    texto: of('text/plain').replaceAll('\r\n', '\n').trim(),
    html: of('text/html'),
  };
}

function header(head: string, name: string): string {
  const folded = new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'm').exec(head)?.[1] ?? '';
  return folded
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' ')),
    );
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
