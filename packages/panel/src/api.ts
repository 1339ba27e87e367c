import { reglas } from '@puente-sic/app';
import { z } from 'zod';
import {
  curso,
  falla,
  fallaFuente,
  fecha,
  hallazgo,
  instante,
  nada,
  pedidoDePrueba,
  prueba,
  type Ruta,
  retenido,
  rol,
} from './api/base.ts';
import { INSTALACION } from './api/instalacion.ts';

export * from './api/base.ts';
export * from './api/instalacion.ts';

/**
 * The contract of the panel's API: every route's request and answer. Bodies are JSON; instants are ISO 8601 in UTC;
 * `noche` and other dates are `YYYY-MM-DD` in America/Santiago; percentages are 0–100; times of study are seconds.
 *
 * Rules for a browser: the session is a cookie; every request other than GET carries the header `X-Puente: 1`.
 * Anybody else sends `Authorization: Bearer <API key>`. Every failure is answered with {@link Falla}.
 */

// — Who is there ———————————————————————————————————————————————————————————————————————————————————————————————————

export const usuarioNuevo = z.object({
  usuario: z.string().trim().min(1).max(80),
  /** At least 12 characters. */
  clave: z.string().min(12, 'debe tener al menos 12 caracteres').max(200),
});
export const credenciales = z.object({ usuario: z.string().max(200), clave: z.string().max(1000) });

export const sesion = z.object({
  /** `primer-uso`: nobody has an account yet, POST /api/primer-uso makes the first one. */
  estado: z.enum(['primer-uso', 'cerrada', 'abierta']),
  usuario: z.object({ usuario: z.string(), rol }).nullable(),
});
export type Sesion = z.infer<typeof sesion>;

export const cambioDeClave = z.object({ actual: z.string().max(1000), nueva: usuarioNuevo.shape.clave });

export const usuario = z.object({
  id: z.number(),
  usuario: z.string(),
  rol,
  creado: instante,
  ultimoIngreso: instante.nullable(),
});
export type Usuario = z.infer<typeof usuario>;
export const usuarios = z.object({ usuarios: z.array(usuario) });
export const altaDeUsuario = usuarioNuevo.extend({ rol });
/** A new password closes every session of that user. */
export const cambioDeUsuario = z.object({ rol: rol.optional(), clave: usuarioNuevo.shape.clave.optional() });

export const claveApi = z.object({
  id: z.number(),
  nombre: z.string(),
  rol,
  creada: instante,
  ultimoUso: instante.nullable(),
});
export const clavesApi = z.object({ claves: z.array(claveApi) });
export const altaDeClaveApi = z.object({ nombre: z.string().trim().min(1).max(80), rol });
/** `clave` is shown here and never again. */
export const claveApiNueva = claveApi.extend({ clave: z.string() });

export const bitacora = z.object({
  /** Newest first. */
  hechos: z.array(
    z.object({
      id: z.number(),
      cuando: instante,
      /** A user's name, `clave NOMBRE`, or null for somebody without a session. */
      quien: z.string().nullable(),
      direccion: z.string(),
      /** `ingreso`, `ingreso-fallido`, `envio`, `errores-conocidos`, `usuario-creado`… */
      accion: z.string(),
      /** In Spanish; never a password or a token. */
      detalle: z.string(),
    }),
  ),
  /** For `antes`; null: that was the oldest. */
  siguiente: z.number().nullable(),
});

// — What is told of a course ———————————————————————————————————————————————————————————————————————————————————————

export const ESTADOS_ENVIO = [
  'preparado',
  'enviando',
  'aceptado',
  'parcial',
  'rechazado',
  'incierto',
  'no-enviado',
] as const;
export const estadoEnvio = z.enum(ESTADOS_ENVIO);

/** One night of one course. Counts are of student × module records. */
export const nocheDeCurso = z.object({
  noche: fecha,
  /** `sin-envio`: nothing was to be sent, or the service was not in use yet. */
  estado: z.enum([
    'aceptado',
    'parcial',
    'rechazado',
    'incierto',
    'enviando',
    'pendiente',
    'perdida',
    'sin-envio',
  ]),
  aceptados: z.number(),
  rechazados: z.number(),
});
export type NocheDeCurso = z.infer<typeof nocheDeCurso>;

