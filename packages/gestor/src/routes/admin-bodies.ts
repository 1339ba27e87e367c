import { isFecha } from '@puente-sic/protocol';
import { z } from 'zod';

const dia = z
  .string()
  .refine((text) => isFecha(text) && text.length === 10, 'no es una fecha AAAA-MM-DD')
  .meta({ format: 'date', description: 'Día de Santiago, AAAA-MM-DD.' });

/** Bodies of /admin: what checks them is what documents them. */
export const otecChange = z.strictObject({
  vigente: z.boolean().meta({ description: 'Si la OTEC puede enviar y consultar.' }),
});

export const newToken = z.strictObject({
  token: z
    .string()
    .optional()
    .meta({ description: 'UUID; si no viene, el servicio crea uno y lo muestra una sola vez.' }),
  desde: dia.nullable().default(null),
  hasta: dia.nullable().default(null),
});

export const publication = z.strictObject({ dia });
