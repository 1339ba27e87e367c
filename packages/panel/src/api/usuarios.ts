import { isNombre, readsAsOurs } from '@puente-sic/app';
import { z } from 'zod';
import { instante, nada, type Ruta, rol } from './base.ts';

// Who may come in, and what they did.

/**
 * As the audit names somebody: what cannot be seen, or reads as another program's or person's line there, is no name.
 * Accounts and keys of before keep theirs.
 */
const nombre = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1, 'falta: escriba un nombre')
  .max(80, 'puede tener hasta 80 letras')
  .refine(
    isNombre,
    "solo puede llevar letras de nuestro alfabeto, con sus tildes y la ñ, números, espacios y . _ - @ + '",
  )
  .refine((text) => !readsAsOurs(text), 'es como Puente nombra a otros en la bitácora: use otro');
export const usuarioNuevo = z.object({
  usuario: nombre,
  /** At least 12 characters. */
  clave: z.string().min(12, 'debe tener al menos 12 caracteres').max(200),
});
export const enlaceAbierto = z.object({ codigo: z.string().max(100), cuenta: usuarioNuevo.optional() });
export const credenciales = z.object({
  usuario: z.string().max(200),
  clave: z.string().max(1000),
  /** Of the second step, where the account has one. */
  codigo: z.string().max(20).optional(),
});

export const sesion = z.object({
  /** `primer-uso`: an account is to be made, with the link that `puente servir` shows. */
  estado: z.enum(['primer-uso', 'cerrada', 'abierta']),
  usuario: z.object({ usuario: z.string(), rol }).nullable(),
  /** What is sent goes to a rehearsal's Gestor, and not to SENCE. */
  ensayo: z.boolean(),
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
export const altaDeClaveApi = z.object({ nombre, rol });
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

export const USUARIOS = {
  sesion: { metodo: 'GET', ruta: '/api/sesion', rol: 'nadie', responde: sesion },
  /**
   * With the code of a link of this computer, good once and for ten minutes. A link that is somebody's opens a session;
   * any other asks for `cuenta` (`primer-uso`), and with it makes an administrator or gives one a new password. 403
   * `enlace`: the code opens nothing.
   */
  abrirEnlace: { metodo: 'POST', ruta: '/api/enlace', rol: 'nadie', pide: enlaceAbierto, responde: sesion },
  /** 401 `credenciales`; 401 `segundo-paso`: the code is missing, or not the one of now; 429 `bloqueado` with Retry-After. */
  ingresar: { metodo: 'POST', ruta: '/api/sesion', rol: 'nadie', pide: credenciales, responde: sesion },
  salir: { metodo: 'DELETE', ruta: '/api/sesion', rol: 'nadie', responde: sesion },
  cambiarClave: { metodo: 'PUT', ruta: '/api/clave', rol: 'sesion', pide: cambioDeClave, responde: nada },
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
} as const satisfies Record<string, Ruta>;
