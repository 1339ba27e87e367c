import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../failure.ts';
import { columnProblems } from './columns.ts';
import { destinationProblems } from './destinations.ts';
import { type PermittedHttp, plainHttpProblem, plainHttpWarnings } from './plain-http.ts';
import { type Problem, problemsOf } from './problem.ts';
import { AS_TEXT } from './references.ts';
import { type Pending, readStored, type SecretPlace, variableName } from './secrets.ts';
import { DEFAULT_CONFIG, type FuenteSettings, type Settings, settingsSchema } from './settings.ts';
import { type Slip, slipsIn } from './slips.ts';
import { CUT, isCutAt, unquotedProblems, unquotedWarnings } from './unquoted.ts';
import { readYaml, variablesIn } from './yaml.ts';

export interface Loaded {
  settings: Settings;
  /** The file read; null when there is none and none was asked for. */
  file: string | null;
  /** Worth telling, in Spanish. */
  warnings: string[];
  /** Paths of what a variable fills in: `otecs.0.token`. */
  fromVariables: ReadonlySet<string>;
}

export interface LoadOptions {
  /** As given with --config; the default path may be missing, this one not. */
  config?: string;
  /** Commands that never call the Gestor do without the tokens whose variable is not set. */
  needsTokens: boolean;
  env: NodeJS.ProcessEnv;
  /** The state folder as given with --datos: secrets may be kept there. */
  datos?: string;
  onNotice?: (text: string) => void;
  /** Where the Gestor will be called with a token: the hosts to which that may go by http. Left out: nobody calls it. */
  permitirHttp?: PermittedHttp;
}

/** Reads puente.yaml. Throws a {@link Failure} that names every mistake with its line. */
export async function loadSettings(options: LoadOptions): Promise<Loaded> {
  const { config } = options;
  const text = await readText(config ?? DEFAULT_CONFIG, config !== undefined);
  if (text === null)
    return { settings: settingsSchema.parse({}), file: null, warnings: [], fromVariables: new Set() };
  return readSettings(text, options);
}

/** The same of a text that would stand in the file; `pending`: secrets that would be kept with it. */
export async function readSettings(
  text: string,
  { config: file = DEFAULT_CONFIG, needsTokens, permitirHttp, ...place }: LoadOptions,
  pending: Pending = new Map(),
): Promise<Loaded> {
  const yaml = readYaml(text, await withStored(text, { config: file, ...place }, pending));
  if ('message' in yaml) throw wrong(file, slipsOr(text, [yaml]));
  const unset = yaml.unset.filter(({ path }) => needsTokens || !isToken(path));
  const withoutTokens = needsTokens ? yaml.value : dropTokens(yaml.value, yaml.unset);
  const told = new Set(unset.map(({ path }) => path.join('.')));
  const parsed = settingsSchema.safeParse(withoutTokens, { reportInput: true });
  const unquoted = unquotedProblems(yaml.unquoted);
  for (const { path } of [...unquoted, ...yaml.own]) told.add(path.join('.'));
  const problems: Problem[] = [
    ...unset,
    ...yaml.own,
    ...unquoted,
    ...(parsed.error?.issues.flatMap(problemsOf) ?? [])
      .filter(({ path }) => !told.has(path.join('.')))
      .map((problem) => (isCutAt(yaml.unquoted, problem.path) ? because(problem, CUT) : problem))
      .map((problem) => (isAt(yaml.asText, problem) ? because(problem, AS_TEXT) : problem)),
    ...(parsed.data ? await meaningless(parsed.data, permitirHttp) : []),
  ];
  if (!parsed.success || problems.length > 0) {
    const found = problems.map(({ path, atKey, message }) => ({ line: yaml.lineOf(path, atKey), message }));
    throw wrong(file, slipsOr(text, found));
  }
  const plain = parsed.data.otecs.flatMap(({ token }, index) =>
    token !== undefined && !yaml.fromEnvironment.has(`otecs.${index}.token`)
      ? [
          `${file}, línea ${yaml.lineOf(['otecs', index, 'token'])}: el token está escrito tal cual en el archivo. ` +
            `Quien lea el archivo puede enviar en su nombre; mejor escriba token: \${SENCE_TOKEN} y defina esa variable.`,
        ]
      : [],
  );
  const noticed = [...unquotedWarnings(yaml.unquoted), ...yaml.asText, ...plainHttpWarnings(parsed.data)].map(
    ({ path: at, message }) => `${file}, línea ${yaml.lineOf(at)}: ${message}.`,
  );
  return {
    settings: withAbsolutePaths(parsed.data, path.dirname(path.resolve(file))),
    file,
    warnings: [...plain, ...noticed],
    fromVariables: yaml.fromEnvironment,
  };
}