export const lineaDeCurso = curso.extend({
  titulo: z.string(),
  /** Where it is opened in the LMS. */
  url: z.string().nullable(),
  /** As the source gave them the last time that the course was sent; null where that is not known. */
  alumnos: z.number().nullable(),
  /** The last night on which it was sent; null: never. */
  ultima: nocheDeCurso.nullable(),
  /** Problems that are open now: refused by SENCE, held back before the send. */
  erroresRechazados: z.number(),
  erroresRetenidos: z.number(),
  /** When SENCE last accepted something. */
  ultimoAceptado: instante.nullable(),
  /** The last 30, oldest first, the one now under way included. */
  noches: z.array(nocheDeCurso),
});
export type LineaDeCurso = z.infer<typeof lineaDeCurso>;

const pendientes = z.array(z.object({ mensaje: z.string(), queHacer: z.string() }));
/** Something that is not well now: what, why and what to do. */
const problema = z.object({
  /** `token`, `conexion`, `reloj` or `fuente:NAME`. */
  clave: z.string(),
  titulo: z.string(),
  mensaje: z.string(),
  queHacer: z.string(),
  desde: instante,
});

/** What a night tells of a course, of a student in it, or of a source as a whole (`curso` is `*`). */
const dicho = z.object({
  fuente: z.string(),
  curso: z.string(),
  codigoOferta: z.string().nullable(),
  codigoGrupo: z.string().nullable(),
  titulo: z.string().nullable(),
  rut: z.string().nullable(),
  nombre: z.string().nullable(),
  causa: z.string(),
  gravedad: z.enum(['rojo', 'amarillo', 'gris']),
  mensaje: z.string(),
  queHacer: z.string(),
});

export const hoy = z.object({
  ahora: instante,
  /** What keeps puente, or one of its providers, from reporting at all. */
  pendientes,
  proveedores: z.array(
    z.object({
      rutOtec: z.string(),
      nombre: z.string(),
      /** The window that is open, else the next one. */
      ventana: z.object({
        noche: fecha,
        comienza: instante,
        termina: instante,
        abierta: z.boolean(),
        /** On Santiago's clock, `HH:MM`. */
        desde: z.string(),
        hasta: z.string(),
      }),
      /** The night under way or, until the next one begins, the last; without courses: nothing was planned (yet). */
      noche: z.object({
        noche: fecha,
        cursos: z.array(
          z.object({
            /** As people call it: its title; until that is known, as the source names it. */
            curso: z.string(),
            /** `reintento`: it did not go well yet; `incierto`: it waits for SENCE's history. */
            estado: z.enum(['por-enviar', 'enviando', 'reintento', 'incierto', 'hecho', 'perdido']),
            /** Why not yet. */
            motivo: z.string().nullable(),
            /** When it is tried, or asked about, next; null: nothing is left to do. */
            proximo: instante.nullable(),
          }),
        ),
      }),
      estado: z.enum(['bien', 'mal']),
      /** Token, connection, clock, sources: what is not well now. */
      problemas: z.array(problema),
      /** What `noche` tells a person, what must be acted on first. */
      dichos: z.array(dicho),
      /** Of the last 30, newest first. */
      nochesPerdidas: z.array(
        z.object({
          noche: fecha,
          /** As people call them; empty: the whole night. */
          cursos: z.array(z.string()),
          motivo: z.string().nullable(),
          /** SENCE has accepted something of each of its courses since. */
          recuperada: z.boolean(),
        }),
      ),
      cursos: z.array(lineaDeCurso),
    }),
  ),
});
export type Hoy = z.infer<typeof hoy>;

// — Por corregir ———————————————————————————————————————————————————————————————————————————————————————————————————

