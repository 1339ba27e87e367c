import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';
import type { Problem } from './problem.ts';
import { isOwn, mayRefer, ownVariable, takenAsText } from './references.ts';
import { type Unquoted, unquotedIn } from './unquoted.ts';

/** A YAML file whose values are all text, with the line of each. */
export interface YamlText {
  /** Maps, lists and texts; an empty file is an empty map. */
  value: unknown;
  /** Line, from 1, of what a path leads to; of the nearest thing above it where there is nothing. */
  lineOf(path: readonly PropertyKey[], atKey?: boolean): number;
  /** Paths of the values that came from `${VARIABLE}`. */
  fromEnvironment: Set<string>;
  /** Variables named in the file that are not set. */
  unset: (Problem & { variable: string })[];
  /** Variables of puente itself, which no value may name. */
  own: Problem[];
  /** Variables named where none is filled in: the text stays as it is. */
  asText: Problem[];
  /** Values without quotes that YAML may not have read whole. */
  unquoted: Unquoted[];
}

/** What `${VARIABLE}` looks like. */
const VARIABLE = /\$\{([A-Za-z_]\w*)\}/g;

/** As puente.yaml names what stands in the environment or among the secrets. */
export function variable(name: string): string {
  return `\${${name}}`;
}

/** The variables that a text names, comments included. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))];
}

/** Reads YAML and fills in `${VARIABLE}`. A syntax error comes as text with its line instead. */
export function readYaml(text: string, env: NodeJS.ProcessEnv): YamlText | { line: number; message: string } {
  const counter = new LineCounter();
  const doc = parseDocument(text, { schema: 'failsafe', lineCounter: counter, prettyErrors: false });
  // What follows the first one is most often its echo.
  const [first] = doc.errors;
  if (first) {
    const { line } = counter.linePos(first.pos[0]);
    return { line, message: explain(first, text.split('\n')[line - 1] ?? '') };
  }
  const mangled = mangledAt(doc);
  if (mangled !== null)
    return { line: counter.linePos(mangled).line, message: EXPLAINED.BAD_DQ_ESCAPE ?? '' };
  const alias = unresolvedAt(doc);
  if (alias !== null)
    return {
      line: counter.linePos(alias).line,
      message: 'un valor no puede comenzar con «*», que YAML toma para sí: escríbalo entre comillas simples',
    };
  const unquoted = unquotedIn(doc, text, pathOf);
  const filled = fillVariables(doc, env);
  return {
    value: doc.contents === null || isEmpty(doc.contents) ? {} : doc.toJS(),
    lineOf: (path, atKey) => counter.linePos(offsetOf(doc, path, atKey)).line,
    ...filled,
    unquoted,
  };
}

/** Where a path of Windows lost its `\t` or `\a` to double quotes; null where none did. */
function mangledAt(doc: Document): number | null {
  let found: number | null = null;
  visit(doc, {
    Scalar(_, { type, value, range }) {
      const control = typeof value === 'string' && /\p{Cc}/u.test(value.replace(/\n/g, ''));
      if (type === 'QUOTE_DOUBLE' && control && range) found ??= range[0];
    },
  });
  return found;
}

/** Where `*name` stands for what nothing is called; null where nowhere. */
function unresolvedAt(doc: Document): number | null {
  let found: number | null = null;
  visit(doc, {
    Alias(_, node) {
      if (node.resolve(doc) === undefined && node.range) found ??= node.range[0];
    },
  });
  return found;
}

function isEmpty(node: unknown): boolean {
  return isScalar(node) && (node.value === '' || node.value === null);
}

