import { BASE_URL, dayOf, formatRut, isFecha, isValidRut, readRut, readToken } from '@puente-sic/protocol';
import * as z from 'zod';
import {
  databaseProblem,
  gestorProblem,
  patternProblem,
  siteProblem,
  sqlProblem,
  webhookProblem,
  zoneProblem,
} from './addresses.ts';

export const DEFAULT_CONFIG = './puente.yaml';

// Every scalar of puente.yaml comes here as the text that was written, so that a code such as `0012` or `1e5` stays
// what it is. Paths of findings are the file's keys; `loadSettings` turns them into lines.

const filled = z
  .string()
  .trim()
  .min(1, 'no puede quedar vacío')
  .refine((text) => !/\p{Cc}/u.test(text), 'no puede llevar saltos de línea ni otros signos invisibles');

/** Text that a judgement of ours finds nothing wrong with. */
const judged = (problemOf: (text: string) => string | null) =>
  z
    .string()
    .trim()
    .superRefine((text, context) => {
      const problem = problemOf(text);
      if (problem !== null) context.addIssue(problem);
    });

const figure = (min: number, max: number) =>
  z
    .string()
    .transform((text) => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN))
    .refine((value) => value >= min && value <= max, `debe ser un número entre ${min} y ${max}`);

const choice = <const T extends [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: `debe ser ${oneOf(values)}` });

const rut = z.string().transform((text, context) => {
  const read = readRut(text);
  if (read && isValidRut(read)) return formatRut(read);
  if (read)
    context.addIssue(
      `trae «${text}», cuyo dígito verificador no corresponde: revise el número y el dígito después del guion`,
    );
  else context.addIssue(`no tiene la forma de un RUT («${text}»); escríbalo así: 77124930-2`);
  return z.NEVER;
});

/** The text itself is never shown. */
const token = z.string().transform((text, context) => {
  const read = readToken(text);
  if (read) return read.token;
  context.addIssue(
    'no tiene la forma de un token de SENCE, que es así: 5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220 (letras de la A a la F)',
  );
  return z.NEVER;
});

const dia = z
  .string()
  .trim()
  .refine((text) => isFecha(text) && dayOf(text) === text, 'debe ser un día como 2026-03-09');

const hora = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'debe ser una hora como 22:00');

const whole = (min: number, max: number) =>
  figure(min, max).refine((value) => Number.isInteger(value), 'debe ser un número entero');

const siNo = choice('sí', 'si', 'no', 'true', 'false').transform((text) => text !== 'no' && text !== 'false');

const sitio = judged(siteProblem);

const baseDeDatos = judged((text) => databaseProblem(text));

/** Which alerts go there; left out: all. */
const recibe = z
  .array(choice('resumen', 'problemas', 'cierre'))
  .min(1, 'debe tener al menos uno')
  .exactOptional();

const correo = z.strictObject({
  tipo: z.literal('correo'),
  recibe,
  servidor: filled,
  puerto: whole(1, 65_535),
  tls: siNo.exactOptional(),
  usuario: filled.exactOptional(),
  clave: filled.exactOptional(),
  de: filled,
  para: z.array(filled).min(1, 'debe tener al menos una dirección'),
});

const webhook = z.strictObject({
  tipo: z.literal('webhook'),
  recibe,
  url: judged(webhookProblem),
  formato: choice('json', 'slack', 'teams').exactOptional(),
  /** With it each call is signed. */
  clave: filled.exactOptional(),
});

const otec = z.strictObject({
  rut,
  token: token.exactOptional(),
  /** A file with nothing but the token, as a secret manager leaves it; relative to the folder of puente.yaml. */
  tokenArchivo: filled.exactOptional(),
  nombre: filled.exactOptional(),
  /** When to send each night, on Santiago's clock. [I p.16] */
  ventana: z.strictObject({ desde: hora, hasta: hora }).exactOptional(),
  graciaDias: whole(0, 366).exactOptional(),
  tardio: choice('perder', 'enviar').exactOptional(),
  alertas: z.array(z.discriminatedUnion('tipo', [correo, webhook])).exactOptional(),
  resumenA: hora.exactOptional(),
});

