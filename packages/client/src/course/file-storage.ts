import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SendStorage, StoredSend } from './send-storage.ts';

/** What is told is kept so many days beyond the latest: an unknown outcome is settled long before. */
const KEPT_DAYS = 40;

/**
 * Keeps sends in one file of a line each, appended and synced; readable by its owner alone. Bodies leave it once it is
 * told what became of them. A last line that a crash cut off is left aside: it was never told as saved. `load` rejects
 * where another line cannot be read.
 */
export function fileStorage(path: string): SendStorage {
  return {
    async load() {
      const { sends, lines } = await read(path);
      const kept = withoutOld(sends);
      if (lines > kept.length) await rewrite(path, kept);
      return kept;
    },
    async save(send) {
      await mkdir(dirname(path), { recursive: true });
      await write(path, 'a', `${JSON.stringify(send)}\n`);
    },
  };
}

async function read(path: string): Promise<{ sends: StoredSend[]; lines: number }> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // What follows must begin on a line of its own.
  if (whole.length < text.length) await write(path, 'w', whole);
  const sends = new Map<string, StoredSend>();
  const lines = whole.split('\n').slice(0, -1);
  for (const [index, line] of lines.entries()) {
    const send = readLine(line);
    if (send === null)
      throw new Error(`${path}: line ${index + 1} is not a send; nothing is sent until it is mended`);
    sends.set(send.codigoEnvio, send);
  }
  return { sends: [...sends.values()], lines: lines.length };
}

function readLine(line: string): StoredSend | null {
  try {
    const value: unknown = JSON.parse(line);
    return isSend(value) ? value : null;
  } catch {
    return null;
  }
}

function isSend(value: unknown): value is StoredSend {
  return (
    typeof value === 'object' &&
    value !== null &&
    'codigoEnvio' in value &&
    typeof value.codigoEnvio === 'string' &&
    'estado' in value &&
    'enviado' in value
  );
}

function withoutOld(sends: readonly StoredSend[]): StoredSend[] {
  const latest = Math.max(...sends.map(({ dia }) => Date.parse(dia)));
  return sends.filter(
    ({ estado, dia }) => estado === 'abierto' || latest - Date.parse(dia) <= KEPT_DAYS * 24 * 3_600_000,
  );
}

async function rewrite(path: string, sends: readonly StoredSend[]): Promise<void> {
  const beside = `${path}.nuevo`;
  await write(beside, 'w', sends.map((send) => `${JSON.stringify(send)}\n`).join(''));
  await rename(beside, path);
}

async function write(path: string, flags: 'a' | 'w', text: string): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
