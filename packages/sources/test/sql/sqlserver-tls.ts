import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { CERTIFICATE, KEY } from './certificate.ts';
import { PACKET, packets } from './tds.ts';

/** A connection that is covered from the prelogin on. */
export interface Covered {
  /** What came over the network. */
  feed(chunk: Buffer): void;
  say(message: Buffer): void;
}

/**
 * The server's side of the protocol's TLS: the handshake travels within prelogin packets, what comes after it as it is
 * [MS-TDS 3.2.5.3]. `onClear` is told what was covered.
 */
export function cover(socket: Socket, onClear: (chunk: Buffer) => void): Covered {
  const wire = new Wire(socket);
  const tls = new TLSSocket(wire, {
    isServer: true,
    secureContext: createSecureContext({ key: KEY, cert: CERTIFICATE }),
  });
  // A client that refuses the certificate goes away.
  tls.on('error', () => socket.destroy());
  tls.on('data', onClear);
  socket.on('close', () => tls.destroy());
  return { feed: (chunk) => wire.feed(chunk), say: (message) => void tls.write(message) };
}

class Wire extends Duplex {
  readonly #socket: Socket;
  #bytes = Buffer.alloc(0);
  /** The handshake is over on the client's side: records of TLS come as they are. */
  #isOpen = false;
  #flight: Buffer[] = [];

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
  }

  feed(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes.length > 0) {
      if (this.#isOpen || this.#bytes[0] !== PACKET.prelogin) {
        this.#isOpen = true;
        this.push(this.#bytes);
        this.#bytes = Buffer.alloc(0);
        return;
      }
      if (this.#bytes.length < 8 || this.#bytes.length < this.#bytes.readUInt16BE(2)) return;
      const length = this.#bytes.readUInt16BE(2);
      this.push(this.#bytes.subarray(8, length));
      this.#bytes = this.#bytes.subarray(length);
    }
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#isOpen) this.#socket.write(chunk);
    else {
      // One message answers one: what TLS writes in several pieces goes together.
      if (this.#flight.length === 0) setImmediate(() => this.#land());
      this.#flight.push(chunk);
    }
    done();
  }

  #land(): void {
    this.#socket.write(packets(PACKET.answer, Buffer.concat(this.#flight)));
    this.#flight = [];
  }
}
