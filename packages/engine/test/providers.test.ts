import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GestorClient } from '@puente-sic/client';
import { type Gestor, startGestor } from '@puente-sic/gestor';
import { checkDigit } from '@puente-sic/protocol';
import { type Source, SourceError } from '@puente-sic/sources';
import { course, MODULOS, rutOf, sourceOf, startProxy, student } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  alertCenter,
  healthOf,
  type Ledger,
  type Otec,
  openLedger,
  type Provider,
  type ServeEvent,
  serve,
} from '../src/index.ts';

const NOCHE = '2026-11-22';
const clock = () => new Date(`${NOCHE}T23:30:00-03:00`);
const [SANA, SIN_TOKEN, SIN_FUENTE, COLGADA] = ['sana', 'sin-token', 'sin-fuente', 'colgada'].map(otecOf) as [
  Otec,
  Otec,
  Otec,
  Otec,
];
const ALL = [COLGADA, SIN_FUENTE, SIN_TOKEN, SANA];

let folder: string;
let gestor: Gestor;
let silence: Awaited<ReturnType<typeof startProxy>>;
let ledger: Ledger;
let web: Server;
/** What each provider's webhook got, by its path. */
let told: Map<string, { tipo: string; clave: string; rutOtec: string }[]>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'puente-otecs-'));
  gestor = await startGestor({ datos: join(folder, 'gestor'), registro: registry(), clock });
  silence = await startProxy(gestor.port, () => 'silence');
  ledger = await openLedger(join(folder, 'estado'));
  const begun = { restaurado: null, ultimaNoche: null, leido: clock().toISOString() };
  await ledger.db
    .insertInto('partida')
    .values(ALL.map(({ rut: rutOtec }) => ({ rutOtec, ...begun })))
    .execute();
  told = new Map();
  web = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const path = request.url ?? '';
    told.set(path, [...(told.get(path) ?? []), JSON.parse(text)]);
    response.end('ok');
  });
  await once(web.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  await new Promise((resolve) => web.close(resolve));
  await ledger.close();
  await silence.close();
  await gestor.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a refused token, a dead source and a Gestor that never answers hold up no other provider', async () => {
  const events: ServeEvent[] = [];
  const stop = new AbortController();
  const service = serve({
    ...{ ledger, version: 2, clock, providers: ALL.map(providerOf), alerts: alerts(), signal: stop.signal },
    clientFor: (otec) =>
      new GestorClient({
        baseUrl: otec === COLGADA ? `http://127.0.0.1:${silence.port}/gestor/API` : gestor.url,
        credenciales: { rutOtec: otec.rut, token: otec === SIN_TOKEN ? OTHER_TOKEN : otec.token },
        clock,
      }),
    onEvent: (event) => {
      events.push(event);
      const settled = new Set(
        events.flatMap(({ kind, rutOtec }) => (kind === 'done' || kind === 'retry' ? rutOtec : [])),
      );
      // The three have had their turn while the fourth still hangs in its first call.
      if (settled.size === 3) stop.abort();
    },
  });
  await once(stop.signal, 'abort');
  expect(events.filter(({ kind }) => kind === 'done')).toMatchObject([{ rutOtec: SANA.rut, noche: NOCHE }]);
  expect(await statesOf(COLGADA)).toEqual(['enviando']);

  // Its line breaks at last, and the service can end.
  await silence.close();
  await service;
  expect(await statesOf(SANA)).toEqual(['aceptado']);
  expect(await statesOf(SIN_TOKEN)).toEqual(['no-enviado']);
  expect(await statesOf(SIN_FUENTE)).toEqual([]);
  expect(await statesOf(COLGADA)).toEqual(['incierto']);

  await alerts().tick();
  const keys = Object.fromEntries([...told].map(([path, all]) => [path, all.map(({ clave }) => clave)]));
  expect(keys).toEqual({
    [`/${SIN_TOKEN.rut}`]: ['token'],
    [`/${SIN_FUENTE.rut}`]: [`fuente:aula ${SIN_FUENTE.rut}`],
  });
  for (const [path, all] of told) for (const { rutOtec } of all) expect(`/${rutOtec}`).toBe(path);

  const morning = new Date('2026-11-23T08:00:00-03:00');
  const { proveedores } = await healthOf(
    ledger,
    ALL.map(({ rut }) => ({ rutOtec: rut })),
    morning,
  );
  const well = proveedores.filter(({ estado }) => estado === 'bien').map(({ rutOtec }) => rutOtec);
  expect(well).toContain(SANA.rut);
  expect(well).not.toContain(SIN_TOKEN.rut);
  expect(well).not.toContain(SIN_FUENTE.rut);
});

