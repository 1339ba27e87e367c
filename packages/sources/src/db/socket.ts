import { type LookupOptions, lookup } from 'node:dns';
import { Socket } from 'node:net';
import { judgedLookup } from '@puente-sic/protocol';

/** A driver's socket, dialled by port and name: a name that leads to an internal service of the machine fails. */
export class JudgedSocket extends Socket {
  override connect(...[port, host]: unknown[]): this {
    // PostgreSQL's own socket on the disk.
    if (host === undefined) return super.connect(String(port));
    return super.connect({
      port: Number(port),
      host: String(host),
      lookup: judgedLookup<LookupOptions>(lookup),
    });
  }
}
