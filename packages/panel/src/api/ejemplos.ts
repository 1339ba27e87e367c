import { z } from 'zod';
import type { Ruta } from './base.ts';

// Files of a rehearsal's invented provider, put right: to be handed over as its people would.

export const ejemplos = z.object({ archivos: z.array(z.string()) });

export const EJEMPLOS = {
  ejemplos: { metodo: 'GET', ruta: '/api/ejemplos', rol: 'operador', responde: ejemplos },
  ejemplo: {
    metodo: 'GET',
    ruta: '/api/ejemplos/:archivo',
    rol: 'operador',
    responde: 'application/octet-stream',
  },
} as const satisfies Record<string, Ruta>;
