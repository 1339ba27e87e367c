import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { createFirstUsuario, enlacesIn, makeEnlace, type Running } from '@puente-sic/app';
import { OTEC, openWorld, sourceOf, type World } from '@puente-sic/testing';
import { createLogger, type Panel, type PanelOptions, type Rol, startPanel } from '../../src/index.ts';
import { shownSetup } from './setup.ts';

export const CLAVE = 'una clave larga y buena';

export interface Office {
  world: World;
  panel: Panel;
  /** Everything that the panel logged. */
  log: string[];
  /** As a browser of this panel does, with this person's cookie. */
  ask(asked: Asked): Promise<Answered>;
  /** The code of a new link from the console. */
  enlace(usuario?: string): Promise<string>;
  /** Makes an account (the first is the administrator's) and opens a session: its cookie. */
  enter(rol: Rol): Promise<string>;
  close(): Promise<void>;
}

export interface Asked {
  method?: string;
  path: string;
  cookie?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answered {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
  /** The body where it is JSON. */
  json: unknown;
  cookie: string | undefined;
  /** By which the browser is told from others the next time; none where nobody came in. */
  mark: string | undefined;
}

/** The real engine, the real Gestor, and the panel before them. */
export async function openOffice(options: Partial<PanelOptions> = {}): Promise<Office> {
  const world = await openWorld();
  const { ledger, clock, clientFor } = world.request();
  const log: string[] = [];
  const provider = {
    otec: { ...OTEC, nombre: 'Capacitaciones de Prueba' },
    sources: [sourceOf(() => world.courses)],
  };
  const running: Running = { providers: [provider], version: 2, clientFor, pendientes: [], ensayo: false };
  const time = clock ?? (() => new Date());
  const place = { config: join(world.datos, 'puente.yaml'), datos: world.datos, env: {} };
  const panel = await startPanel({
    ...{ ledger, clock: time, setup: shownSetup(running, time), port: 0, enlaces: enlacesIn(place, time) },
    use: (work) => work(running),
    clave: async () => 'the key of a test, and of no other',
    logger: createLogger((line) => log.push(line)),
    webFolder: join(world.datos, 'no-pages'),
    ...options,
  });
  const ask = (asked: Asked) => call(panel, asked);
  let admin: string | undefined;
  return {
    ...{ world, panel, log, ask },
    enlace: async (usuario) =>
      (await makeEnlace(place, panel.url, time(), usuario)).url.split('#codigo=')[1] ?? '',
    enter: async (rol) => {
      if (admin === undefined) {
        const body = { usuario: 'Ana', clave: CLAVE };
        await createFirstUsuario(ledger, '127.0.0.1', body, time());
        admin = (await ask({ method: 'POST', path: '/api/sesion', body })).cookie;
      }
      if (rol === 'administrador') return admin ?? '';
      const body = { usuario: `un ${rol}`, clave: CLAVE };
      await ask({ method: 'POST', path: '/api/usuarios', cookie: admin ?? '', body: { ...body, rol } });
      return (await ask({ method: 'POST', path: '/api/sesion', body })).cookie ?? '';
    },
    close: async () => {
      await panel.close();
      await world.close();
    },
  };
}

/** Node's own client, since `fetch` would not let a test say another Host. */
function call(panel: Panel, { method = 'GET', path, cookie, body, headers = {} }: Asked): Promise<Answered> {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const browser = {
    ...(cookie !== undefined && { cookie }),
    ...(sent !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(sent)),
    }),
    ...(method !== 'GET' && { 'x-puente': '1', origin: panel.url }),
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${panel.url}${path}`,
      { method, headers: { ...browser, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = (response.headers['content-type'] ?? '').startsWith('application/json');
          const [set, mark] = response.headers['set-cookie'] ?? [];
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: isJson ? JSON.parse(text) : undefined,
            cookie: set?.split(';')[0],
            mark: mark?.split(';')[0],
          });
        });
      },
    );
    request.on('error', reject);
    request.end(sent);
  });
}
