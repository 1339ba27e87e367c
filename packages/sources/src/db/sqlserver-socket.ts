import { isIPv6, type Socket } from 'node:net';
import { INTERNAL_ADDRESS, isInternalHost } from '@puente-sic/protocol';
import { JudgedSocket } from './socket.ts';

/** The first byte of the packet that carries user and password (LOGIN7) [MS-TDS 2.2.3.1.1]; one of TLS begins with another. */
const LOGIN = 0x10;

/** A gateway of the cloud sends on once, a group of servers once more. */
const MOST_GOALS = 4;

/** Where the driver goes: the server, or another one that the server names. */
interface Goal {
  host: string;
  port: number;
}

/**
 * Opens the driver's connections. Whatever address a server sends it on to is judged, too. `mustEncrypt`, of the host
 * that is called: the password never leaves for it in plain words, whatever the server, or somebody on the way, says of
 * being unable to encrypt. Of one connection: servers that send it on in a circle are not followed for ever.
 */
export function dialer(mustEncrypt: (host: string) => boolean): () => Promise<Socket> {
  let left = MOST_GOALS;
  return (...given: unknown[]) =>
    new Promise((resolve, reject) => {
      left -= 1;
      if (left < 0) return reject(withCode('EHOSTUNREACH'));
      // The driver hands them over, and does not say so in its types.
      const [{ host, port }, , signal] = given as [Goal, unknown, AbortSignal];
      const name = isIPv6(host) ? `[${host}]` : host.toLowerCase();
      if (isInternalHost(name)) return reject(withCode(INTERNAL_ADDRESS));
      const socket = mustEncrypt(name) ? new CoveredSocket() : new JudgedSocket();
      const abort = (): void => {
        socket.destroy();
        reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      const settle = (act: () => void): void => {
        signal.removeEventListener('abort', abort);
        socket.removeAllListeners('error').removeAllListeners('connect');
        act();
      };
      socket.once('error', (error) => settle(() => reject(error)));
      socket.once('connect', () => settle(() => resolve(socket)));
      socket.setNoDelay(true).connect(port, host);
    });
}

/** A socket that the login does not leave by as it is. Node puts its own `write` back at each connect, not these two. */
class CoveredSocket extends JudgedSocket {
  override _write(chunk: unknown, encoding: BufferEncoding, done: Done): void {
    if (isLogin(chunk)) done(withCode('HANDSHAKE_NO_SSL_SUPPORT'));
    else super._write(chunk, encoding, done);
  }

  override _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], done: Done): void {
    if (chunks.some(({ chunk }) => isLogin(chunk))) done(withCode('HANDSHAKE_NO_SSL_SUPPORT'));
    else super._writev?.(chunks, done);
  }
}

type Done = (error?: Error | null) => void;

function isLogin(chunk: unknown): boolean {
  return chunk instanceof Uint8Array && chunk[0] === LOGIN;
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}
