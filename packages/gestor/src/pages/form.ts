import type { FastifyRequest } from 'fastify';
import { Refusal } from '../http/refusal.ts';
import { isObject, type JsonObject } from '../judge/values.ts';

/** Fields of a form (`application/x-www-form-urlencoded`) or of a JSON object, as they were sent. */
export function readFields(request: FastifyRequest): JsonObject {
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  if (isForm(request)) return Object.fromEntries(new URLSearchParams(text));
  try {
    const fields: unknown = JSON.parse(text);
    if (isObject(fields)) return fields;
  } catch {
    // Told below, like any other body that is not an object.
  }
  throw new Refusal(400, 'El cuerpo debe ser un objeto JSON.');
}

export function isForm(request: FastifyRequest): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}
