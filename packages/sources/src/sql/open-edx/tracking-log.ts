import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { attempt } from '../../archivo/files.ts';
import type { EntityTable } from '../../entidades/tables.ts';
import { SourceError } from '../../source.ts';
import { clickOf } from './tracking-event.ts';

const COLUMNS = ['curso', 'alumno', 'modulo', 'actividad', 'instante'];

/**
 * Open edX's tracking log as clicks: a file, or a folder with `tracking.log` and those that were put aside before it,
 * some of them compressed. Files that were written last before a moment have nothing of after it.
 * [docs.openedx.org, Events in the Tracking Logs]
 */
export function trackingTable(ruta: string): EntityTable {
  return {
    entity: 'clics',
    place: basename(ruta),
    keptAs: 'tracking.log de Open edX, 1',
    async read(sink, { courses, since, signal }) {
      const from = since?.(courses ?? []) ?? new Date(0);
      sink.columns(COLUMNS);
      let number = 0;
      for (const { path, name, size, written } of await filesIn(ruta)) {
        if (written < from.getTime()) continue;
        for await (const { line, whole } of linesOf(path, name, size, signal)) {
          number++;
          const click = clickOf(line);
          // The last line of the log that is being written may stop halfway.
          if (click === null || (click === 'unreadable' && !whole)) continue;
          if (click === 'unreadable') throw unreadable(name, number, line);
          const { curso, alumno, modulo, actividad, instante } = click;
          if (courses === null || courses.has(curso))
            sink.row([curso, alumno, modulo, actividad, instante], number);
        }
      }
    },
  };
}

interface LogFile {
  path: string;
  name: string;
  size: number;
  /** Epoch milliseconds. */
  written: number;
}

/** Oldest first. */
async function filesIn(ruta: string): Promise<LogFile[]> {
  const found = await attempt(ruta, () => stat(ruta));
  const names = found.isDirectory()
    ? (await attempt(ruta, () => readdir(ruta))).filter((name) => /^tracking.*\.(log|gz)/i.test(name)).sort()
    : [''];
  if (names.length === 0) throw noLog(ruta);
  const files: LogFile[] = [];
  for (const name of names) {
    const path = join(ruta, name);
    const { size, mtimeMs } = await attempt(path, () => stat(path));
    files.push({ path, name: name || basename(ruta), size, written: mtimeMs });
  }
  return files.sort((a, b) => a.written - b.written);
}

/** As far as the file went when it was looked at: the log grows while it is read. */
async function* linesOf(path: string, name: string, size: number, signal: AbortSignal | undefined) {
  if (size === 0) return;
  const file = createReadStream(path, { end: size - 1, highWaterMark: 1024 * 1024, signal });
  const text = /\.gz$/i.test(name) ? unzipped(file) : file;
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const piece of text) {
      const lines = (rest + decoder.decode(piece as Uint8Array, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield { line, whole: true };
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new SourceError(
      'down',
      `No se pudo leer entero ${name}, del registro de Open edX.`,
      'Si se está copiando o comprimiendo, se intentará de nuevo. Si está dañado, quítelo de la carpeta o repóngalo.',
      { cause },
    );
  }
  if (rest !== '') yield { line: rest, whole: false };
}

function unzipped(file: Readable): Readable {
  const gunzip = createGunzip();
  file.once('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

function noLog(ruta: string): SourceError {
  return new SourceError(
    'wrong',
    `En ${ruta} no hay ningún tracking.log de Open edX.`,
    'Escriba en `registro` la carpeta donde están tracking.log y los anteriores (tracking.log-….gz), o el archivo.',
  );
}

function unreadable(name: string, number: number, line: string): SourceError {
  return new SourceError(
    'wrong',
    `${name}, línea ${number}, no es un evento de Open edX: no es JSON${line.length > 1_000_000 ? ', y es muy larga' : ''}.`,
    'Revise que sea el registro de eventos (tracking.log), un objeto JSON por línea, y no otro registro.',
  );
}
