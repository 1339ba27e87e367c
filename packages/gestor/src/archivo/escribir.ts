import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readMonth } from '../store/archivo.ts';
import { countRegistros } from '../store/grupos.ts';
import { PROCESO_COLUMNS, REGISTRO_COLUMNS } from '../store/rows.ts';
import type { Db } from '../store/store.ts';
import { type ArchivoEscrito, MANIFIESTO, type Manifiesto, PROCESOS, REGISTROS } from './manifiesto.ts';

export interface MesEscrito {
  manifiesto: Manifiesto;
  /** Processes by provider. */
  otecs: Map<number, number>;
}

/** Writes a month into a folder that is there and empty; once it resolves, all of it is on disk. */
export async function writeMonth(db: Db, mes: string, folder: string): Promise<MesEscrito> {
  const procesos = await Packed.open(join(folder, PROCESOS));
  const registros = await Packed.open(join(folder, REGISTROS));
  const sum = { procesos: 0, registros: 0, aceptados: 0, rechazados: 0, hastaId: 0 };
  const otecs = new Map<number, number>();
  let ultimaNoche: string | null = null;
  try {
    for await (const page of readMonth(db, mes)) {
      for (const proceso of page.procesos) {
        sum.procesos += 1;
        sum.registros += countRegistros(proceso);
        sum.aceptados += proceso.aceptados;
        sum.rechazados += proceso.rechazados;
        sum.hastaId = proceso.id;
        otecs.set(proceso.rutOtec, (otecs.get(proceso.rutOtec) ?? 0) + 1);
        if (proceso.noche !== null && proceso.noche > (ultimaNoche ?? '')) ultimaNoche = proceso.noche;
      }
      await procesos.write(
        page.procesos.map((proceso) => line(proceso, ['id', ...PROCESO_COLUMNS, 'noche'])),
      );
      await registros.write(page.registros.map((registro) => line(registro, REGISTRO_COLUMNS)));
    }
    const manifiesto: Manifiesto = {
      formato: 'puente-gestor-archivo',
      version: 1,
      mes,
      ...sum,
      otecs: otecs.size,
      ultimaNoche,
      archivos: { [PROCESOS]: await procesos.end(), [REGISTROS]: await registros.end() },
    };
    await writeText(join(folder, MANIFIESTO), `${JSON.stringify(manifiesto, null, 2)}\n`);
    await syncFolder(folder);
    return { manifiesto, otecs };
  } finally {
    await procesos.close();
    await registros.close();
  }
}

function line<T>(row: T, columns: readonly (keyof T & string)[]): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column]])))}\n`;
}

/** Names that were made or changed in a folder are on disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeText(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A packed file of lines on its way to the disk, with what makes it known. It holds personal data: its owner's alone. */
class Packed {
  readonly #file: FileHandle;
  readonly #text = new PassThrough();
  readonly #textHash = createHash('sha256');
  readonly #hash = createHash('sha256');
  readonly #written: Promise<void>;
  #sizes = { lineas: 0, bytes: 0, bytesTexto: 0 };

  static async open(path: string): Promise<Packed> {
    return new Packed(await open(path, 'wx', 0o600));
  }

  private constructor(file: FileHandle) {
    this.#file = file;
    this.#written = pipeline(this.#text, createGzip(), async (packed: AsyncIterable<Buffer>) => {
      for await (const piece of packed) {
        this.#hash.update(piece);
        this.#sizes.bytes += piece.length;
        await this.#file.appendFile(piece);
      }
    });
    // Whoever writes next is told; until then it must not end the process.
    this.#written.catch(() => undefined);
  }

  async write(lines: string[]): Promise<void> {
    if (lines.length === 0) return;
    const text = Buffer.from(lines.join(''));
    this.#textHash.update(text);
    this.#sizes.lineas += lines.length;
    this.#sizes.bytesTexto += text.length;
    if (this.#text.write(text)) return;
    await Promise.race([new Promise((resolve) => this.#text.once('drain', resolve)), this.#written]);
  }

  async end(): Promise<ArchivoEscrito> {
    this.#text.end();
    await this.#written;
    await this.#file.sync();
    return { ...this.#sizes, sha256: this.#hash.digest('hex'), sha256Texto: this.#textHash.digest('hex') };
  }

  /** Also of one that was not ended. */
  async close(): Promise<void> {
    this.#text.destroy();
    await this.#written.catch(() => undefined);
    await this.#file.close();
  }
}