/** `${NAME}` becomes the variable's text where one may stand; an empty one counts as not set. */
function fillVariables(
  doc: Document,
  env: NodeJS.ProcessEnv,
): Pick<YamlText, 'fromEnvironment' | 'unset' | 'own' | 'asText'> {
  const fromEnvironment = new Set<string>();
  const unset: YamlText['unset'] = [];
  const own: Problem[] = [];
  const asText: Problem[] = [];
  const kindOf = (position: PropertyKey | undefined) => doc.getIn(['fuentes', position, 'tipo']);
  visit(doc, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const path = pathOf(key, ancestors);
      if (variablesIn(node.value).length === 0) return;
      // What an alias repeats elsewhere would be filled in there as well.
      if (node.anchor !== undefined || !mayRefer(path, kindOf)) {
        asText.push(takenAsText(path));
        return;
      }
      node.value = node.value.replace(VARIABLE, (whole, variable: string) => {
        fromEnvironment.add(path.join('.'));
        if (isOwn(variable)) own.push(ownVariable(path, variable));
        const value = isOwn(variable) ? undefined : env[variable];
        if (value) return value;
        const message = `la variable ${variable} no está definida en este terminal (o está vacía)`;
        if (!isOwn(variable)) unset.push({ path, variable, message });
        return whole;
      });
    },
  });
  return { fromEnvironment, unset, own, asText };
}

/** Keys and positions that lead to a visited node. */
function pathOf(key: number | 'key' | 'value' | null, ancestors: readonly unknown[]): PropertyKey[] {
  const path: PropertyKey[] = [];
  const chain = [...ancestors];
  for (const [index, ancestor] of chain.entries()) {
    const next = chain[index + 1];
    if (typeof ancestor === 'object' && ancestor !== null && 'key' in ancestor && 'value' in ancestor) {
      if (isScalar(ancestor.key)) path.push(String(ancestor.key.value));
    } else if (typeof ancestor === 'object' && ancestor !== null && 'items' in ancestor && !isMap(ancestor)) {
      const items = Array.isArray(ancestor.items) ? ancestor.items : [];
      path.push(next === undefined ? Number(key) : items.indexOf(next));
    }
  }
  return path;
}

function offsetOf(doc: Document, path: readonly PropertyKey[], atKey = false): number {
  for (let length = path.length; length > 0; length--) {
    const steps = path.slice(0, length);
    const parent = length === 1 ? doc.contents : doc.getIn(steps.slice(0, -1), true);
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === steps.at(-1));
      const node = atKey || !isNode(pair?.value) || isEmpty(pair.value) ? pair?.key : pair.value;
      if (isNode(node) && node.range) return node.range[0];
    } else {
      const node = doc.getIn(steps, true);
      if (isNode(node) && node.range) return node.range[0];
    }
  }
  return 0;
}

const EXPLAINED: Partial<Record<YAMLParseError['code'], string>> = {
  BAD_INDENT: 'la sangría no calza: las claves de un mismo grupo deben comenzar en la misma columna',
  TAB_AS_INDENT: 'hay un tabulador al comienzo; en YAML la sangría se hace con espacios',
  DUPLICATE_KEY: 'esta clave está dos veces en el mismo grupo',
  MISSING_CHAR: 'falta un signo: una comilla, un corchete, una llave o los dos puntos después de la clave',
  BAD_DQ_ESCAPE:
    'entre comillas dobles cada \\ va doble ("C:\\\\Users\\\\ana"); escríbalo entre comillas simples o con /, como C:/Users/ana',
  BAD_SCALAR_START: 'un valor no puede comenzar con este signo; escríbalo entre comillas',
  MULTILINE_IMPLICIT_KEY: 'una clave no puede ocupar varias líneas; ¿faltan los dos puntos?',
  BLOCK_AS_IMPLICIT_KEY:
    'hay dos «clave: valor» en una misma línea; si el valor lleva «: », escríbalo entre comillas',
};

function explain({ code, message }: YAMLParseError, line: string): string {
  if (/[{[].*[^"']\$\{/.test(line))
    return `dentro de { } o [ ] una variable se escribe entre comillas: "\${VARIABLE}"`;
  if (/flow (map|sequence)/i.test(message)) return 'falta cerrar un corchete o una llave';
  return EXPLAINED[code] ?? 'esto no se entiende como YAML';
}