export const errorAbierto = curso.extend({
  id: z.number(),
  /** Title of the course; its codigoOferta where no title is known. */
  titulo: z.string(),
  /** Null: the whole call. */
  rut: z.string().nullable(),
  /** Null: the whole student. */
  codigoModulo: z.string().nullable(),
  codigo: z.string().nullable(),
  /** `gestor`: SENCE refused it; `previa`: held back before the send. */
  origen: z.enum(['gestor', 'previa']),
  mensaje: z.string(),
  explicacion: z.string(),
  queHacer: z.string(),
  /** Where it stands in the provider's own data. */
  lugar: z.string().nullable(),
  /** Where it is corrected in the LMS: the student's page, else the course's. */
  url: z.string().nullable(),
  desde: instante,
  ultimaVez: instante,
  codigoEnvio: z.string().nullable(),
  /** Since when somebody marked it as known; null: nobody has. */
  conocido: instante.nullable(),
});
export type ErrorAbierto = z.infer<typeof errorAbierto>;

export const filtroErrores = z.object({
  rutOtec: z.string().optional(),
  codigoOferta: z.string().optional(),
  codigoGrupo: z.string().optional(),
  codigo: z.string().optional(),
  /** RUT in any form that people type. */
  alumno: z.string().max(20).optional(),
});
export const errores = z.object({ errores: z.array(errorAbierto) });
export const marcaDeErrores = z.object({
  ids: z.array(z.number().int()).min(1).max(10_000),
  conocido: z.boolean(),
});
export const erroresMarcados = z.object({ cambiados: z.number() });

// — Curso ——————————————————————————————————————————————————————————————————————————————————————————————————————————

const cifras = z.object({
  porcentajeAvance: z.number().nullable(),
  /** Seconds. */
  tiempoConectividad: z.number().nullable(),
  estado: z.number().nullable(),
});
/** What SENCE accepted last of one student × module; null where only the percentage is known. */
export const aceptado = cifras.extend({
  porcentajeAvance: z.number(),
  cuando: instante,
  codigoEnvio: z.string().nullable(),
  idProceso: z.number().nullable(),
});
export const moduloComparado = z.object({
  codigoModulo: z.string(),
  /** As the source has it now; null: the source no longer has it. Null figures cannot be read. */
  ahora: cifras.nullable(),
  aceptado: aceptado.nullable(),
  /** What would be sent is not what SENCE has. */
  cambia: z.boolean(),
  /** It would be part of a send made now. */
  seEnvia: z.boolean(),
});
export const alumnoComparado = z.object({
  rut: z.string(),
  /** As the source knows the person. */
  nombre: z.string().nullable(),
  /** The person's page in the LMS. */
  url: z.string().nullable(),
  lugar: z.string().nullable(),
  /** False: accepted once, and no longer in the source. */
  enLaFuente: z.boolean(),
  ahora: cifras.nullable(),
  modulos: z.array(moduloComparado),
  retenidos: z.array(retenido),
});
export type AlumnoComparado = z.infer<typeof alumnoComparado>;

/** One module with the activities that students see in it. */
export const moduloDelCurso = z.object({
  codigoModulo: z.string(),
  titulo: z.string(),
  actividades: z.array(
    z.object({
      nombre: z.string(),
      /** Its kind, as people call it in Spanish. */
      tipo: z.string(),
      /** Counts for progress; the rest is complementary. */
      exigida: z.boolean(),
      sincronica: z.boolean(),
    }),
  ),
});
export type ModuloDelCurso = z.infer<typeof moduloDelCurso>;

/** What puente.yaml says by hand of a course; null where it leaves it to the source. */
export const mapeo = z.object({
  /** As the source names it. */
  curso: z.string(),
  codigoOferta: z.string().nullable(),
  codigoGrupo: z.string().nullable(),
  /** The LMS's group that was taken. */
  grupo: z.string().nullable(),
  /** A section's name or id → codigoModulo; blank text: it is no module. */
  modulos: z.record(z.string(), z.string()).nullable(),
});
export type Mapeo = z.infer<typeof mapeo>;

