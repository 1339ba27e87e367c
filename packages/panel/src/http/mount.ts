import { ROLES, type Running } from '@puente-sic/app';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NOBODY } from '../access/access.ts';
import type { Who } from '../access/who.ts';
import { API, type Nombre, type Respuesta, type Ruta } from '../api.ts';
import type { Context } from '../context.ts';
import { Refusal } from './refusal.ts';

/** What a route is handed: who asks, and what was asked, judged already. */
export interface Input<N extends Nombre> {
  who: Who;
  params: Params<(typeof API)[N]['ruta']>;
  filtro: (typeof API)[N] extends { filtro: infer F extends z.ZodType } ? z.output<F> : undefined;
  pide: (typeof API)[N] extends { pide: infer P extends z.ZodType } ? z.output<P> : undefined;
  /** The providers in force, their sources open until the route has answered. */
  running: Running;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Aborted when whoever asks has gone. */
  signal: AbortSignal;
}

/** What a route gives back: JSON in which instants may still be dates, or a file. */
type Output<N extends Nombre> = (typeof API)[N]['responde'] extends z.ZodType
  ? Live<Respuesta<N>>
  : FastifyReply;

/** Adds one route of the contract. */
export type Mount = <N extends Nombre>(name: N, handler: (input: Input<N>) => Promise<Output<N>>) => void;

/** Every route is guarded here, by what the contract says of it. */
export function mounter(app: FastifyInstance, { access, use }: Context): Mount {
  const asking = new WeakMap<FastifyRequest, Who>();
  return (name, handler) => {
    const route: Ruta = API[name];
    app.route({
      method: route.metodo,
      ...(route.recibe && { bodyLimit: FILE_LIMIT }),
      url: route.ruta,
      // Before a byte of the body is read.
      onRequest: async (request) => {
        // A page that follows the night by itself says so; the stream that tells it when to does nothing else.
        const isUse = name !== 'eventos' && request.headers['x-puente-sola'] !== '1';
        const who = await access.whoAsks(request, isUse);
        authorise(route, who);
        asking.set(request, who);
      },
      handler: async (request, reply) => {
        const who = asking.get(request) ?? NOBODY;
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        const input = {
          ...{ who, params: request.params, request, reply, signal: gone.signal },
          filtro: route.filtro && parse(route.filtro, request.query),
          pide: route.pide && parse(route.pide, request.body ?? {}),
        };
        return use((running) => handler({ ...input, running } as Input<typeof name>));
      },
    });
  };
}

/** A provider's largest spreadsheets have some megabytes. */
const FILE_LIMIT = 16 * 1024 * 1024;

function authorise({ rol, persona = rol === 'sesion' }: Ruta, who: Who): void {
  if (rol === 'nadie') return;
  if (who.rol === null) {
    throw new Refusal(
      401,
      'sin-sesion',
      'Su sesión se cerró o nunca se abrió.',
      'Ingrese con su usuario y su clave.',
    );
  }
  if (persona && who.kind !== 'usuario') {
    throw new Refusal(
      403,
      'sin-permiso',
      'Esto lo hace una persona con su propia sesión, no una clave de API.',
      'Ingrese al panel con su usuario y su clave.',
    );
  }
  const needed = rol === 'sesion' ? 'lector' : rol;
  if (ROLES.indexOf(who.rol) >= ROLES.indexOf(needed)) return;
  throw new Refusal(
    403,
    'sin-permiso',
    `Esto lo puede hacer solo quien tiene el rol «${needed}»; el suyo es «${who.rol}».`,
    'Pídalo a quien administra puente en su OTEC.',
  );
}

function parse(schema: z.ZodObject, value: unknown): unknown {
  const parsed = schema.safeParse(value, { error: SPANISH });
  if (parsed.success) return parsed.data;
  const what = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new Refusal(
    400,
    'solicitud',
    `La solicitud no tiene la forma esperada. ${what}`,
    'Corrija lo indicado.',
  );
}

const SPANISH = z.locales.es().localeError;

/** The names after the colons of a path. */
type Params<R extends string> = R extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & Params<`/${Rest}`>
  : R extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : unknown;

/** As the verbs give it: what is an instant's text in JSON is a date still. */
type Live<T> = T extends string
  ? T | (string extends T ? Date : never)
  : T extends readonly (infer Item)[]
    ? readonly Live<Item>[]
    : T extends object
      ? { [K in keyof T]: Live<T[K]> }
      : T;
