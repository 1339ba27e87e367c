import type { z } from 'zod';
import { ALUMNOS } from './api/alumno.ts';
import type { Ruta } from './api/base.ts';
import { BUSCAR } from './api/buscar.ts';
import { CONCILIACION } from './api/conciliacion.ts';
import { CURSOS } from './api/curso.ts';
import { DECISIONES } from './api/decisiones.ts';
import { EJEMPLOS } from './api/ejemplos.ts';
import { ENVIOS } from './api/envios.ts';
import { ERRORES } from './api/errores.ts';
import { EVENTOS } from './api/eventos.ts';
import { HOY } from './api/hoy.ts';
import { INSTALACION } from './api/instalacion.ts';
import { OTROS_LMS } from './api/otros-lms.ts';
import { PERSONAS } from './api/personas.ts';
import { PLANILLAS } from './api/planillas.ts';
import { POR_CERRAR } from './api/por-cerrar.ts';
import { SEGUNDO_PASO } from './api/segundo-paso.ts';
import { TRABAJOS } from './api/trabajos.ts';
import { USUARIOS } from './api/usuarios.ts';

export * from './api/alumno.ts';
export * from './api/base.ts';
export * from './api/buscar.ts';
export * from './api/conciliacion.ts';
export * from './api/curso.ts';
export * from './api/decisiones.ts';
export * from './api/ejemplos.ts';
export * from './api/envios.ts';
export * from './api/errores.ts';
export * from './api/eventos.ts';
export * from './api/hoy.ts';
export * from './api/instalacion.ts';
export * from './api/otros-lms.ts';
export * from './api/personas.ts';
export * from './api/planillas.ts';
export * from './api/por-cerrar.ts';
export * from './api/segundo-paso.ts';
export * from './api/trabajos.ts';
export * from './api/usuarios.ts';

/**
 * The contract of the panel's API: every route's request and answer. Bodies are JSON; instants are ISO 8601 in UTC;
 * `noche` and other dates are `YYYY-MM-DD` in America/Santiago; percentages are 0–100; times of study are seconds.
 *
 * Rules for a browser: the session is a cookie; every request other than GET carries the header `X-Puente: 1`.
 * Anybody else sends `Authorization: Bearer <API key>`. Every failure is answered with `Falla`.
 *
 * `rol`: the least that is needed; `nadie`: open to all; `sesion`: anybody with a session of
 * their own (no API key). `ruta` names what stands in the path, `filtro` what stands in the query, `pide` is the body.
 */
export const API = {
  ...USUARIOS,
  ...SEGUNDO_PASO,
  ...PERSONAS,
  ...HOY,
  ...ERRORES,
  ...CURSOS,
  ...ALUMNOS,
  ...ENVIOS,
  ...TRABAJOS,
  ...DECISIONES,
  ...CONCILIACION,
  ...EVENTOS,
  ...INSTALACION,
  ...OTROS_LMS,
  ...BUSCAR,
  ...PLANILLAS,
  ...EJEMPLOS,
  ...POR_CERRAR,
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