/** Read from the source at this moment: may take some seconds. Nothing is sent or written. */
export const cursoComparado = curso.extend({
  titulo: z.string(),
  url: z.string().nullable(),
  fuente: z.string(),
  fechaInicio: z.string().nullable(),
  fechaFin: z.string().nullable(),
  reglas: z.object({
    descenso: z.enum(['omitir', 'mantener']),
    modo: z.enum(['completo', 'cambios']),
    version: z.literal([1, 2]),
    /** How the source judges the students; null where it brings every figure itself. */
    lectura: reglas.nullable(),
  }),
  /** Null: its entry in puente.yaml is not there, every code comes from the source. */
  mapeo: mapeo.nullable(),
  /** Null: the source does not say. */
  modulos: z.array(moduloDelCurso).nullable(),
  /** What a send made now would do; counts of student × module records. */
  prevision: z.object({
    alumnos: z.number(),
    registros: z.number(),
    cambiados: z.number(),
    retenidos: z.number(),
    llamadas: z.number(),
    /** At SENCE already tonight with the same values, and left out. */
    yaEnviados: z.number(),
  }),
  alumnos: z.array(alumnoComparado),
  /** Held for the course as a whole. */
  retenidos: z.array(retenido),
  hallazgos: z.array(hallazgo),
  fallas: z.array(fallaFuente),
});
export type CursoComparado = z.infer<typeof cursoComparado>;

/** Every night of one course, oldest first, from its first known one; at most 26 weeks, Monday to Sunday. */
export const calendario = z.object({ noches: z.array(nocheDeCurso) });

/** The bodies that would be sent now, without token or codigoEnvio. */
export const previsto = z.object({
  cuerpos: z.array(z.record(z.string(), z.unknown())),
  retenidos: z.array(retenido),
  hallazgos: z.array(hallazgo),
  fallas: z.array(fallaFuente),
});

// — Alumno —————————————————————————————————————————————————————————————————————————————————————————————————————————

export const registroEnviado = z.object({
  noche: fecha,
  enviado: instante.nullable(),
  codigoEnvio: z.string(),
  idProceso: z.number().nullable(),
  codigoModulo: z.string(),
  porcentajeAvance: z.number(),
  tiempoConectividad: z.number(),
  estado: z.number(),
  resultado: z.enum(['aceptado', 'rechazado', 'sin respuesta']),
  /** SENCE's own words; empty when accepted. */
  motivo: z.string(),
});
const actividadExplicada = z.object({
  nombre: z.string(),
  tipo: z.string(),
  exigida: z.boolean(),
  sincronica: z.boolean(),
  hecha: z.boolean(),
  cuando: instante.nullable(),
  /** What the LMS holds, in Spanish. */
  estado: z.string(),
});
/** How each figure came about, by the source. */
export const explicacion = z.object({
  cuentas: z.array(z.string()),
  grupos: z.array(z.string()),
  /** Why nothing is sent; empty: it is sent. */
  noSeInforma: z.array(z.string()),
  porcentajeAvance: z.number(),
  exigidas: z.number(),
  hechas: z.number(),
  tiempoConectividad: z.number().nullable(),
  estado: z.object({ valor: z.number(), porque: z.string() }),
  fechas: z.array(
    z.object({
      campo: z.enum(['fechaInicio', 'fechaFin']),
      valor: z.string().nullable(),
      de: z.string().nullable(),
    }),
  ),
  modulos: z.array(
    z.object({
      codigoModulo: z.string(),
      secciones: z.array(z.string()),
      porcentajeAvance: z.number(),
      tiempoConectividad: z.number().nullable(),
      estado: z.object({ valor: z.number(), porque: z.string() }),
      actividades: z.array(actividadExplicada),
    }),
  ),
  fueraDeModulos: z.array(actividadExplicada),
  /** Connected time by day; null: the source does not know clicks. */
  dias: z
    .array(
      z.object({
        dia: fecha,
        segundos: z.number(),
        sesiones: z.array(
          z.object({ desde: instante, hasta: instante, clics: z.number(), segundos: z.number() }),
        ),
      }),
    )
    .nullable(),
});
export type Explicacion = z.infer<typeof explicacion>;