/**
 * What was answered about columns that can mean two things: of all of a kind that are in doubt, or of one by its name.
 * Names are judged by `columnProblems`, which knows the columns.
 */
const columnas = z
  .object({
    separadorDecimal: choice('coma', 'punto').exactOptional(),
    ordenFechas: choice('dia-mes', 'mes-dia').exactOptional(),
    unidadTiempo: choice('milisegundos', 'segundos', 'minutos', 'horas', 'dias').exactOptional(),
    escalaAvance: choice('0-1', '0-100').exactOptional(),
    escalaNotas: choice('1-7', '10-70', '0-10', '0-1', '0-100').exactOptional(),
  })
  .catchall(filled);

const fuenteArchivo = z.strictObject({
  nombre: filled,
  tipo: z.literal('archivo'),
  /** A file, or a folder whose files are all read; relative to the folder of puente.yaml. */
  ruta: filled,
  columnas: columnas.exactOptional(),
});

const prefijo = z
  .string()
  .regex(
    /^\w*$/,
    'solo puede llevar letras, números y guion bajo, como «mdl_» (es `$CFG->prefix` en el config.php de Moodle)',
  );

/** Of each Moodle, since each site keeps it otherwise. */
export const PERSONAS_MOODLE = {
  /** Where the RUT of a person is looked for, first one first: `idnumber`, `username`, profile fields. */
  camposRut: z.array(filled).min(1, 'debe nombrar al menos un campo').exactOptional(),
  /** Groups whose members are not reported. */
  gruposExentos: z.array(filled).exactOptional(),
};

const fuenteMoodleBd = z.strictObject({
  nombre: filled,
  tipo: z.literal('moodle-bd'),
  url: baseDeDatos,
  prefijo: prefijo.exactOptional(),
  /** The site's web address, for links. */
  sitio: sitio.exactOptional(),
  tls: siNo.exactOptional(),
  ...PERSONAS_MOODLE,
});

const fuenteMoodleWs = z.strictObject({
  nombre: filled,
  tipo: z.literal('moodle-ws'),
  url: sitio,
  token: filled,
  /** Where time spent is read from: exactly one of them. */
  tiempo: z
    .strictObject({
      baseDeDatos: z.strictObject({ url: baseDeDatos, prefijo: prefijo.exactOptional() }).exactOptional(),
      csv: filled.exactOptional(),
      informe: whole(1, 1_000_000_000).exactOptional(),
    })
    .refine((tiempo) => Object.keys(tiempo).length === 1, 'debe decir solo una: baseDeDatos, csv o informe')
    .exactOptional(),
  informeInscripciones: whole(1, 1_000_000_000).exactOptional(),
  ...PERSONAS_MOODLE,
});

const zonaHoraria = judged(zoneProblem);

/** Entity → field → how its column is called where the rows come from. */
const columnasPorEntidad = z.record(filled, z.record(filled, filled));

const fuenteEntidades = z.strictObject({
  nombre: filled,
  tipo: z.literal('entidades'),
  /** A folder with a file per entity; relative to the folder of puente.yaml. */
  ruta: filled,
  /** Of date-times that have none. */
  zonaHoraria: zonaHoraria.exactOptional(),
  columnas: columnasPorEntidad.exactOptional(),
});

const fuentePush = z.strictObject({
  nombre: filled,
  tipo: z.literal('push'),
  /** Hours after which a course that was not delivered again is not given. */
  maxHoras: whole(1, 24 * 366).exactOptional(),
  zonaHoraria: zonaHoraria.exactOptional(),
  /** Where the platform is told what became of each student; always signed. */
  webhook: z.strictObject({ url: judged(webhookProblem), clave: filled }).exactOptional(),
});

const fuenteSql = z
  .strictObject({
    nombre: filled,
    tipo: z.literal('sql'),
    url: judged(sqlProblem),
    /** The password as it is, beside an address without one. */
    clave: filled.exactOptional(),
    tls: siNo.exactOptional(),
    /** A file with a query per entity, or the queries that come with Puente for an LMS: one of the two. */
    consultas: filled.exactOptional(),
    receta: filled.exactOptional(),
    /** Open edX's tracking log, a file or its folder, in place of a query of clicks. */
    registro: filled.exactOptional(),
    parametros: z.record(z.string(), z.string().trim()).exactOptional(),
    zonaHoraria: zonaHoraria.exactOptional(),
    columnas: columnasPorEntidad.exactOptional(),
  })
  .refine(
    ({ consultas, receta }) => (consultas === undefined) !== (receta === undefined),
    'debe decir una de las dos: consultas o receta',
  );

