import type { FastifyRequest } from 'fastify';
import { Refusal } from './refusal.ts';

/** The file that was handed over. */
export function bodyOf({ body }: FastifyRequest): Buffer {
  if (Buffer.isBuffer(body) && body.length > 0) return body;
  throw new Refusal(400, 'solicitud', 'No llegó ningún archivo, o está vacío.', 'Elija el archivo otra vez.');
}