export const alumno = curso.extend({
  rut: z.string(),
  titulo: z.string(),
  /** Records that were sent of this student in this course, oldest first, of the last nights asked for. */
  enviados: z.array(registroEnviado),
  /** The `antes` of the nights before these; null: there are none. */
  anteriores: fecha.nullable(),
  /** Envíos of the course of which nothing is told student by student: too old, or of an earlier version. */
  sinDetalle: z.object({ vencidos: z.number(), porPreparar: z.number() }),
  /** What SENCE has now. */
  aceptados: z.array(aceptado.extend({ codigoModulo: z.string() })),
  errores: z.array(errorAbierto),
});
export type AlumnoHistoria = z.infer<typeof alumno>;
/** Asks the source: may take some seconds. `explicacion` is null where the source cannot explain. */
export const alumnoExplicado = z.object({
  explicacion: explicacion.nullable(),
  fallas: z.array(fallaFuente),
});

// — Envíos —————————————————————————————————————————————————————————————————————————————————————————————————————————

export const envio = curso.extend({
  codigoEnvio: z.string(),
  titulo: z.string(),
  noche: fecha,
  estado: estadoEnvio,
  registros: z.number(),
  aceptados: z.number(),
  rechazados: z.number(),
  idProceso: z.number().nullable(),
  creado: instante,
  enviado: instante.nullable(),
  respondido: instante.nullable(),
  /** From the send to the answer (or to the cut); null while that is not known. */
  milisegundos: z.number().nullable(),
  httpStatus: z.number().nullable(),
  /** How the outcome became known. */
  via: z.enum(['respuesta', 'historial']).nullable(),
  /** Of an unknown outcome: what it waits for, and from when on it will be known. */
  espera: z.object({ hasta: instante, mensaje: z.string() }).nullable(),
});
export type EnvioLinea = z.infer<typeof envio>;

export const filtroEnvios = z.object({
  rutOtec: z.string().optional(),
  codigoOferta: z.string().optional(),
  codigoGrupo: z.string().optional(),
  noche: fecha.optional(),
  estado: estadoEnvio.optional(),
  /** An id_proceso, or the beginning of a codigoEnvio. */
  buscar: z.string().trim().max(80).optional(),
  /** The former page's `siguiente`. */
  antes: z.string().max(200).optional(),
  limite: z.coerce.number().int().min(1).max(200).default(50),
});
export const envios = z.object({
  /** Newest first. */
  envios: z.array(envio),
  siguiente: z.string().nullable(),
});
export type Envios = z.infer<typeof envios>;

export const envioDetalle = envio.extend({
  version: z.number(),
  /** SHA-256 of the body as sent, without token. */
  huella: z.string(),
  /** As sent, without token; null once the time of keeping it is over. */
  cuerpo: z.record(z.string(), z.unknown()).nullable(),
  /** Verbatim: the answer, or the history that settled it; null: none came. */
  respuesta: z.string().nullable(),
  registrosEnviados: z.array(registroEnviado.extend({ rut: z.string() })),
});
export type EnvioDetalle = z.infer<typeof envioDetalle>;

export const pedidoDeEnvio = z.object({
  /** Left out: every course of every provider. */
  curso: curso.optional(),
  /**
   * RUTs as {@link errorAbierto} names them; left out: everybody. A RUT that was corrected in the source is no longer
   * there under its old form: to send that student use `soloErrores` without `alumnos`.
   */
  alumnos: z.array(z.string().max(20)).min(1).max(5000).optional(),
  /** Only what is refused or held; what is right already is not sent again. */
  soloErrores: z.boolean().default(false),
  /** Without it a send outside the window is refused with 409 `fuera-de-ventana`. */
  fueraDeVentana: z.boolean().default(false),
  /** Also what SENCE accepted today with the same values. */
  repetir: z.boolean().default(false),
});
export type PedidoDeEnvio = z.input<typeof pedidoDeEnvio>;

