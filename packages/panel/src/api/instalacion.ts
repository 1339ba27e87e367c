import { z } from 'zod';
import { fallaFuente, hallazgo, nada, prueba, type Ruta } from './base.ts';

// How puente is set up, as an administrator sees and changes it. It is what puente.yaml says and nothing else: every
// change is written there, its comments kept, and takes effect at once (a call under way ends first). Secrets go one
// way: they are taken, kept encrypted, used, and never told again.

const texto = z.string().trim().min(1, 'no puede quedar vacío').max(300);
const secreto = z.string().trim().min(1, 'no puede quedar vacío').max(2000);
const hora = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'debe ser una hora como 22:00');
const ventana = z.object({ desde: hora, hasta: hora });
const puerto = z.number().int().min(1).max(65_535);

// — Alerts —————————————————————————————————————————————————————————————————————————————————————————————————————————

const correo = z.object({
  tipo: z.literal('correo'),
  servidor: texto,
  puerto,
  tls: z.boolean(),
  usuario: texto.nullable(),
  de: texto,
  para: z.array(texto).min(1, 'debe tener al menos una dirección').max(20),
});
const webhook = z.object({ tipo: z.literal('webhook'), formato: z.enum(['json', 'slack', 'teams']) });

/** `nombre` tells a channel from another; of a webhook only the host is told, since its address is its password. */
export const canal = z.discriminatedUnion('tipo', [
  correo.extend({ nombre: z.string(), conClave: z.boolean() }),
  webhook.extend({ nombre: z.string() }),
]);
export type CanalVisto = z.infer<typeof canal>;
export const canalNuevo = z.discriminatedUnion('tipo', [
  correo.extend({ clave: secreto.nullable() }),
  webhook.extend({ url: secreto }),
]);
export type CanalNuevo = z.infer<typeof canalNuevo>;
export const pruebaDeCanal = z.object({
  entregado: z.boolean(),
  mensaje: z.string(),
  /** Empty where nothing is to be done. */
  queHacer: z.string(),
});

// — Providers ——————————————————————————————————————————————————————————————————————————————————————————————————————

export const otecInstalada = z.object({
  rut: z.string(),
  nombre: z.string().nullable(),
  /** Where its token comes from: kept encrypted here, a file, a variable, written in puente.yaml; null: there is none. */
  tokenDe: z.enum(['guardado', 'archivo', 'variable', 'escrito']).nullable(),
  /** On Santiago's clock. */
  ventana,
  /** Whether the window is SENCE's own, 22:00 to 00:00. */
  ventanaOficial: z.boolean(),
  graciaDias: z.number(),
  tardio: z.enum(['perder', 'enviar']),
  /** When the morning summary goes out, on Santiago's clock. */
  resumenA: z.string(),
  alertas: z.array(canal),
});
export type OtecInstalada = z.infer<typeof otecInstalada>;

/** What is left out stays as it is. A token replaces the former one wherever that came from. */
export const cambioDeOtec = z.object({
  nombre: texto.optional(),
  token: secreto.optional(),
  ventana: ventana.optional(),
  graciaDias: z.number().int().min(0).max(366).optional(),
  tardio: z.enum(['perder', 'enviar']).optional(),
  resumenA: hora.optional(),
});
export type CambioDeOtec = z.infer<typeof cambioDeOtec>;
/** Tried without being kept; what is left out is taken from what is kept. */
export const pruebaDeOtec = z.object({ token: secreto.optional(), gestor: texto.optional() });
export type PruebaDeOtec = z.infer<typeof pruebaDeOtec>;

// — Sources ————————————————————————————————————————————————————————————————————————————————————————————————————————