const fuente = z.discriminatedUnion('tipo', [
  fuenteArchivo,
  fuenteMoodleBd,
  fuenteMoodleWs,
  fuenteEntidades,
  fuenteSql,
  fuentePush,
]);

const curso = z.strictObject({
  fuente: filled,
  /** Left out: the only one of `otecs`. */
  otec: rut.exactOptional(),
  curso: filled,
  codigoOferta: filled.exactOptional(),
  codigoGrupo: filled.exactOptional(),
  /** The LMS's group, where its name differs from codigoGrupo. */
  grupo: filled.exactOptional(),
  /** Section of the LMS (name or id) → codigoModulo. */
  modulos: z.record(z.string(), filled).exactOptional(),
  /** First and last day, where the LMS has none. */
  inicio: dia.exactOptional(),
  fin: dia.exactOptional(),
  descenso: choice('omitir', 'mantener').exactOptional(),
  modo: choice('completo', 'cambios').exactOptional(),
});

/** [I p.46 and the official settings page] */
const reglas = z.strictObject({
  avanceAprobacion: figure(0, 100).exactOptional(),
  notaAprobacion: figure(0, 100).exactOptional(),
  minutosEntreClics: figure(1, 1440).exactOptional(),
  exigencia: figure(1, 99).exactOptional(),
  patronModulo: judged(patternProblem).exactOptional(),
  campoRut: filled.exactOptional(),
  tiposSincronicos: z.array(filled).exactOptional(),
  rolesAlumno: z.array(filled).exactOptional(),
  diasTrasTermino: whole(0, 366).exactOptional(),
});

export const settingsSchema = z.strictObject({
  gestor: judged(gestorProblem).default(BASE_URL),
  version: choice('1', '2').default('2'),
  otecs: z.array(otec).default([]),
  fuentes: z.array(fuente).default([]),
  cursos: z.array(curso).exactOptional(),
  /** Folders that the panel may have read, beside the one of puente.yaml; it cannot change them. */
  carpetas: z.array(filled).exactOptional(),
  modo: choice('completo', 'cambios').exactOptional(),
  /** Days after which bodies and answers are reduced to their hashes and counts. */
  retencionDias: whole(30, 36_500).exactOptional(),
  reglas: reglas.default({}),
});

/** What puente.yaml says, checked and typed. */
export type Settings = z.output<typeof settingsSchema>;
export type FuenteSettings = Settings['fuentes'][number];

/** «a», «b» o «c» */
export function oneOf(values: readonly string[]): string {
  return new Intl.ListFormat('es', { type: 'disjunction' }).format(values.map((value) => `«${value}»`));
}

/** The keys that may stand at a place of the file; empty where there is no mapping. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: unknown = settingsSchema;
  for (const step of path) schema = child(unwrap(schema), step);
  const here = unwrap(schema);
  if (here instanceof z.ZodObject) return Object.keys(here.shape);
  if (here instanceof z.ZodDiscriminatedUnion) return [...new Set(here.options.flatMap(keysOf))];
  return [];
}

/** Every key that may stand anywhere in the file. */
export function settingsKeys(): Set<string> {
  const keys = new Set<string>();
  const visit = (schema: unknown): void => {
    const here = unwrap(schema);
    if (here instanceof z.ZodArray) visit(here.element);
    if (here instanceof z.ZodDiscriminatedUnion) for (const option of here.options) visit(option);
    if (!(here instanceof z.ZodObject)) return;
    for (const [key, value] of Object.entries(here.shape)) {
      keys.add(key);
      visit(value);
    }
  };
  visit(settingsSchema);
  return keys;
}

function keysOf(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap())
    : schema;
}

function child(schema: unknown, step: PropertyKey): unknown {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodObject) return schema.shape[String(step)];
  if (schema instanceof z.ZodDiscriminatedUnion)
    return schema.options.map((option) => child(option, step)).find((each) => each !== undefined);
  return undefined;
}