export const envioHecho = curso.extend({
  codigoEnvio: z.string().nullable(),
  titulo: z.string(),
  idProceso: z.number().nullable(),
  resultado: z.enum(['aceptado', 'parcial', 'rechazado', 'retenido', 'incierto']),
  aceptados: z.number(),
  rechazados: z.number(),
  retenidos: z.number(),
  errores: z.array(
    errorAbierto
      .pick({
        rut: true,
        codigoModulo: true,
        codigo: true,
        origen: true,
        mensaje: true,
        explicacion: true,
        queHacer: true,
      })
      .extend({ lugar: z.string().optional(), url: z.string().optional() }),
  ),
  avisos: z.array(hallazgo),
});
export const noEnviado = curso.extend({
  motivo: z.enum(['sin-conexion', 'no-autenticado', 'ocupado']),
  mensaje: z.string(),
  queHacer: z.string(),
});
/** Accepted for the same night with the same values, and not sent again. */
export const yaEnviado = curso.extend({ titulo: z.string(), registros: z.number(), enviado: instante });
export const resultadoDeEnvio = z.object({
  envios: z.array(envioHecho),
  yaEnviados: z.array(yaEnviado),
  noEnviados: z.array(noEnviado),
  hallazgos: z.array(hallazgo),
  fallas: z.array(fallaFuente),
});
export type ResultadoDeEnvio = z.infer<typeof resultadoDeEnvio>;

export const progreso = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reading'), source: z.string() }),
  z.object({ kind: z.literal('planned'), courses: z.number() }),
  z.object({
    kind: z.literal('settling'),
    codigoEnvio: z.string(),
    codigoOferta: z.string(),
    codigoGrupo: z.string(),
  }),
  z.object({
    kind: z.literal('sending'),
    codigoEnvio: z.string(),
    codigoOferta: z.string(),
    codigoGrupo: z.string(),
    part: z.number(),
    parts: z.number(),
    records: z.number(),
  }),
  z.object({
    kind: z.literal('course'),
    codigoOferta: z.string(),
    codigoGrupo: z.string(),
    done: z.number(),
    courses: z.number(),
  }),
]);
/** A send that somebody asked for; kept until the service ends. */
export const trabajo = z.object({
  id: z.string(),
  quien: z.string(),
  comenzado: instante,
  terminado: instante.nullable(),
  estado: z.enum(['en-curso', 'terminado', 'fallado']),
  /** The last that was told; null at the beginning. */
  progreso: progreso.nullable(),
  resultado: resultadoDeEnvio.nullable(),
  /** Why it failed, in Spanish. */
  falla: falla.shape.error.nullable(),
});
export type Trabajo = z.infer<typeof trabajo>;
export const trabajos = z.object({ trabajos: z.array(trabajo) });

// — Conciliación, evidencia, salud, conexión ———————————————————————————————————————————————————————————————————————

export const filtroConciliacion = z.object({
  rutOtec: z.string().optional(),
  codigoOferta: z.string().optional(),
});
/** Asks the sources and SENCE's history: may take minutes. */
export const conciliacion = z.object({
  comparados: z.number(),
  iguales: z.number(),
  diferencias: z.array(
    curso.extend({
      rut: z.string(),
      codigoModulo: z.string(),
      tipo: z.enum([
        'falta-en-sence',
        'valor-distinto',
        'desconocido-en-lms',
        'salio-del-lms',
        'nunca-enviado',
      ]),
      lms: z.number().nullable(),
      registro: z.number().nullable(),
      sence: z.number().nullable(),
      explicacion: z.string(),
      queHacer: z.string(),
    }),
  ),
  fallas: z.array(fallaFuente),
  sinHistorial: z.array(z.object({ rutOtec: z.string(), mensaje: z.string(), queHacer: z.string() })),
});
export type ConciliacionRespuesta = z.infer<typeof conciliacion>;

export const pedidoDeEvidencia = z.object({
  rutOtec: z.string(),
  codigoOferta: z.string(),
  desde: fecha.optional(),
  hasta: fecha.optional(),
});

export const salud = z.object({
  estado: z.enum(['bien', 'mal']),
  pendientes,
  proveedores: z.array(
    z.object({
      rutOtec: z.string(),
      estado: z.enum(['bien', 'mal']),
      noche: fecha,
      cursos: z.number(),
      perdidos: z.number(),
      pendientes: z.number(),
      rojos: z.number(),
      problemas: z.array(problema),
    }),
  ),
});

// — Events —————————————————————————————————————————————————————————————————————————————————————————————————————————

