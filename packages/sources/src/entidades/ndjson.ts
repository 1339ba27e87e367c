import { isNestedTooDeep } from '@puente-sic/protocol';
import { SourceError } from '../source.ts';
import type { Entity } from './contract.ts';
import type { EntityTable } from './tables.ts';
import { textOf } from './text-file.ts';

/** A file with a JSON object per line as an entity's table. Read twice: a key may first come far down. */
export function ndjsonTable(entity: Entity, path: string, name: string): EntityTable {
  return {
    entity,
    place: name,
    async read(sink, { signal }) {
      const keys = new Set<string>();
      for await (const { value } of objects(path, name, signal))
        for (const key of Object.keys(value)) keys.add(key);
      const names = [...keys];
      sink.columns(names);
      for await (const { value, line } of objects(path, name, signal))
        sink.row(
          names.map((key) => value[key]),
          line,
        );
    },
  };
}

async function* objects(path: string, name: string, signal: AbortSignal | undefined) {
  let rest = '';
  let line = 0;
  for await (const piece of textOf(path, name, signal)) {
    signal?.throwIfAborted();
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line++;
      if (text.trim() !== '') yield { value: objectIn(text, name, line), line };
    }
  }
  if (rest.trim() !== '') yield { value: objectIn(rest, name, line + 1), line: line + 1 };
}

function objectIn(text: string, name: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) && !isNestedTooDeep(value)) return value;
  } catch (cause) {
    throw wrong(name, line, { cause });
  }
  throw wrong(name, line);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(name: string, line: number, options?: ErrorOptions): SourceError {
  return new SourceError(
    'wrong',
    `No se pudo leer ${name}: la línea ${line} no es un objeto JSON.`,
    'Deje un objeto por línea, como {"curso":"9","alumno":"17","rut":"12345678-5"}. Si el archivo se está escribiendo, espere a que termine.',
    options,
  );
}
