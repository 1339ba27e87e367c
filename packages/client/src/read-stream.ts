import { createBrotliDecompress, createGunzip, createInflate, type Gunzip } from 'node:zlib';
import type { ProcesoHistorial } from '@puente-sic/protocol';
import { asBuffer } from './decode.ts';
import type { Reply } from './exchange.ts';
import { header } from './headers.ts';
import { HistorySplitter, type SplitEnd } from './split-history.ts';

/** A history's body, unpacked and cut into processes while it arrives. */
export interface HistoryBody {
  push(chunk: Uint8Array): void;
  /** @throws what `onProcess` threw. */
  end(): Promise<SplitEnd>;
}

/** Opens the reading of a body, packed as its headers say. */
export function historyBody(
  headers: Reply['headers'],
  onProcess: (proceso: ProcesoHistorial) => void,
): HistoryBody {
  const splitter = new HistorySplitter(onProcess);
  let thrown: { error: unknown } | null = null;
  const push = (chunk: Uint8Array) => {
    if (thrown !== null) return;
    try {
      splitter.push(asBuffer(chunk));
    } catch (error) {
      thrown = { error };
    }
  };
  const end = () => {
    if (thrown !== null) throw thrown.error;
    return splitter.end();
  };
  const encoding = header(headers, 'content-encoding')?.trim().toLowerCase() || 'identity';
  if (encoding === 'identity') return { push, end: async () => end() };
  const unpack = UNPACK[encoding]?.();
  if (unpack === undefined) return { push: () => {}, end: async () => ({ kind: 'unreadable' }) };
  const over = new Promise<boolean>((resolve) => {
    unpack.on('data', push);
    unpack.on('end', () => resolve(true));
    unpack.on('error', () => resolve(false));
  });
  return {
    push: (chunk) => void unpack.write(chunk),
    end: async () => {
      unpack.end();
      return (await over) ? end() : { kind: 'unreadable' };
    },
  };
}

const options = { chunkSize: 256 * 1024 };
const UNPACK: Record<string, () => Pick<Gunzip, 'on' | 'write' | 'end'>> = {
  gzip: () => createGunzip(options),
  'x-gzip': () => createGunzip(options),
  deflate: () => createInflate(options),
  br: () => createBrotliDecompress(options),
};