/**
 * What `GET /api/eventos` tells (server-sent events): the event's name is `tipo`, its data this as JSON, its id counts
 * up. A reader that comes back with Last-Event-ID gets what it missed, or `recargar` where that is no longer known.
 */
export const evento = z.discriminatedUnion('tipo', [
  z.object({ tipo: z.literal('trabajo'), trabajo }),
  /** A night's courses were planned. */
  z.object({ tipo: z.literal('noche'), rutOtec: z.string(), noche: fecha, cursos: z.number() }),
  /** A call of a course begins. `curso` as the source names it, here and below. */
  z.object({ tipo: z.literal('enviando'), rutOtec: z.string(), noche: fecha, curso: z.string() }),
  /** A course is done for the night; without `envios` nothing was to be sent, or the history has told of them. */
  z.object({
    tipo: z.literal('hecho'),
    rutOtec: z.string(),
    noche: fecha,
    curso: z.string(),
    envios: z.array(envioHecho),
    tarde: z.boolean(),
  }),
  z.object({
    tipo: z.literal('reintento'),
    rutOtec: z.string(),
    noche: fecha,
    curso: z.string(),
    motivo: z.string(),
    proximo: instante,
  }),
  z.object({
    tipo: z.literal('perdida'),
    rutOtec: z.string(),
    noche: fecha,
    cursos: z.array(z.string()),
    motivo: z.string(),
  }),
  /** The history has told what became of a call whose answer was lost. */
  z.object({
    tipo: z.literal('aclarado'),
    rutOtec: z.string(),
    noche: fecha,
    codigoEnvio: z.string(),
    llego: z.boolean(),
  }),
  z.object({
    tipo: z.literal('condicion'),
    rutOtec: z.string(),
    clave: z.string(),
    mal: z.boolean(),
    mensaje: z.string(),
    queHacer: z.string(),
  }),
  /** Errors were marked, or a send of a person ended: what is on the screen may be old. */
  z.object({ tipo: z.literal('recargar') }),
]);
export type Evento = z.infer<typeof evento>;

// — The routes —————————————————————————————————————————————————————————————————————————————————————————————————————

const CURSO = '/api/cursos/:rutOtec/:codigoOferta/:codigoGrupo';

/**
 * Every route of the API. `rol`: the least that is needed; `nadie`: open to all; `sesion`: anybody with a session of
 * their own (no API key). `ruta` names what stands in the path, `filtro` what stands in the query, `pide` is the body.
 */
