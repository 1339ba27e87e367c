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
      return [wrongKind(path, issue)];
    case 'invalid_value':
      if (typeof issue.input === 'string')
        return [
          { path, message: `${nameOf(path)} ${issue.message}${said(issue.input, issue.values.map(String))}` },
        ];
      return [
        { path, message: issue.input === undefined ? missing(path) : `${nameOf(path)} ${issue.message}` },
      ];
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

/** Of what kind something is; `Tipo` with a capital is another key than `tipo`. */
function wrongKind(path: readonly PropertyKey[], issue: core.$ZodIssueInvalidUnion): Problem {
  const values = ('options' in issue && Array.isArray(issue.options) ? issue.options : []).map(String);
  const own = String(path.at(-1));
  const given = typeof issue.input === 'object' && issue.input !== null ? Object.entries(issue.input) : [];
  const value: unknown = given.find(([key]) => key === own)?.[1];
  const near =
    value === undefined
      ? nearest(
          own,
          given.map(([key]) => key),
        )
      : undefined;
  if (near !== undefined) {
    const at = path.slice(0, -1);
    return {
      path: [...at, near],
      atKey: true,
      message: `clave desconocida «${near}»; ¿quiso escribir «${own}»?`,
    };
  }
  const more = typeof value === 'string' ? said(value, values) : '';
  return { path, message: `${nameOf(path)} debe ser ${oneOf(values)}${more}` };
}

/** What stands there, and which of the values it may mean. */
export function said(value: string, values: readonly string[]): string {
  // Of one letter anything is near.
  const near = value.length > 2 ? nearest(value, values) : undefined;
  return `; dice «${value}»${near === undefined ? '' : `, ¿quiso escribir «${near}»?`}`;
}

function missing(path: readonly PropertyKey[]): string {
  const parent = path.slice(0, -1);
  const key = `falta «${String(path.at(-1))}»`;
  return parent.length === 0 ? key : `${key} en ${nameOf(parent)}`;
}
