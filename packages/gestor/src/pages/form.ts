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

/** What a browser's form sends. `curl -d '{…}'` says that it is a form, and is JSON all the same. */
export function isForm(request: FastifyRequest): boolean {
  const { headers, body } = request;
  const isJson = Buffer.isBuffer(body) && /^\s*[{[]/.test(body.subarray(0, 100).toString('utf8'));
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true && !isJson;
}
