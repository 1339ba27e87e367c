import { z } from 'zod';
import type { Llamada } from './call.ts';
import type { PerfilId } from './profile.ts';

const rechazo = z.object({
  rut: z.string().nullable(),
  codigoModulo: z.string().nullable(),
  codigo: z.string(),
  mensaje: z.string(),
});

const object = z.record(z.string(), z.unknown());

const llamada = z.object({
  n: z.int(),
  recibida: z.iso.datetime(),
  endpoint: z.enum(['enviarAvance', 'historialEnvios']),
  token: z.enum(['correcto', 'en-minusculas', 'de-prueba-malo', 'otro', 'ausente']),
  tipoContenido: z.string().nullable(),
  enDireccion: z.array(z.string()),
  cuerpo: object.nullable(),
  camposAjenos: z.array(z.string()),
  consulta: z.record(z.string(), z.string()),
  falla: z.string().nullable(),
  respuesta: z.object({ status: z.int(), historial: z.boolean(), texto: z.string() }).nullable(),
  rendida: z.boolean(),
  segundos: z.number(),
  hasta: z.int(),
  aceptados: z.array(z.string()),
  rechazos: z.array(rechazo),
});

const desde = z.int();
const programa = z.object({
  nombre: z.string(),
  version: z.string(),
  perfil: z.enum(['completo', 'version-1', 'version-2']),
});

const linea = z.object({
  n: z.int(),
  real: z.iso.datetime(),
  kit: z.iso.datetime(),
  hash: z.string(),
  evento: z.discriminatedUnion('tipo', [
    z.object({ tipo: z.literal('arranque'), kit: z.string(), segundosLenta: z.number() }),
    z.object({ tipo: z.literal('programa'), programa }),
    z.object({ tipo: z.literal('inicio'), desde }),
    z.object({ tipo: z.literal('reintento'), escenario: z.string(), desde }),
    z.object({ tipo: z.literal('reloj'), de: z.iso.datetime(), a: z.iso.datetime(), desde }),
    z.object({ tipo: z.literal('llamada'), llamada }),
  ]),
});

/** Whether a value is a line of a record: a report comes from others, who may have written anything into it. */
export function isLinea(value: unknown): value is Linea {
  return linea.safeParse(value).success;
}

/** One line of the record. Each holds the hash of the one before, so that none can be changed or taken out alone. */
export interface Linea {
  n: number;
  /** The computer's clock, ISO 8601 in UTC. */
  real: string;
  /** The kit's clock, which can be moved. */
  kit: string;
  evento: Evento;
  /** SHA-256 over the hash of the line before and this line's other fields. */
  hash: string;
}

/** Which program is certified, in which profile. */
export interface Programa {
  /** Empty while nobody has said it. */
  nombre: string;
  version: string;
  perfil: PerfilId;
}

/** What the kit writes down; `desde`: how many calls had begun before it. */
export type Evento =
  | { tipo: 'arranque'; kit: string; segundosLenta: number }
  | { tipo: 'programa'; programa: Programa }
  | { tipo: 'inicio'; desde: number }
  | { tipo: 'reintento'; escenario: string; desde: number }
  | { tipo: 'reloj'; de: string; a: string; desde: number }
  | { tipo: 'llamada'; llamada: Llamada };