export const API = {
  sesion: { metodo: 'GET', ruta: '/api/sesion', rol: 'nadie', responde: sesion },
  /** Only from this computer, and only while nobody has an account. Opens the session. */
  primerUso: { metodo: 'POST', ruta: '/api/primer-uso', rol: 'nadie', pide: usuarioNuevo, responde: sesion },
  /** 401 `credenciales`; 429 `bloqueado` with Retry-After. */
  ingresar: { metodo: 'POST', ruta: '/api/sesion', rol: 'nadie', pide: credenciales, responde: sesion },
  salir: { metodo: 'DELETE', ruta: '/api/sesion', rol: 'nadie', responde: sesion },
  cambiarClave: { metodo: 'PUT', ruta: '/api/clave', rol: 'sesion', pide: cambioDeClave, responde: nada },

  hoy: { metodo: 'GET', ruta: '/api/hoy', rol: 'lector', responde: hoy },
  errores: { metodo: 'GET', ruta: '/api/errores', rol: 'lector', filtro: filtroErrores, responde: errores },
  curso: { metodo: 'GET', ruta: CURSO, rol: 'lector', responde: cursoComparado },
  calendario: { metodo: 'GET', ruta: `${CURSO}/noches`, rol: 'lector', responde: calendario },
  prevision: { metodo: 'GET', ruta: `${CURSO}/prevision`, rol: 'lector', responde: previsto },
  alumno: {
    metodo: 'GET',
    ruta: `${CURSO}/alumnos/:rut`,
    rol: 'lector',
    filtro: z.object({ antes: fecha.optional() }),
    responde: alumno,
  },
  explicacion: {
    metodo: 'GET',
    ruta: `${CURSO}/alumnos/:rut/explicacion`,
    rol: 'lector',
    responde: alumnoExplicado,
  },
  envios: { metodo: 'GET', ruta: '/api/envios', rol: 'lector', filtro: filtroEnvios, responde: envios },
  envio: { metodo: 'GET', ruta: '/api/envios/:codigoEnvio', rol: 'lector', responde: envioDetalle },
  conciliacion: {
    metodo: 'GET',
    ruta: '/api/conciliacion',
    rol: 'lector',
    filtro: filtroConciliacion,
    responde: conciliacion,
  },
  /** `text/csv` for a spreadsheet in Spanish. */
  conciliacionCsv: {
    metodo: 'GET',
    ruta: '/api/conciliacion.csv',
    rol: 'lector',
    filtro: filtroConciliacion,
    responde: 'text/csv',
  },
  /** A ZIP to be saved; 404 `sin-envios` where nothing was sent of the course in that time. */
  evidencia: {
    metodo: 'GET',
    ruta: '/api/evidencia',
    rol: 'lector',
    filtro: pedidoDeEvidencia,
    responde: 'application/zip',
  },
  salud: { metodo: 'GET', ruta: '/api/salud', rol: 'lector', responde: salud },
  /** Server-sent events, each an {@link Evento}. */
  eventos: { metodo: 'GET', ruta: '/api/eventos', rol: 'lector', responde: 'text/event-stream' },
  trabajos: { metodo: 'GET', ruta: '/api/trabajos', rol: 'lector', responde: trabajos },
  trabajo: { metodo: 'GET', ruta: '/api/trabajos/:id', rol: 'lector', responde: trabajo },

  /** Begins the send and answers at once; how it goes is told by `eventos` and by `trabajo`. */
  enviar: { metodo: 'POST', ruta: '/api/envios', rol: 'operador', pide: pedidoDeEnvio, responde: trabajo },
  marcarErrores: {
    metodo: 'POST',
    ruta: '/api/errores/conocidos',
    rol: 'operador',
    pide: marcaDeErrores,
    responde: erroresMarcados,
  },
  probarConexion: {
    metodo: 'POST',
    ruta: '/api/conexion',
    rol: 'operador',
    pide: pedidoDePrueba,
    responde: prueba,
  },

  usuarios: { metodo: 'GET', ruta: '/api/usuarios', rol: 'administrador', responde: usuarios },
  crearUsuario: {
    metodo: 'POST',
    ruta: '/api/usuarios',
    rol: 'administrador',
    pide: altaDeUsuario,
    responde: usuario,
  },
  cambiarUsuario: {
    metodo: 'PUT',
    ruta: '/api/usuarios/:id',
    rol: 'administrador',
    pide: cambioDeUsuario,
    responde: usuario,
  },
  borrarUsuario: { metodo: 'DELETE', ruta: '/api/usuarios/:id', rol: 'administrador', responde: nada },
  clavesApi: { metodo: 'GET', ruta: '/api/claves', rol: 'administrador', responde: clavesApi },
  crearClaveApi: {
    metodo: 'POST',
    ruta: '/api/claves',
    rol: 'administrador',
    pide: altaDeClaveApi,
    responde: claveApiNueva,
  },
  borrarClaveApi: { metodo: 'DELETE', ruta: '/api/claves/:id', rol: 'administrador', responde: nada },
  bitacora: {
    metodo: 'GET',
    ruta: '/api/bitacora',
    rol: 'administrador',
    filtro: z.object({ antes: z.coerce.number().int().optional() }),
    responde: bitacora,
  },

  ...INSTALACION,
} as const satisfies Record<string, Ruta>;

export type Nombre = keyof typeof API;
/** What a route answers: `Respuesta<'hoy'>`. */
export type Respuesta<N extends Nombre> = (typeof API)[N]['responde'] extends z.ZodType
  ? z.output<(typeof API)[N]['responde']>
  : never;
/** What a route's body must hold. */
export type Pedido<N extends Nombre> = (typeof API)[N] extends { pide: infer P extends z.ZodType }
  ? z.input<P>
  : never;
