import { type Document, Scalar, visit } from 'yaml';
import type { Problem } from './problem.ts';
import { nameOf } from './problem.ts';

/** What YAML made of a value without quotes. */
export interface Unquoted {
  path: readonly PropertyKey[];
  /** `#`: what follows it was dropped as a comment; `# `: it may well be one; else the sign that YAML kept for itself. */
  sign: '#' | '# ' | '&' | '!' | '“';
}

type PathOf = (key: number | 'key' | 'value' | null, ancestors: readonly unknown[]) => PropertyKey[];

/** Values of which YAML took a part for something else, or that carry the quotes of a word processor. */
export function unquotedIn(doc: Document, text: string, pathOf: PathOf): Unquoted[] {
  const found: Unquoted[] = [];
  visit(doc, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || node.type !== Scalar.PLAIN || !node.range) return;
      const sign = signOf(node, text.slice(node.range[1]).split('\n', 1)[0] ?? '');
      if (sign !== null) found.push({ path: pathOf(key, ancestors), sign });
    },
  });
  return found;
}

function signOf(node: Scalar, after: string): Unquoted['sign'] | null {
  const value = String(node.value);
  if (node.anchor !== undefined) return '&';
  if (node.tag?.startsWith('!') === true) return '!';
  if (/^[“”„‘’«].*[“”‘’»]$/.test(value)) return '“';
  // What stands in a variable is whole.
  const comment = /^\$\{\w+\}$/.test(value) ? null : /^[ \t]+#([ \t]?)/.exec(after);
  if (comment === null) return null;
  return comment[1] === '' ? '#' : '# ';
}

/** Texts that anybody may have chosen, signs and all. */
const SECRETS = ['url', 'token', 'clave', 'usuario', 'ruta', 'csv', 'tokenArchivo'];
const NAMES = ['nombre', 'curso', 'grupo', 'codigoOferta', 'codigoGrupo', 'campoRut', 'de'];

/** What has to be written otherwise before the file can be used. */
export function unquotedProblems(all: readonly Unquoted[]): Problem[] {
  return all.flatMap(({ path, sign }) =>
    isOf(SECRETS, path) && sign !== '# ' ? { path, message: `${nameOf(path)} ${explain(path, sign)}` } : [],
  );
}

/** What is most likely meant as it was read, and told all the same. */
export function unquotedWarnings(all: readonly Unquoted[]): Problem[] {
  return all.flatMap(({ path, sign }) => {
    const told = (isOf(NAMES, path) && sign === '#') || (path.at(-1) === 'clave' && sign === '# ');
    return told ? { path, message: `${nameOf(path)} ${explain(path, sign)}` } : [];
  });
}

/** Whether what follows a « #» was dropped at a place of the file. */
export function isCutAt(all: readonly Unquoted[], path: readonly PropertyKey[]): boolean {
  return all.some((one) => one.sign.startsWith('#') && one.path.join('.') === path.join('.'));
}

export const CUT = 'se leyó solo hasta el « #»: lo que sigue es para YAML un comentario';

function explain(path: readonly PropertyKey[], sign: Unquoted['sign']): string {
  const key = String(path.at(-1));
  if (sign === '“')
    return 'lleva comillas tipográficas, que son parte del valor: escriba comillas rectas (") o ninguna';
  if (sign === '&' || sign === '!')
    return `comienza con «${sign}», que YAML toma para sí: escriba el valor entre comillas simples, ${key}: '…'`;
  const otherwise =
    sign === '#'
      ? '; si es un comentario, deje un espacio después del #'
      : '; si es un comentario, póngalo en una línea aparte';
  return key === 'url'
    ? `${CUT}. Si es parte de la dirección, el # se escribe %23 y el espacio %20${otherwise}`
    : `${CUT}. Si es parte del valor, escríbalo entre comillas simples, ${key}: '…'${otherwise}`;
}

function isOf(keys: readonly string[], path: readonly PropertyKey[]): boolean {
  return keys.includes(String(path.at(-1))) || (keys === NAMES && path.includes('modulos'));
}