const baseDeDatos = z.object({
  motor: z.enum(['mariadb', 'postgres']),
  servidor: texto,
  puerto,
  base: texto,
  usuario: texto,
  prefijo: z.string().regex(/^\w*$/, 'solo puede llevar letras, números y guion bajo').max(30),
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

/** A source as it is set up, without its secrets. */
export const fuenteInstalada = z.discriminatedUnion('tipo', [
  archivo,
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
export const archivoRecibido = z.object({ archivo: z.string(), bytes: z.number() });

// — Courses ————————————————————————————————————————————————————————————————————————————————————————————————————————

const codigo = z.object({
  /** Null: nothing there looks like one; a person types it. */
  codigo: z.string().nullable(),
  /** Where it was found, in Spanish: `nombre corto del curso`. */
  de: z.string(),
});
export const cursoSugerido = z.object({
  /** How the source calls it; for `cursoInstalado.curso`. */
  curso: z.string(),
  titulo: z.string(),
  /** Likely one of SENCE's: it has module codes. */
  probable: z.boolean(),
  codigoOferta: codigo,
  /** `grupo` is the LMS's group; null: everybody. */
  grupos: z.array(codigo.extend({ grupo: z.string().nullable(), alumnos: z.number() })),
  modulos: z.array(codigo.extend({ seccion: z.object({ id: z.string(), nombre: z.string() }) })),
});
export type CursoSugerido = z.infer<typeof cursoSugerido>;
export const cursosSugeridos = z.object({ cursos: z.array(cursoSugerido), hallazgos: z.array(hallazgo) });

/** One entry of `cursos` in puente.yaml: a course, or one group of it. Codes left out are those that the source has. */
export const cursoInstalado = z.object({
  curso: texto,
  codigoOferta: texto.optional(),
  codigoGrupo: texto.optional(),
  /** The LMS's group, where its name differs from codigoGrupo. */
  grupo: texto.optional(),
  /** Section of the LMS (name or id) → codigoModulo. */
  modulos: z.record(z.string().max(300), texto).optional(),
  descenso: z.enum(['omitir', 'mantener']).optional(),
  modo: z.enum(['completo', 'cambios']).optional(),
});
export type CursoInstalado = z.infer<typeof cursoInstalado>;
/** Replaces what is said of this source and provider; null: all that the data names (only where there is one provider). */
export const cambioDeCursos = z.object({
  rutOtec: z.string(),
  cursos: z.array(cursoInstalado).max(5000).nullable(),
});
export const cambioDeReglasDeCurso = z.object({
  descenso: z.enum(['omitir', 'mantener']).optional(),
  modo: z.enum(['completo', 'cambios']).optional(),
});
export type CambioDeReglasDeCurso = z.infer<typeof cambioDeReglasDeCurso>;

// — The whole ——————————————————————————————————————————————————————————————————————————————————————————————————————

/** How Moodle is read; files bring their own figures. */
export const reglas = z.object({
  /** A student passes with more progress than this, 0–100. */
  avanceAprobacion: z.number().min(0).max(100),
  /** And with a grade above this, 0–100. */
  notaAprobacion: z.number().min(0).max(100),
  /** A longer pause between two clicks adds no time. */
  minutosEntreClics: z.number().min(1).max(1440),
  /** Per cent that equals a 4.0; null: its place on the scale (50 % from 1 to 7). */
  exigencia: z.number().min(1).max(99).nullable(),
});
export type Reglas = z.infer<typeof reglas>;

export const instalacion = z.object({
  /** The file that says it all, for the technician. */
  archivo: z.string(),
  /** Why nothing can be changed from here, and what to do; null: it can. */
  soloLectura: z.object({ mensaje: z.string(), queHacer: z.string() }).nullable(),
  gestor: z.string(),
  gestorOficial: z.boolean(),
  otecs: z.array(otecInstalada),
  fuentes: z.array(fuenteInstalada),
  /** Null: every course that the data names. */
  cursos: z.array(cursoInstalado.extend({ fuente: z.string(), rutOtec: z.string() })).nullable(),
  reglas,
  /** What is still missing before anything can be sent, in the order in which to see to it. Empty: all is there. */
  falta: z.array(z.enum(['otec', 'token', 'fuente', 'cursos'])),
});
export type Instalacion = z.infer<typeof instalacion>;
export const cambioDeInstalacion = z.object({ gestor: texto.optional(), reglas: reglas.optional() });
export type CambioDeInstalacion = z.infer<typeof cambioDeInstalacion>;

/** What a send of everything would do now. Reads the sources, sends nothing; may take some minutes. */
export const previsionTotal = z.object({
  cursos: z.array(
    z.object({
      rutOtec: z.string(),
      codigoOferta: z.string(),
      codigoGrupo: z.string(),
      titulo: z.string(),
      alumnos: z.number(),
      /** Counts of student × module records. */
      registros: z.number(),
      retenidos: z.number(),
    }),
  ),
  hallazgos: z.array(hallazgo),
  fallas: z.array(fallaFuente),
});
export type PrevisionTotal = z.infer<typeof previsionTotal>;

const BASE = '/api/instalacion';
const OTEC = `${BASE}/otecs/:rutOtec` as const;
const FUENTE = `${BASE}/fuentes/:fuente` as const;
const rol = 'administrador';

/** Each answers with the whole as it is now, where nothing else is said. 409 `no-se-puede`: why, and what to do. */
export const INSTALACION = {
  instalacion: { metodo: 'GET', ruta: BASE, rol, responde: instalacion },
  cambiarInstalacion: { metodo: 'PUT', ruta: BASE, rol, pide: cambioDeInstalacion, responde: instalacion },

  cambiarOtec: { metodo: 'PUT', ruta: OTEC, rol, pide: cambioDeOtec, responde: instalacion },
  borrarOtec: { metodo: 'DELETE', ruta: OTEC, rol, responde: instalacion },
  probarOtec: { metodo: 'POST', ruta: `${OTEC}/prueba`, rol, pide: pruebaDeOtec, responde: prueba },
  crearCanal: {
    metodo: 'POST',
    ruta: `${OTEC}/alertas`,
    rol,
    pide: z.object({ canal: canalNuevo }),
    responde: instalacion,
  },
  borrarCanal: {
    metodo: 'DELETE',
    ruta: `${OTEC}/alertas`,
    rol,
    pide: z.object({ nombre: z.string() }),
    responde: instalacion,
  },
  /** Delivers one alert that says it is a test, at once. */
  probarCanal: {
    metodo: 'POST',
    ruta: `${OTEC}/alertas/prueba`,
    rol,
    pide: z.object({ nombre: z.string() }),
    responde: pruebaDeCanal,
  },

  /** Reads it as it would be, without keeping anything. */
  probarFuente: {
    metodo: 'POST',
    ruta: `${BASE}/fuentes`,
    rol,
    pide: z.object({ fuente: fuenteNueva }),
    responde: pruebaDeFuente,
  },
  cambiarFuente: {
    metodo: 'PUT',
    ruta: FUENTE,
    rol,
    pide: z.object({ fuente: fuenteNueva }),
    responde: instalacion,
  },
  borrarFuente: { metodo: 'DELETE', ruta: FUENTE, rol, responde: instalacion },
  /** At most 16 MiB; CSV, Excel or JSON. */
  recibirArchivo: {
    metodo: 'PUT',
    ruta: `${FUENTE}/archivos/:archivo`,
    rol,
    recibe: 'application/octet-stream',
    responde: archivoRecibido,
  },
  cursosSugeridos: { metodo: 'GET', ruta: `${FUENTE}/cursos`, rol, responde: cursosSugeridos },
  cambiarCursos: {
    metodo: 'PUT',
    ruta: `${FUENTE}/cursos`,
    rol,
    pide: cambioDeCursos,
    responde: instalacion,
  },
  cambiarReglasDeCurso: {
    metodo: 'PUT',
    ruta: '/api/cursos/:rutOtec/:codigoOferta/:codigoGrupo/reglas',
    rol,
    pide: cambioDeReglasDeCurso,
    responde: nada,
  },
  previsionTotal: { metodo: 'GET', ruta: '/api/prevision', rol: 'lector', responde: previsionTotal },
} as const satisfies Record<string, Ruta>;