test('a webhook that never answers holds up no other provider’s alerts', async () => {
  let isOver = false;
  const deaf = createServer((request) => {
    request.socket.on('close', () => {
      isOver = true;
    });
  });
  await once(deaf.listen(0, '127.0.0.1'), 'listening');
  const center = alertCenter({
    ...{ ledger, clock },
    avisar: [avisarOf(SIN_TOKEN, addressOf(deaf)), avisarOf(SANA)],
  });
  for (const { rut } of [SIN_TOKEN, SANA]) {
    center.take({ kind: 'lost', rutOtec: rut, noche: NOCHE, cursos: [], motivo: 'Estaba apagado.' });
  }
  const ticking = center.tick();
  await once(web, 'request');
  expect(isOver).toBe(false);
  deaf.closeAllConnections();
  await ticking;
  await new Promise((resolve) => deaf.close(resolve));
  expect([...told.keys()]).toEqual([`/${SANA.rut}`]);
});

function otecOf(_: string, index: number): Otec {
  const numero = 76_111_222 + index * 1_371;
  const token = `3D9F6C1A-5B7E-4F20-9A6D-1C2B3A4D5E6${index}`;
  return { rut: `${numero}-${checkDigit(numero)}`, token };
}

function registry() {
  return {
    otecs: ALL.map(({ rut, token }) => ({ rut, nombre: `OTEC ${rut}`, token, vigente: true })),
    alumnos: [],
    cursos: ALL.map(({ rut }) => ({
      ...{ codigoOferta: ofertaOf(rut), codigoGrupo: ofertaOf(rut), rutOtec: rut, nombre: 'Curso de prueba' },
      ...{ fechaInicio: '2026-11-01', fechaFin: '2026-12-31' },
      modulos: MODULOS.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
      alumnos: [{ rut: rutOf(0).text, nombre: 'Persona' }],
    })),
  };
}

function ofertaOf(rut: string): string {
  return `PRUEBA-${rut}`;
}

function providerOf(otec: Otec): Provider {
  const oferta = ofertaOf(otec.rut);
  const own = course([student(0, 10)], { id: oferta, codigoOferta: oferta, codigoGrupo: oferta });
  const source = sourceOf(() => [own], `aula ${otec.rut}`);
  return { otec, sources: [otec === SIN_FUENTE ? dead(source) : source] };
}

/** Lists its courses and cannot be read. */
function dead(source: Source): Source {
  const read = async () => {
    throw new SourceError('down', 'Moodle no responde.', 'Revise Moodle.');
  };
  return { ...source, read };
}

function alerts() {
  return alertCenter({ ledger, clock, avisar: ALL.map((otec) => avisarOf(otec)) });
}

function avisarOf({ rut }: Otec, url = addressOf(web)) {
  return {
    rutOtec: rut,
    otec: `OTEC ${rut}`,
    canales: [{ tipo: 'webhook' as const, url: `${url}/${rut}` }],
    resumenA: null,
  };
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

async function statesOf({ rut }: Otec): Promise<string[]> {
  const rows = await ledger.db.selectFrom('envio').select('estado').where('rutOtec', '=', rut).execute();
  return rows.map(({ estado }) => estado);
}

const OTHER_TOKEN = '00000000-1111-4222-8333-444444444444';
