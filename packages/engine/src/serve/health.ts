import { createServer, type Server } from 'node:http';
import { Temporal } from '@js-temporal/polyfill';
import { badCondiciones } from '../ledger/avisos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { nocheRows } from '../ledger/noches.ts';
import { currentNight, nightOf, VENTANA_OFICIAL, type Ventana } from '../window.ts';

/** What `GET /salud` says. */
export interface Salud {
  estado: 'bien' | 'mal';
  proveedores: {
    rutOtec: string;
    estado: 'bien' | 'mal';
    /** The last night whose window is over. */
    noche: string;
    cursos: number;
    perdidos: number;
    pendientes: number;
    /** What is not well now: token, connection, sources, clock. */
    problemas: { clave: string; mensaje: string; desde: string }[];
  }[];
}

/** Red when the last night was missed, wholly or in part, or when something is broken now. */
export async function healthOf(
  ledger: Ledger,
  providers: readonly { rutOtec: string; ventana?: Ventana }[],
  now: Date,
): Promise<Salud> {
  const proveedores = await Promise.all(
    providers.map(async ({ rutOtec, ventana = VENTANA_OFICIAL }) => {
      const noche = lastWholeNight(now, ventana);
      const rows = await nocheRows(ledger.db, rutOtec, noche);
      const perdidos = rows.filter(({ estado }) => estado === 'perdida').length;
      const pendientes = rows.filter(({ estado }) => estado === 'pendiente').length;
      const problemas = (await badCondiciones(ledger.db, rutOtec)).map(({ clave, mensaje, desde }) => ({
        clave,
        mensaje,
        desde,
      }));
      const estado = perdidos > 0 || problemas.length > 0 ? ('mal' as const) : ('bien' as const);
      return { rutOtec, estado, noche, cursos: rows.length, perdidos, pendientes, problemas };
    }),
  );
  return { estado: proveedores.some(({ estado }) => estado === 'mal') ? 'mal' : 'bien', proveedores };
}

/** `GET /salud`: 200 when well, 503 when not; nothing else, and nothing about students. */
export async function startHealth(
  { host = '127.0.0.1', port }: { host?: string; port: number },
  health: () => Promise<Salud>,
): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/salud') return void response.writeHead(404).end();
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(`${JSON.stringify(body)}\n`);
    };
    health().then(
      (salud) => answer(salud.estado === 'bien' ? 200 : 503, salud),
      () => answer(500, { estado: 'mal', proveedores: [] }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

function lastWholeNight(now: Date, ventana: Ventana): string {
  const night = currentNight(now, ventana);
  if (now >= night.end) return night.noche;
  return nightOf(Temporal.PlainDate.from(night.noche).subtract({ days: 1 }).toString(), ventana).noche;
}
