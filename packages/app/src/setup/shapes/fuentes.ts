import { z } from 'zod';
import { entidades, sqlInstalada, sqlNueva } from './otros-lms.ts';
import { puerto, secreto, texto } from './texts.ts';

const baseDeDatos = z.object({
  motor: z.enum(['mariadb', 'postgres']),
  servidor: texto,
  puerto,
  base: texto,
  usuario: texto,
  prefijo: z
    .string()
    .regex(
      /^\w*$/,
      'solo puede llevar letras, números y guion bajo, como «mdl_» (es `$CFG->prefix` en el config.php de Moodle)',
    )
    .max(30),
});
const conClave = { conClave: z.boolean() };
/** Left out: the one that is kept. */
const clave = { clave: secreto.optional() };
const nombre = z
  .string()
  .trim()
  .regex(/^[\p{L}\d][\p{L}\d _-]{0,39}$/u, 'debe ser un nombre corto, de letras, números y guiones');

const archivo = z.object({
  nombre,
  tipo: z.literal('archivo'),
  /** File or folder; relative to the folder of puente.yaml. */
  ruta: texto,
});
const moodleBd = baseDeDatos.extend({
  nombre,
  tipo: z.literal('moodle-bd'),
  /** The site's web address, for links; null: none. */
  sitio: texto.nullable(),
  tls: z.boolean(),
});
const moodleWs = z.object({
  nombre,
  tipo: z.literal('moodle-ws'),
  url: texto,
  informeInscripciones: z.number().int().positive().nullable(),
});
const informe = z.object({ de: z.literal('informe'), numero: z.number().int().positive() });
const csv = z.object({ de: z.literal('csv'), ruta: texto });

/** Set up in puente.yaml by hand: the panel shows and tries it, and keeps it as it is. */
const aMano = z.object({ nombre, tipo: z.literal('push') });

/** A source as it is set up, without its secrets. */
export const fuenteInstalada = z.discriminatedUnion('tipo', [
  /** `vacia`: there is no file of progress in it yet. */
  archivo.extend({ vacia: z.boolean() }),
  /** `donde`: what is read, in words. */
  aMano.extend({ donde: z.string() }),
  entidades.extend({ nombre }),
  sqlInstalada.extend({ nombre }),
  moodleBd.extend(conClave),
  moodleWs.extend({
    conToken: z.boolean(),
    /** Where the time spent comes from, which web services do not give; null: not decided, so nothing can be sent. */
    tiempo: z
      .discriminatedUnion('de', [
        baseDeDatos.extend({ de: z.literal('base-de-datos'), ...conClave }),
        informe,
        csv,
      ])
      .nullable(),
  }),
]);
export type FuenteInstalada = z.infer<typeof fuenteInstalada>;
export const fuenteNueva = z.discriminatedUnion('tipo', [
  archivo,
  aMano,
  entidades.extend({ nombre }),
  sqlNueva.extend({ nombre }),
  moodleBd.extend(clave),
  moodleWs.extend({
    /** Left out: the one that is kept. */
    token: secreto.optional(),
    tiempo: z
      .discriminatedUnion('de', [
        baseDeDatos.extend({ de: z.literal('base-de-datos'), ...clave }),
        informe,
        csv,
      ])
      .nullable(),
  }),
]);
export type FuenteNueva = z.infer<typeof fuenteNueva>;
export const pruebaDeFuente = z.object({
  /** Whether it can be read. */
  bien: z.boolean(),
  /** What happened, in words. */
  mensaje: z.string(),
  /** Empty where nothing is to be done. */
  queHacer: z.string(),
  /** How many courses it has. */
  cursos: z.number(),
  /** The first of them, by their titles. */
  ejemplos: z.array(z.string()),
});
export type PruebaDeFuente = z.infer<typeof pruebaDeFuente>;
/** A file that was dropped into the folder of a source of files, replacing the one of that name. */
export const archivoRecibido = z.object({
  archivo: z.string(),
  bytes: z.number(),
  /** Files that it took the place of; they are put aside. */
  reemplazadas: z.array(z.string()),
});
