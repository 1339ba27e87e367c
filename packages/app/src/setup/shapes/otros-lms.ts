import { z } from 'zod';
import { puerto, secreto, texto } from './texts.ts';

// An LMS that is no Moodle, as a person sets it up: where its data is, and how the entities come out of it.

export const MOTORES = ['mariadb', 'mysql', 'postgres', 'sqlserver'] as const;

const deServidor = z.object({
  motor: z.enum(MOTORES),
  servidor: texto,
  puerto,
  base: texto,
  usuario: texto,
  tls: z.boolean(),
});
const deArchivo = z.object({
  motor: z.literal('sqlite'),
  /** Relative to the folder of puente.yaml. */
  archivo: texto,
});

/** What gives the entities of a database. */
const lectura = z.discriminatedUnion('de', [
  z.object({
    de: z.literal('receta'),
    receta: texto,
    parametros: z.record(z.string().max(60), z.string().trim().max(300)),
  }),
  /** A file with a query per entity; relative to the folder of puente.yaml. */
  z.object({ de: z.literal('archivo'), ruta: texto }),
  /** The same as text; it is kept in a file beside puente.yaml. */
  z.object({ de: z.literal('texto'), texto: z.string().max(200_000) }),
]);

const comun = {
  /** Of date-times that have none; null: none do. */
  zonaHoraria: texto.nullable(),
  /** Entity → field → how its column is called where the rows come from. */
  columnas: z.record(z.string().max(40), z.record(z.string().max(40), texto)),
};

const sql = z.object({
  tipo: z.literal('sql'),
  lectura,
  /** Open edX's tracking log, a file or its folder, in place of a query of clicks; relative to the folder of puente.yaml. */
  registro: texto.optional(),
  ...comun,
});

/** A folder with a file per entity. */
export const entidades = z.object({ tipo: z.literal('entidades'), ruta: texto, ...comun });
export const sqlInstalada = sql.extend({
  base: z.discriminatedUnion('motor', [deServidor.extend({ conClave: z.boolean() }), deArchivo]),
});
export const sqlNueva = sql.extend({
  base: z.discriminatedUnion('motor', [
    /** `clave` left out: the one that is kept. */
    deServidor.extend({ clave: secreto.optional() }),
    deArchivo,
  ]),
});
