import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { countRegistros } from '../store/grupos.ts';
import { ArchivoError } from './error.ts';
import { MANIFIESTO, type Manifiesto, manifiestoSchema, PROCESOS, REGISTROS } from './manifiesto.ts';

export interface VerificacionArchivo {
  carpeta: string;
  /** Null: there is no manifest that can be read. */
  manifiesto: Manifiesto | null;
  /** SHA-256 of the manifest's file. */
  huella: string;
  /** What is wrong with it, in Spanish; empty: every line was read, and all is as the manifest says. */
  problemas: string[];
}

/**
 * Reads back a folder of archived months, or one month's own folder; oldest first.
 * @throws ArchivoError where there is no archived month.
 */
export async function verifyArchive(folder: string): Promise<VerificacionArchivo[]> {
  const whole = resolve(folder);
  const names = await readdir(whole).catch(() => [] as string[]);
  const months = names.includes(MANIFIESTO)
    ? [whole]
    : names
        .filter((name) => /^\d{4}-\d\d$/.test(name))
        .sort()
        .map((name) => join(whole, name));
  if (months.length === 0) {
    throw new ArchivoError(
      `En ${whole} no hay ningún mes archivado.`,
      'Indique la carpeta que se usó como --destino, o la de un mes.',
    );
  }
  const found: VerificacionArchivo[] = [];
  for (const month of months) found.push(await verifyMonth(month));
  return found;
}

/** Reads an archived month back, to its last line, and compares it with its manifest. It changes nothing. */
export async function verifyMonth(carpeta: string): Promise<VerificacionArchivo> {
  const text = await readFile(join(carpeta, MANIFIESTO), 'utf8').catch(() => null);
  const huella = text === null ? '' : sha256(text);
  const manifiesto = readManifiesto(text);
  if (manifiesto === null) {
    return { carpeta, manifiesto, huella, problemas: [`${MANIFIESTO} falta o no se puede leer.`] };
  }
  const problemas: string[] = [];
  // A draft's name begins with a dot until it has been verified.
  if (basename(carpeta).replace(/^\./, '') !== manifiesto.mes)
    problemas.push(`La carpeta no se llama como su mes, ${manifiesto.mes}.`);
  problemas.push(...(await readBack(carpeta, manifiesto)));
  return { carpeta, manifiesto, huella, problemas };
}

/** SHA-256 of a folder's manifest, by which its archive is known. */
export async function huellaOf(carpeta: string): Promise<string> {
  return sha256(await readFile(join(carpeta, MANIFIESTO), 'utf8'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readManifiesto(text: string | null): Manifiesto | null {
  if (text === null) return null;
  try {
    return manifiestoSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const procesoLine = z.object({
  id: z.int(),
  dia: z.string(),
  aceptados: z.int(),
  rechazados: z.int(),
});
const registroLine = z.object({ procesoId: z.int(), n: z.int(), estado_registro: z.int() });

async function readBack(carpeta: string, manifiesto: Manifiesto): Promise<string[]> {
  const problemas: string[] = [];
  const missing = new Map<number, number>();
  let last = 0;
  const ofProcesos = await readLines(carpeta, PROCESOS, manifiesto, (value) => {
    const proceso = procesoLine.parse(value);
    if (proceso.id <= last || proceso.dia.slice(0, 7) !== manifiesto.mes) throw new Error('out of place');
    last = proceso.id;
    missing.set(proceso.id, countRegistros(proceso));
  });
  let aceptados = 0;
  const ofRegistros = await readLines(carpeta, REGISTROS, manifiesto, (value) => {
    const registro = registroLine.parse(value);
    const left = missing.get(registro.procesoId);
    if (left === undefined || left === 0) throw new Error('out of place');
    missing.set(registro.procesoId, left - 1);
    if (registro.estado_registro === 1) aceptados += 1;
  });
  problemas.push(...ofProcesos, ...ofRegistros);
  if (problemas.length > 0) return problemas;
  const without = [...missing.values()].filter((left) => left > 0).length;
  if (without > 0) problemas.push(`A ${without} procesos les faltan registros.`);
  const { procesos, registros, hastaId, archivos } = manifiesto;
  const isAsCounted =
    missing.size === procesos &&
    archivos[REGISTROS].lineas === registros &&
    aceptados === manifiesto.aceptados &&
    registros - aceptados === manifiesto.rechazados &&
    last === hastaId;
  if (!isAsCounted) problemas.push('Las cuentas del manifiesto no son las de los archivos.');
  return problemas;
}

/** What is wrong with one file; its lines are given as they are read. */
async function readLines(
  carpeta: string,
  name: typeof PROCESOS | typeof REGISTROS,
  { archivos }: Manifiesto,
  take: (value: unknown) => void,
): Promise<string[]> {
  const wanted = archivos[name];
  const packed = new Measure();
  const text = new Measure();
  let lineas = 0;
  try {
    await pipeline(
      createReadStream(join(carpeta, name)),
      packed,
      createGunzip(),
      text,
      async (source: AsyncIterable<Buffer>) => {
        for await (const line of linesOf(source)) {
          lineas += 1;
          take(JSON.parse(line));
        }
      },
    );
  } catch (error) {
    const where = lineas === 0 ? '' : `, línea ${lineas}`;
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return [`${name}: ${isGone ? 'falta' : `no se puede leer entero${where}`}.`];
  }
  const isSame =
    packed.bytes === wanted.bytes &&
    packed.digest() === wanted.sha256 &&
    text.bytes === wanted.bytesTexto &&
    text.digest() === wanted.sha256Texto &&
    lineas === wanted.lineas;
  return isSame ? [] : [`${name}: no es el que se escribió (su huella o su tamaño son otros).`];
}

async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const piece of source) {
    const lines = (rest + decoder.write(piece)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Lets pass what comes, and knows it afterwards. */
class Measure extends Transform {
  bytes = 0;
  readonly #hash = createHash('sha256');

  override _transform(piece: Buffer, _encoding: string, done: (error: null, piece: Buffer) => void): void {
    this.bytes += piece.length;
    this.#hash.update(piece);
    done(null, piece);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
