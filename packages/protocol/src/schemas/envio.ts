import * as z from 'zod';
import { ID_SISTEMA, MAX_CODIGO_ACTIVIDAD } from '../envio.ts';

/*
 * The body of enviarAvance as a sender should write it: everything that fits is accepted for its form by the service
 * (whether the RUT's check digit is right and the course is known is not a matter of form). The service is laxer, as
 * with numbers as text; `validateEnvio` says exactly what it refuses.
 */

const fecha = (descripcion: string) =>
  z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])( ([01]\d|2[0-3]):[0-5]\d:[0-5]\d)?$/)
    .describe(`${descripcion} AAAA-MM-DD o AAAA-MM-DD HH:MM:SS, en America/Santiago.`);
const segundos = (descripcion: string) => z.number().min(0).describe(`${descripcion}, en segundos.`);
const porcentaje = (descripcion: string) => z.number().min(0).max(100).describe(descripcion);
const cantidad = (descripcion: string) => z.number().min(0).describe(`${descripcion} Versión 2 [I].`);
const codigo = (descripcion: string) => z.string().regex(/\S/).describe(descripcion);
const estado = (descripcion: string) => z.literal([1, 2, 3]).describe(descripcion);

const cantidades = {
  cantActividadSincronica: cantidad('Cantidad de actividades sincrónicas.').exactOptional(),
  cantActividadAsincronica: cantidad('Cantidad de actividades asincrónicas.').exactOptional(),
};

export const Actividad = z
  .object({
    codigoActividad: z
      .string()
      .describe(
        `Cualquier texto; el servicio guarda los primeros ${MAX_CODIGO_ACTIVIDAD} caracteres [I p.7].`,
      ),
  })
  .describe('Una actividad de un módulo.');

export const ModuloV1 = z
  .object({
    codigoModulo: codigo('Código del módulo, entregado por SIC [S].'),
    tiempoConectividad: segundos('Tiempo de conexión en el módulo'),
    porcentajeAvance: porcentaje(
      'Parte de las actividades obligatorias del módulo que están completas; nunca menor que la última aceptada (025).',
    ),
    estado: estado(
      '1 cursando, 2 aprobado (todo completo y nota ≥ 4), 3 reprobado; 1 si falta [I].',
    ).exactOptional(),
    fechaInicio: fecha('Inicio del módulo.'),
    fechaFin: fecha('Término del módulo.'),
    listaActividades: z.array(Actividad).min(1),
  })
  .describe('El avance de un alumno en un módulo, versión 1 (2021).');

export const Modulo = z
  .object({
    ...ModuloV1.shape,
    notaModulo: porcentaje('Nota del módulo, de 0 a 100; omítala si no hay. Versión 2 [I].').exactOptional(),
    ...cantidades,
  })
  .describe('El avance de un alumno en un módulo.');

export const AlumnoV1 = z
  .object({
    rutAlumno: z
      .union([z.int().min(1).max(999_999_999), z.string().regex(/^\d{1,9}$/)])
      .describe('RUT sin puntos ni dígito verificador; número, o el mismo número como texto [S, I].'),
    dvAlumno: z
      .string()
      .regex(/^[0-9kK]$/)
      .describe('Dígito verificador del RUT (módulo 11).'),
    tiempoConectividad: segundos('Tiempo de conexión en el curso'),
    porcentajeAvance: z
      .int()
      .min(0)
      .max(100)
      .describe(
        'Parte de las actividades obligatorias del curso que están completas: 13,5 → 14 y 13,49 → 13 [M].',
      ),
    estado: estado('1 cursando, 2 aprobado, 3 reprobado; 1 si falta [I].').exactOptional(),
    fechaInicio: fecha('Inicio de la matrícula.'),
    fechaFin: fecha('Término de la matrícula.'),
    fechaEjecucion: fecha('Fecha a la que corresponde el avance; la de hoy si falta [I, O].').exactOptional(),
    listaModulos: z.array(ModuloV1).min(1),
  })
  .describe('El avance de un alumno en el curso, versión 1 (2021).');

export const Alumno = z
  .object({
    ...AlumnoV1.shape,
    evaluacionFinal: porcentaje('Nota final, de 0 a 100; omítala si no hay. Versión 2 [I].').exactOptional(),
    listaModulos: z.array(Modulo).min(1),
  })
  .describe('El avance de un alumno en el curso.');

export const EnvioV1 = z
  .object({
    rutOtec: z
      .string()
      .regex(/^\d{1,9}-[\dkK]$/)
      .describe('RUT de la OTEC, sin puntos y con guion [S].'),
    idSistema: z.literal(ID_SISTEMA).describe('Siempre 1350 [S].'),
    token: z
      .string()
      .regex(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
      .describe('UUID en mayúsculas [S], de sistemas.sence.cl/rts [I].'),
    codigoOferta: codigo('Código del curso, entregado por SIC [S].'),
    codigoGrupo: codigo('Código de la sección o grupo, entregado por SIC [S].'),
    listaAlumnos: z.array(AlumnoV1).min(1),
  })
  .describe('Cuerpo de enviarAvance, versión 1 (2021): un curso (oferta + grupo) por llamada.');

export const Envio = z
  .object({
    ...EnvioV1.shape,
    codigoEnvio: z
      .string()
      .exactOptional()
      .describe('Identificador propio del envío; vuelve en el historial como codigo_externo. Versión 2 [I].'),
    ...cantidades,
    listaAlumnos: z.array(Alumno).min(1),
  })
  .describe('Cuerpo de enviarAvance, con los campos de 2023: un curso (oferta + grupo) por llamada.');
