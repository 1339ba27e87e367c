import type { core } from 'zod';
import { nearest } from './near.ts';
import { keysAt, oneOf } from './settings.ts';

/** One thing wrong in puente.yaml. */
export interface Problem {
  /** Keys from the root of the file; numbers are positions in a list. */
  path: readonly PropertyKey[];
  /** The key itself is what is wrong, not its value. */
  atKey?: boolean;
  message: string;
}

/** What zod found (with `reportInput`), in Spanish; an issue about several unknown keys is one problem for each. */
export function problemsOf(issue: core.$ZodIssue): Problem[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], atKey: true, message: unknownKey(path, key) }));
    case 'invalid_type':
      return [{ path, message: wrongType(path, issue.expected, issue.input) }];
    case 'invalid_union':
      return [{ path, message: wrongKind(path, issue) }];
    default:
      return [
        { path, message: issue.input === undefined ? missing(path) : `${nameOf(path)} ${issue.message}` },
      ];
  }
}

/** `«otecs[0].rut»`, for a person who looks at the file. */
export function nameOf(path: readonly PropertyKey[]): string {
  const text = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'el archivo' : `«${text}»`;
}

/** `path` leads to what has the key. */
export function unknownKey(path: readonly PropertyKey[], key: string): string {
  const known = keysAt(path);
  const near = nearest(key, known);
  return `clave desconocida «${key}»; ${near ? `¿quiso escribir «${near}»?` : `aquí se conocen: ${known.join(', ')}`}`;
}

const KINDS: Record<string, string> = {
  array: 'una lista (líneas que comienzan con «-»)',
  object: 'un grupo de claves («clave: valor»)',
  string: 'un solo valor',
};

function wrongType(path: readonly PropertyKey[], expected: string, input: unknown): string {
  return input === undefined ? missing(path) : `${nameOf(path)} debe ser ${KINDS[expected] ?? expected}`;
}

function wrongKind(path: readonly PropertyKey[], issue: core.$ZodIssueInvalidUnion): string {
  const values = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  return `${nameOf(path)} debe ser ${oneOf(values.map(String))}`;
}

function missing(path: readonly PropertyKey[]): string {
  const parent = path.slice(0, -1);
  const key = `falta «${String(path.at(-1))}»`;
  return parent.length === 0 ? key : `${key} en ${nameOf(parent)}`;
}
