import type { z } from 'zod';
import type * as contract from '../../src/api.ts';
import { conPalabras } from './en-palabras.ts';
import { guardar } from './guardar.ts';
import { estaSola } from './presencia.ts';

/** What the panel's API answers, by the name of its schema in the contract. */
export type Of<K extends keyof typeof contract> = (typeof contract)[K] extends z.ZodType
  ? z.infer<(typeof contract)[K]>
  : never;

/** A failure as the server told it: what happened and what to do, in Spanish. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly codigo: string;
  readonly queHacer: string;
  constructor(status: number, told: contract.Falla['error']) {
    super(told.mensaje);
    this.status = status;
    this.codigo = told.codigo;
    this.queHacer = told.queHacer;
  }
}

type Query = Record<string, string | number | boolean | undefined>;

export function leer<K extends keyof typeof contract>(path: string, query: Query = {}): Promise<Of<K>> {
  return ask('GET', `${path}${search(query)}`).then(async (response) => conPalabras(await response.json()));
}

/** Anything but a reading, of which the answer matters. */
export async function pedir<K extends keyof typeof contract>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Of<K>> {
  return conPalabras(await (await ask(method, path, body)).json());
}

/** Anything but a reading, of which only matters that it was done. */
export async function mandar(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void> {
  await ask(method, path, body);
}

/** Hands over a file as it is. */
export async function subir<K extends keyof typeof contract>(path: string, file: Blob): Promise<Of<K>> {
  return conPalabras(await (await ask('PUT', path, file)).json());
}

/** A file, to be used by the page. */
export async function traer(path: string): Promise<Blob> {
  return (await ask('GET', path)).blob();
}

/** A file to keep, by the name that the server gives it. */
export async function descargar(path: string, query: Query): Promise<void> {
  const response = await ask('GET', `${path}${search(query)}`);
  const name = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  guardar(await response.blob(), name ?? 'puente-sic');
}

/** The address of a course's routes. */
export function rutaCurso({ rutOtec, codigoOferta, codigoGrupo }: contract.CursoClave): string {
  return ['/api/cursos', rutOtec, codigoOferta, codigoGrupo]
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join('/');
}

async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      // What tells our page from somebody else's form.
      ...(method !== 'GET' && { 'x-puente': '1' }),
      // A page that follows the night with nobody before it keeps no session open.
      ...(method === 'GET' && estaSola() && { 'x-puente-sola': '1' }),
      ...(body !== undefined && {
        'content-type': body instanceof Blob ? 'application/octet-stream' : 'application/json',
      }),
    },
    ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
  });
  if (response.ok) return response;
  throw new ApiError(response.status, await told(response));
}

/** A proxy in between, or a crash, does not speak the contract. */
async function told(response: Response): Promise<contract.Falla['error']> {
  const text = await response.text();
  try {
    const { error }: Partial<contract.Falla> = JSON.parse(text);
    if (error) return conPalabras(error);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return {
    codigo: 'desconocido',
    mensaje: `El panel respondió algo inesperado (HTTP ${response.status}).`,
    queHacer: 'Reintente. Si sigue, mire el registro de Puente en el servidor.',
  };
}

function search(query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(key, String(value));
  }
  return params.size === 0 ? '' : `?${params}`;
}
