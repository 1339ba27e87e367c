import { Agent, request } from 'node:http';
import { ROLES } from '@puente-sic/app';
import { startGestor } from '@puente-sic/gestor';
import { API, type Ruta } from '@puente-sic/panel';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REGISTRO } from '../../packages/cli/e2e/support/data.ts';
import { type Office, openOffice } from '../../packages/panel/test/support/office.ts';
import { oddBody, oddText, oddType, part, REQUESTS, SEED } from './hostile.ts';

/** Whatever is asked is answered within this time. */
const LIMIT_MS = 20_000;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

let office: Office;
const cookies: string[] = [''];
beforeAll(async () => {
  office = await openOffice();
  for (const rol of ROLES) cookies.push(await office.enter(rol));
});
afterAll(async () => {
  agent.destroy();
  await office.close();
});

/** Status and body; a request that Node itself refuses to send is none. */
function ask(
  origin: string,
  { method, path, headers, body }: Asked,
): Promise<{ status: number; text: string } | null> {
  return new Promise((resolve, reject) => {
    try {
      const sent = request(origin, { method, path, headers, agent, timeout: LIMIT_MS }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString('latin1');
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.on('timeout', () => sent.destroy(new Error(`No answer within the limit: ${method} ${path}`)));
      sent.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(null) : reject(error),
      );
      sent.end(method === 'GET' ? undefined : body);
    } catch (error) {
      if (error instanceof TypeError) resolve(null);
      else reject(error);
    }
  });
}

const sessionEnds: readonly string[] = ['eventos', 'salir'];
const routes = Object.entries(API).flatMap(([name, route]: [string, Ruta]) =>
  sessionEnds.includes(name) ? [] : [route],
);
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];

/** A route of the panel, or nearly; asked by anybody. */
const toPanel: fc.Arbitrary<Asked> = fc
  .record({
    route: fc.constantFrom(...routes),
    odd: fc.array(oddText, { minLength: 5, maxLength: 5 }),
    query: fc.option(fc.dictionary(oddText, oddText, { maxKeys: 3 })),
    method: fc.option(fc.constantFrom(...METHODS), { freq: 6 }),
    cookie: fc.nat({ max: ROLES.length }),
    body: oddBody,
    type: oddType,
    header: fc.option(oddText),
  })
  .map(({ route, odd, query, method, cookie, body, type, header }) => {
    let at = 0;
    const place = route.ruta.replace(/:\w+/g, () => part(odd[at++ % 5] ?? ''));
    const search = query === null ? '' : `?${new URLSearchParams(query)}`;
    const asked = method ?? route.metodo;
    return {
      method: asked,
      path: place + search,
      body,
      headers: {
        ...(cookies[cookie] && { cookie: cookies[cookie] }),
        ...(type !== '' && { 'content-type': type }),
        ...(header !== null && { 'x-forwarded-for': header.replace(/[^\x20-\x7e]/g, '') }),
        'x-puente': '1',
      },
    };
  });

test(`the panel answers whatever it is asked, without a 5xx and without its insides (seed ${SEED})`, async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(toPanel, async (asked) => {
      const answer = await ask(office.panel.url, asked);
      if (answer === null) return;
      answered += 1;
      expect(answer.status, `${asked.method} ${asked.path}`).toBeLessThan(500);
      expect(answer.text).not.toMatch(/node_modules|at \S+ \(file:|SQLITE|argon2id/);
    }),
    { numRuns: REQUESTS, seed: SEED, endOnFailure: true },
  );
  expect(answered).toBeGreaterThan(REQUESTS / 2);
  expect((await office.ask({ path: '/api/sesion' })).status).toBe(200);
  expect(office.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
}, 3_600_000);

const toGestor: fc.Arbitrary<Asked> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'PUT', 'DELETE'),
  path: fc
    .tuple(
      fc.constantFrom('/avance-sic', '/avance-sic/historialEnvios', '/avance-sic/x', '/'),
      fc.dictionary(fc.constantFrom('rutOtec', 'idSistema', 'token', 'x'), oddText),
    )
    .map(([path, query]) => `/gestor/API${path}?${new URLSearchParams(query)}`),
  headers: oddType.map((type): Record<string, string> => (type === '' ? {} : { 'content-type': type })),
  body: oddBody,
});

test(`so does the Gestor (seed ${SEED})`, async () => {
  const gestor = await startGestor({ datos: office.world.datos.concat('-gestor'), registro: REGISTRO });
  try {
    await fc.assert(
      fc.asyncProperty(toGestor, async (asked) => {
        const answer = await ask(new URL(gestor.url).origin, asked);
        if (answer !== null) expect(answer.status, `${asked.method} ${asked.path}`).not.toBe(500);
      }),
      { numRuns: REQUESTS, seed: SEED, endOnFailure: true },
    );
  } finally {
    await gestor.close();
  }
}, 3_600_000);
