import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Evento, Linea } from './record-schema.ts';
import { isLinea } from './record-schema.ts';

/** The hash that the first line follows. */
const GENESIS = '0'.repeat(64);

/** The kit's own record of all that it saw, kept in its folder, so that a vendor can go on tomorrow. */
export class Registro {
  readonly #file: string;
  readonly #lineas: Linea[];
  readonly #clocks: { real: () => Date; kit: () => Date };

  /** @throws StartError where the folder's record is not as the kit wrote it. */
  constructor(folder: string, clocks: { real: () => Date; kit: () => Date }) {
    this.#file = join(folder, 'registro.ndjson');
    this.#clocks = clocks;
    this.#lineas = existsSync(this.#file) ? readFile(this.#file) : [];
  }

  add(evento: Evento): void {
    const { real, kit } = this.#clocks;
    const linea = {
      n: this.#lineas.length + 1,
      real: real().toISOString(),
      kit: kit().toISOString(),
      evento,
    };
    const hash = hashOf(this.#lineas.at(-1)?.hash ?? GENESIS, linea);
    this.#lineas.push({ ...linea, hash });
    appendFileSync(this.#file, `${JSON.stringify({ ...linea, hash })}\n`);
  }

  get lineas(): readonly Linea[] {
    return this.#lineas;
  }
}

/** A record's lines from its text; null where the chain does not hold. */
export function readLineas(text: string): Linea[] | null {
  const lineas: Linea[] = [];
  let before = GENESIS;
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const linea = readLinea(line);
    if (linea === null || linea.n !== lineas.length + 1) return null;
    const { hash, ...rest } = linea;
    if (hashOf(before, rest) !== hash) return null;
    before = hash;
    lineas.push(linea);
  }
  return lineas;
}

export function writeLineas(lineas: readonly Linea[]): string {
  return lineas.map((linea) => `${JSON.stringify(linea)}\n`).join('');
}

/** A last line that a crash cut off is left aside. */
function readFile(file: string): Linea[] {
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lineas = readLineas(whole);
  if (lineas === null) {
    throw new StartError(
      `El registro del kit (${file}) no está como el kit lo escribió.`,
      'Alguien lo cambió, o se dañó: lo visto ya no prueba nada. Empiece de nuevo con otra carpeta en --datos.',
    );
  }
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  return lineas;
}

function readLinea(text: string): Linea | null {
  try {
    const value: unknown = JSON.parse(text);
    return isLinea(value) ? value : null;
  } catch {
    return null;
  }
}

/** In the order in which the fields stand in the file: what is read back gives the same text. */
function hashOf(before: string, { n, real, kit, evento }: Omit<Linea, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([before, n, real, kit, evento]))
    .digest('hex');
}
