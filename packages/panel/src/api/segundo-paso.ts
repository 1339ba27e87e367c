import { z } from 'zod';
import { instante, type Ruta } from './base.ts';

// One's own account: a code of a telephone besides the password.

export const segundoPaso = z.object({
  /** Null: the password is enough. */
  desde: instante.nullable(),
});
export const secretoDeSegundoPaso = z.object({
  secreto: z.string(),
  direccion: z.string(),
  /** The address as a QR code: a row of its squares each, `1` dark. */
  qr: z.array(z.string()),
});
const clave = z.string().max(1000);
export const altaDeSegundoPaso = z.object({
  clave,
  /** As it was given, base 32. */
  secreto: z.string().regex(/^[A-Z2-7]{32}$/),
  codigo: z.string().max(20),
});
export const bajaDeSegundoPaso = z.object({ clave });

const RUTA = '/api/segundo-paso';

export const SEGUNDO_PASO = {
  segundoPaso: { metodo: 'GET', ruta: RUTA, rol: 'sesion', responde: segundoPaso },
  secretoDeSegundoPaso: {
    metodo: 'POST',
    ruta: `${RUTA}/secreto`,
    rol: 'sesion',
    responde: secretoDeSegundoPaso,
  },
  /** 401 `credenciales`; 401 `segundo-paso`: the code is none of that secret. */
  ponerSegundoPaso: {
    metodo: 'PUT',
    ruta: RUTA,
    rol: 'sesion',
    pide: altaDeSegundoPaso,
    responde: segundoPaso,
  },
  quitarSegundoPaso: {
    metodo: 'DELETE',
    ruta: RUTA,
    rol: 'sesion',
    pide: bajaDeSegundoPaso,
    responde: segundoPaso,
  },
} as const satisfies Record<string, Ruta>;