/** @throws Failure where a settings file was named and is not there: a slip of who typed it. */
export function requireFile(config: string | undefined): void {
  if (config !== undefined && !existsSync(config)) throw missing(config);
}

export async function readText(file: string, required: boolean): Promise<string | null> {
  try {
    return await decoded(await readFile(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && !required) return null;
    if (code === 'ENOENT') throw missing(file);
    if (code === 'EISDIR' || code === 'EACCES' || code === 'EPERM') {
      const why = code === 'EISDIR' ? 'es una carpeta' : 'este usuario no tiene permiso para leerlo';
      throw new Failure(
        `No se pudo leer el archivo de configuración ${file}: ${why}.`,
        'Revise la ruta de --config.',
      );
    }
    throw error;
  }
}

/** UTF-8, or what Notepad and older programs save; a mark at the beginning is none of the text. */
async function decoded(bytes: Buffer): Promise<string> {
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString('utf8').replace(/^\uFEFF/, '');
  const little = bytes[0] !== 0 && bytes[1] === 0;
  const big = bytes[0] === 0 && bytes[1] !== 0;
  if (little || big) {
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
    return (little ? whole : Buffer.from(whole).swap16()).toString('utf16le');
  }
  const { decodeText } = await import('@puente-sic/sources');
  return decodeText(bytes).text.replace(/^\uFEFF/, '');
}

function missing(file: string): Failure {
  return new Failure(
    `No existe el archivo de configuración ${file}.`,
    'Revise la ruta de --config. «puente init» crea un puente.yaml paso a paso.',
  );
}

function isToken(path: readonly PropertyKey[]): boolean {
  return path[0] === 'otecs' && path[2] === 'token';
}

function dropTokens(value: unknown, unset: readonly Problem[]): unknown {
  const positions = new Set(unset.filter(({ path }) => isToken(path)).map(({ path }) => path[1]));
  if (typeof value !== 'object' || value === null || !('otecs' in value) || !Array.isArray(value.otecs))
    return value;
  const otecs = value.otecs.map((otec, index) => {
    if (!positions.has(index)) return otec;
    const { token: _, ...rest } = otec;
    return rest;
  });
  return { ...value, otecs };
}

/** The environment, and for what it does not have the secrets that are kept in the state folder. */
async function withStored(text: string, place: SecretPlace, pending: Pending): Promise<NodeJS.ProcessEnv> {
  const names = variablesIn(text).filter((name) => !place.env[name]);
  const stored = await readStored(place, names.map(variableName));
  const found = names.flatMap((name) => {
    const value = pending.get(variableName(name)) ?? stored.get(variableName(name));
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...place.env, ...Object.fromEntries(found) };
}

/** What is well written and cannot be used all the same. */
async function meaningless(settings: Settings, permitirHttp: PermittedHttp | undefined): Promise<Problem[]> {
  const http = permitirHttp && plainHttpProblem(settings.gestor, permitirHttp);
  return [
    ...(http ? [{ path: ['gestor'], message: `«gestor» ${http}` }] : []),
    ...destinationProblems(settings, permitirHttp ?? []),
    ...danglingNames(settings),
    ...(await columnProblems(settings)),
  ];
}

/** Names in the file that lead to nothing in the file. */
function danglingNames({ otecs, fuentes, cursos = [] }: Settings): Problem[] {
  const problems: Problem[] = [];
  for (const [index, { nombre }] of fuentes.entries()) {
    if (fuentes.findIndex((other) => other.nombre === nombre) < index) {
      problems.push({
        path: ['fuentes', index, 'nombre'],
        message: `hay dos fuentes que se llaman «${nombre}»`,
      });
    }
  }
  for (const [index, { rut }] of otecs.entries()) {
    if (otecs.findIndex((other) => other.rut === rut) < index) {
      problems.push({ path: ['otecs', index, 'rut'], message: `la OTEC ${rut} está dos veces` });
    }
  }
  for (const [index, curso] of cursos.entries()) {
    if (!fuentes.some(({ nombre }) => nombre === curso.fuente)) {
      const known = fuentes.map(({ nombre }) => nombre).join(', ') || 'ninguna';
      const message = `no hay una fuente que se llame «${curso.fuente}»; en «fuentes» están: ${known}`;
      problems.push({ path: ['cursos', index, 'fuente'], message });
    }
    if (curso.otec !== undefined && !otecs.some(({ rut }) => rut === curso.otec)) {
      const message = `la OTEC ${curso.otec} no está en «otecs»`;
      problems.push({ path: ['cursos', index, 'otec'], message });
    }
    if (curso.otec === undefined && otecs.length > 1) {
      problems.push({
        path: ['cursos', index],
        message: `falta «otec» en «cursos[${index}]»: en «otecs» hay varias`,
      });
    }
  }
  return problems;
}

/** Files are named from where puente.yaml stands, whoever reads it and from where. */
function withAbsolutePaths(settings: Settings, folder: string): Settings {
  const { carpetas } = settings;
  return {
    ...settings,
    ...(carpetas && { carpetas: carpetas.map((one) => path.resolve(folder, one)) }),
    otecs: settings.otecs.map(({ tokenArchivo, ...otec }) => ({
      ...otec,
      ...(tokenArchivo !== undefined && { tokenArchivo: path.resolve(folder, tokenArchivo) }),
    })),
    fuentes: settings.fuentes.map((fuente) => absolute(fuente, folder)),
  };
}

function absolute(fuente: FuenteSettings, folder: string): FuenteSettings {
  if (fuente.tipo === 'archivo' || fuente.tipo === 'entidades')
    return { ...fuente, ruta: path.resolve(folder, fuente.ruta) };
  if (fuente.tipo === 'sql') {
    const { url, consultas, registro } = fuente;
    const file = /^sqlite:(?!\/\/)(.+)$/i.exec(url)?.[1];
    return {
      ...fuente,
      ...(file !== undefined && { url: `sqlite:${path.resolve(folder, file)}` }),
      ...(consultas !== undefined && { consultas: path.resolve(folder, consultas) }),
      ...(registro !== undefined && { registro: path.resolve(folder, registro) }),
    };
  }
  if (fuente.tipo !== 'moodle-ws' || fuente.tiempo?.csv === undefined) return fuente;
  return { ...fuente, tiempo: { csv: path.resolve(folder, fuente.tiempo.csv) } };
}

function because(problem: Problem, why: string): Problem {
  return { ...problem, message: `${problem.message} (${why})` };
}

function isAt(all: readonly Problem[], { path }: Problem): boolean {
  return all.some((one) => one.path.join('.') === path.join('.'));
}

/** Where a slip of the keyboard explains a file that cannot be used, the rest is its echo. */
function slipsOr(text: string, found: Slip[]): Slip[] {
  const slips = slipsIn(text);
  return slips.length > 0 ? slips : found;
}

function wrong(file: string, found: { line: number; message: string }[]): Failure {
  const lines = [...found]
    .sort((a, b) => a.line - b.line)
    .map(({ line, message }) => `${file}, línea ${line}: ${message}`);
  return new Failure(
    [...new Set(lines)].join('\n'),
    'Corrija el archivo y repita; docs/configuracion.md describe cada clave.',
  );
}
