import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { csvCell } from '@puente-sic/protocol';
import { otecsOfNoche, type Publicado, publishedRegistros } from '../store/noches.ts';
import type { Db } from '../store/store.ts';

/** Columns of both files, in order. */
const COLUMNS = [
  'procesoId',
  'n',
  'codigoOferta',
  'codigoGrupo',
  'codigoEnvio',
  'rut_alumno',
  'dv_alumno',
  'tiempo_conectividad',
  'estado',
  'porcentaje_avance',
  'fecha_inicio',
  'fecha_fin',
  'fecha_ejecucion',
  'evaluacion_final',
  'mod_cod',
  'mod_tiempo_conectividad',
  'mod_estado',
  'mod_porcentaje_avance',
  'mod_fecha_inicio',
  'mod_fecha_fin',
  'mod_nota',
  'mod_cant_sincronica',
  'mod_cant_asincronica',
  'actividades',
] as const satisfies (keyof Publicado)[];

/**
 * Writes what a night took into SIC for the system downstream: `<folder>/<noche>/<RUT of the provider>.ndjson` and
 * `.csv`. The night's folder appears whole or not at all; one that is there is left as it is. One run at a time.
 */
export async function writeNoche(db: Db, noche: string, folder: string): Promise<void> {
  const target = join(folder, noche);
  if (await isWritten(noche, folder)) return;
  // What a run that died has left of it is written anew: the night's lock keeps every other run away.
  const draft = join(folder, `.${noche}`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const rutOtec of await otecsOfNoche(db, noche)) await writeOtec(db, noche, rutOtec, draft);
  await rename(draft, target);
}

/** Whether the files of a night are there. */
export function isWritten(noche: string, folder: string): Promise<boolean> {
  return stat(join(folder, noche)).then(
    () => true,
    () => false,
  );
}

async function writeOtec(db: Db, noche: string, rutOtec: number, folder: string): Promise<void> {
  const ndjson = await open(join(folder, `${rutOtec}.ndjson`), 'w');
  const csv = await open(join(folder, `${rutOtec}.csv`), 'w');
  try {
    await csv.write(`${COLUMNS.join(',')}\r\n`);
    for await (const registros of publishedRegistros(db, noche, rutOtec)) {
      await append(
        ndjson,
        registros.map((registro) => `${JSON.stringify(pick(registro))}\n`),
      );
      await append(
        csv,
        registros.map((registro) => `${COLUMNS.map((column) => cell(registro[column])).join(',')}\r\n`),
      );
    }
    await ndjson.sync();
    await csv.sync();
  } finally {
    await ndjson.close();
    await csv.close();
  }
}

async function append(file: FileHandle, lines: string[]): Promise<void> {
  if (lines.length > 0) await file.write(lines.join(''));
}

function pick(registro: Publicado): Record<string, unknown> {
  return Object.fromEntries(COLUMNS.map((column) => [column, registro[column]]));
}

function cell(value: string | number | null): string {
  return value === null ? '' : csvCell(String(value));
}
