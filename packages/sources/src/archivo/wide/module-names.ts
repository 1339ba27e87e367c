import type { ModuloColumn } from '../column-names.ts';
import { meaningOf, normalise } from '../columns.ts';

/** A module as the names of a wide sheet's columns call it. */
export interface NamedModule {
  /** Names of one module have equal ones. */
  key: string;
  /** As the sheet writes it: `M1`, `Módulo 1`, a title. */
  name: string;
  /** Null: nothing in the name is a code, and somebody has to say it. */
  code: string | null;
}

/** A name that says both what a column is and of which module: `Avance M1`, `Tiempo PRES028008000558 (min)`. */
export interface ModuleName {
  module: NamedModule;
  field: ModuloColumn;
  /** What the name says besides of its figures: `min`. */
  said: string | null;
  /** The module is a number alone (`Avance 1`), which may count anything. */
  bare: boolean;
}

/** What a module of a wide sheet may have a column for. */
const FIELDS = new Set<string>([
  'tiempoConectividad',
  'porcentajeAvance',
  'estado',
  'fechaInicio',
  'fechaFin',
  'notaModulo',
  'cantActividadSincronica',
  'cantActividadAsincronica',
  'listaActividades',
] satisfies ModuloColumn[]);

const NUMBERED =
  /(?:^|[^\p{L}\p{N}]|(?<=\p{Ll})(?=M))(?:m[oó]d(?:ulo)?s?|unidad|m)[\s.\-_#°ºn]*?0*(\d{1,2})(?![\p{L}\p{N}])/iu;
const ROMAN =
  /(?:^|[^\p{L}\p{N}])(?:m[oó]d(?:ulo)?s?|unidad)[\s.\-_#]*(i{1,3}|iv|vi{0,3}|ix|x)(?![\p{L}\p{N}])/iu;
const ROMANS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
/** What codes of SIC were seen to look like, glued to anything. [S, O] */
const OF_SIC = /[A-Z]{2,6}\d{9,}/i;
/** A word with letters and at least three figures. */
const CODE = /^(?=.*\p{L})(?=(?:\D*\d){3})[\p{L}\p{N}][\p{L}\p{N}.-]{4,}$/u;
const LAST_NUMBER = /(?<=\p{L}[\s._-]*)0*(\d{1,2})\s*$/u;
/** Longer than any name of a column. */
const MAX_LENGTH = 200;

/** What a name says of a column and its module; null where it does not say both. */
export function moduleName(header: string): ModuleName | null {
  if (header.length > MAX_LENGTH) return null;
  const found = moduleIn(header) ?? lastNumber(header);
  if (found === null) return null;
  const { rest, bare, ...module } = found;
  // `Masas (PRES044000000011) avance`: the module's name and code, then what the column is.
  const behind = module.code === null ? [] : header.split(module.code).slice(-1);
  for (const part of [rest, ...rest.split(/\s[-–—]\s|[:|·/\n]/), ...behind]) {
    const field = fieldNamed(part);
    if (field !== null) return { module, ...field, bare };
  }
  return null;
}

type Found = NamedModule & { rest: string; bare: boolean };

function moduleIn(text: string): Found | null {
  const code = codeIn(text);
  if (code !== null)
    return {
      key: code.toUpperCase(),
      name: code,
      code,
      rest: text.replace(code, ' ').replace(NUMBERED, ' '),
      bare: false,
    };
  const numbered = NUMBERED.exec(text) ?? ROMAN.exec(text);
  if (numbered === null) return null;
  const rest = text.replace(numbered[0], ' ');
  return {
    key: numberOf(numbered[1]),
    name: numbered[0].replace(/^[^\p{L}\p{N}]+/u, ''),
    code: null,
    rest,
    bare: false,
  };
}

function lastNumber(text: string): Found | null {
  const [all, number] = LAST_NUMBER.exec(text) ?? [];
  if (all === undefined) return null;
  return {
    key: numberOf(number),
    name: `${Number(number)}`,
    code: null,
    rest: text.replace(LAST_NUMBER, ' '),
    bare: true,
  };
}

function numberOf(text = ''): string {
  const roman = ROMANS.indexOf(text.toLowerCase());
  return `m${roman < 0 ? Number(text) : roman + 1}`;
}

/** The code in a text, what stands behind its last `/` first, as SENCE's own screens write it. [I] */
function codeIn(text: string): string | null {
  const ofSic = OF_SIC.exec(text)?.[0];
  if (ofSic !== undefined) return ofSic;
  const words = text.split(/[\s()[\]{},:;|·/_]+/).filter((word) => CODE.test(word));
  return words.at(-1) ?? null;
}

/** What stands over columns of one module. */
export function moduleTitled(title: string): NamedModule {
  const found = moduleIn(title);
  if (found !== null && found.code !== null) return { key: found.key, name: title, code: found.code };
  return { key: found?.key ?? normalise(title), name: title, code: null };
}

/** What a name without its module says that a column is; null: nothing that a module has. */
export function fieldNamed(text: string): { field: ModuloColumn; said: string | null } | null {
  const bare = text
    .replace(/[([]\s*[)\]]/g, ' ')

    .replace(/^[\s\-–—:·|/,._)\]]+|[\s\-–—:·|/,._]+$/gu, '')
    .replace(/\s+(?:del?|en|de la|de el)$/i, '')
    .replace(/\s+/g, ' ');
  const meaning = bare === '' ? undefined : meaningOf(bare);
  if (meaning === undefined) return null;
  const [, name = ''] = meaning.column.split('.');
  const field = name === 'evaluacionFinal' ? 'notaModulo' : name;
  return FIELDS.has(field) ? { field: field as ModuloColumn, said: meaning.said?.text ?? null } : null;
}

/** Whether two names are of one module. */
export function isModule(module: NamedModule, name: string): boolean {
  return normalise(name) === normalise(module.name) || moduleTitled(name).key === module.key;
}

/** Whether a name, even without its signs, has a module's number or code in it. */
export function isOfAModule(name: string): boolean {
  return moduleIn(name) !== null || /m(?:od(?:ulo)?)?\d{1,2}$|^m(?:od(?:ulo)?)?\d{1,2}/.test(name);
}
