import type { Curso, ProcesoHistorial } from '@puente-sic/protocol';
import { beforeEach, expect, test } from 'vitest';
import { GestorClient } from '../client.ts';
import type { Transport } from '../exchange.ts';
import { type Settled, settleSend } from './settle-send.ts';
import type { KnownProcess, OpenSend, Storage } from './storage.ts';
import { type Asked, ESPERA_INCIERTO_MS } from './wait.ts';

/** The service: what its history has, how it gives it, and its clock. */
let service: {
  entries: unknown[];
  now: Date;
  tellsTime: boolean;
  filtersByCode: boolean;
  /** Only so many entries are given: the first ones. */
  limit: number;
};
/** This computer's clock. */
let here: Date;
let asked: URLSearchParams[];
let known: { processes: KnownProcess[]; highestBefore: number | null };
let send: OpenSend;
let notArrived: number;

beforeEach(() => {
  here = new Date('2026-11-23T01:00:00Z');
  service = { entries: [], now: here, tellsTime: true, filtersByCode: true, limit: 10_000 };
  asked = [];
  known = { processes: [], highestBefore: null };
  notArrived = 0;
  send = {
    codigoEnvio: 'P-20261122-7KQ4M2XW9TBD',
    curso: curso(50, 60),
    version: 2,
    sentAt: here,
    idProceso: null,
    denied: false,
    firstAsked: null,
  };
});

const network: Transport = async ({ url }) => {
  asked.push(url.searchParams);
  const desde = url.searchParams.get('fechaDesde');
  const code = url.searchParams.get('codigo_externo');
  const list = (service.entries as ProcesoHistorial[])
    .filter(({ fecha }) => desde === null || (fecha ?? '').slice(0, 10) >= desde)
    .filter(({ codigo_externo }) => code === null || (service.filtersByCode && codigo_externo === code))
    .slice(0, service.limit);
  return {
    kind: 'reply',
    status: 200,
    headers: service.tellsTime ? { date: service.now.toUTCString() } : {},
    body: Buffer.from(JSON.stringify(list)),
    durationMs: 1,
  };
};

const storage: Storage = {
  otherSends: async () => known,
  noteAsked: async (_send, moment: Asked) => {
    send = { ...send, firstAsked: moment };
  },
  notArrived: async () => {
    notArrived += 1;
  },
};

async function settle(): Promise<Settled['kind']> {
  const credenciales = { rutOtec: '76543210-3', token: '0F2B6C1A-7D34-4E8B-9A55-C3D2E1F0A9B8' };
  const client = new GestorClient({ baseUrl: 'http://127.0.0.1:9', credenciales, transport: network });
  return (await settleSend(send, { client, storage, clock: () => here })).kind;
}

/** Time goes on for both clocks. */
function pass(ms: number): void {
  here = new Date(here.getTime() + ms);
  service.now = new Date(service.now.getTime() + ms);
}

async function settleAfterTheWait(): Promise<Settled['kind']> {
  expect(await settle()).toBe('open');
  pass(ESPERA_INCIERTO_MS);
  return settle();
}

test('nothing is there: proven once the wait is over, and not a moment before', async () => {
  expect(await settle()).toBe('open');
  pass(ESPERA_INCIERTO_MS - 1000);
  expect(await settle()).toBe('open');
  pass(1000);
  expect(await settle()).toBe('not-arrived');
  expect(notArrived).toBe(1);
});

test('it is there: arrived at once, by one question', async () => {
  service.entries = [proceso(7, send.codigoEnvio)];
  expect(await settle()).toBe('arrived');
  expect(asked).toHaveLength(1);
});

test.each([
  ['in another case', 'p-20261122-7kq4m2xw9tbd'],
  ['with blanks', ' P-20261122-7KQ4M2XW9TBD  '],
  ['cut', 'P-20261122-7KQ4M2XW9'],
  ['cut to its date', 'P-20261122'],
  ['not at all', null],
  ['as 0', '0'],
])('its code is given back %s: known all the same before it is called not arrived', async (_how, code) => {
  service.entries = [proceso(7, code)];
  expect(await settleAfterTheWait()).toBe('arrived');
  expect(notArrived).toBe(0);
});

test('the filter answers an empty list though the process is there: it is found by looking through', async () => {
  service.filtersByCode = false;
  service.entries = [proceso(7, send.codigoEnvio)];
  expect(await settleAfterTheWait()).toBe('arrived');
});

test('a service that stamps in UTC, a day on, or a clock here that was ahead: the process is still looked at', async () => {
  service.filtersByCode = false;
  service.entries = [proceso(7, send.codigoEnvio, { fecha: '2026-11-21 23:59:59' })];
  expect(await settleAfterTheWait()).toBe('arrived');
  send = { ...send, firstAsked: null, sentAt: new Date('2027-05-01T00:00:00Z') };
  expect(await settleAfterTheWait()).toBe('arrived');
});

test.each([
  ['another code', 'P-20261122-AAAAAAAAAAAA'],
  ['the code of another sender', 'curso-1'],
])('a process with %s is not its own, though it says the same', async (_which, code) => {
  service.entries = [proceso(7, code)];
  expect(await settleAfterTheWait()).toBe('not-arrived');
});

test('one that says something else is not its own', async () => {
  service.entries = [proceso(7, null, {}, curso(50, 61)), proceso(8, null, {}, curso(50))];
  expect(await settleAfterTheWait()).toBe('not-arrived');
});

test('an entry that cannot be read may be the one: nothing is proven by the others', async () => {
  service.entries = [proceso(6, 'otro'), { fecha: '2026-11-22 22:00:00', listaregistros: 'roto' }];
  expect(await settleAfterTheWait()).toBe('open');
  expect(notArrived).toBe(0);
});

test('a process half written is waited for; after the wait it is what it is', async () => {
  const whole = proceso(7, send.codigoEnvio);
  service.entries = [{ ...whole, listaregistros: whole.listaregistros.slice(0, 1) }];
  expect(await settleAfterTheWait()).toBe('arrived');
});

test('this computer’s clock put right by half an hour meanwhile proves nothing', async () => {
  expect(await settle()).toBe('open');
  pass(60_000);
  here = new Date(here.getTime() + 30 * 60_000);
  expect(await settle()).toBe('open');
  pass(ESPERA_INCIERTO_MS - 60_000);
  here = new Date(here.getTime() - 3 * 3_600_000);
  expect(await settle()).toBe('not-arrived');
});

test('a service that tells no time: counted by this computer’s clock, from the first question', async () => {
  service.tellsTime = false;
  expect(await settleAfterTheWait()).toBe('not-arrived');
});

test('a service that begins to tell its time is waited for by its own clock', async () => {
  service.tellsTime = false;
  expect(await settle()).toBe('open');
  service.tellsTime = true;
  pass(ESPERA_INCIERTO_MS);
  expect(await settleAfterTheWait()).toBe('not-arrived');
});

test('version 1: an earlier process that says the same is not its own', async () => {
  send = { ...send, version: 1 };
  service.entries = [proceso(5, null), proceso(6, null)];
  known = { processes: [{ idProceso: 5, day: '2026-11-22' }], highestBefore: 6 };
  expect(await settleAfterTheWait()).toBe('not-arrived');
  service.entries.push(proceso(7, null), proceso(8, null));
  send = { ...send, firstAsked: null };
  expect(await arrivedAs()).toBe(7);
  // Known by now as another's.
  known = { processes: [5, 7].map((idProceso) => ({ idProceso, day: '2026-11-22' })), highestBefore: 6 };
  expect(await arrivedAs()).toBe(8);
});

test('one that was denied and recorded, behind a list that the service cuts, is found by its code', async () => {
  service.entries = Array.from({ length: 50 }, (_, id) =>
    proceso(id, `otro-${id}`, { fecha: '2026-11-22 10:00:00' }),
  );
  service.limit = 50;
  send = { ...send, denied: true };
  expect(await settle()).toBe('open');
  service.entries.push(proceso(50, send.codigoEnvio, { fecha: '2026-11-22 22:00:00' }));
  expect(await settle()).toBe('arrived');
  expect(notArrived).toBe(0);
});

test('a list that the service cuts proves nothing: one that is known is missing', async () => {
  service.entries = Array.from({ length: 80 }, (_, id) =>
    proceso(id, `otro-${id}`, { fecha: '2026-11-22 10:00:00' }),
  );
  service.limit = 60;
  known = { processes: [{ idProceso: 79, day: '2026-11-22' }], highestBefore: null };
  expect(await settleAfterTheWait()).toBe('open');
  service.limit = 10_000;
  expect(await settle()).toBe('not-arrived');
});

test('a list that ends at fifty is read on from its last day, to the process that stands behind', async () => {
  service.filtersByCode = false;
  const day = (id: number) => `2026-11-${id < 40 ? '21' : '22'} 10:00:00`;
  service.entries = Array.from({ length: 70 }, (_, id) => proceso(id, `otro-${id}`, { fecha: day(id) }));
  service.entries.push(proceso(70, send.codigoEnvio, { fecha: '2026-11-22 22:00:00' }));
  service.limit = 50;
  expect(await settleAfterTheWait()).toBe('arrived');
});

test('fifty of one day and no more to be had: it may be there', async () => {
  service.entries = Array.from({ length: 50 }, (_, id) =>
    proceso(id, `otro-${id}`, { fecha: '2026-11-21 10:00:00' }),
  );
  expect(await settleAfterTheWait()).toBe('open');
});

test('fifty of the last day, and again the same fifty: what stands behind them may be there', async () => {
  service.filtersByCode = false;
  service.entries = Array.from({ length: 60 }, (_, id) =>
    proceso(id, `otro-${id}`, { fecha: '2026-11-22 10:00:00' }),
  );
  service.entries.push(proceso(60, send.codigoEnvio, { fecha: '2026-11-22 22:00:00' }));
  service.limit = 50;
  expect(await settleAfterTheWait()).toBe('open');
});

test('a hundred, and fifty of the last day: a service that cuts would have cut the hundred', async () => {
  service.entries = Array.from({ length: 100 }, (_, id) =>
    proceso(id, `otro-${id}`, { fecha: `2026-11-${id < 50 ? '21' : '22'} 10:00:00` }),
  );
  expect(await settleAfterTheWait()).toBe('not-arrived');
});

test('told as not taken: one look through the history proves it, without a wait', async () => {
  send = { ...send, denied: true };
  expect(await settle()).toBe('not-arrived');
  expect(asked).toHaveLength(1);
  service.entries = [proceso(7, 'p-20261122-7kq4m2xw9tbd')];
  expect(await settle()).toBe('arrived');
  expect(asked).toHaveLength(2);
});

test('a process that an answer has named: by its number; where the history keeps silent, untold and never sent again', async () => {
  send = { ...send, idProceso: 7 };
  expect(await settleAfterTheWait()).toBe('untold');
  service.entries = [proceso(7, null, {}, curso(1))];
  expect(await settle()).toBe('arrived');
  expect(notArrived).toBe(0);
});

test('a service that cannot be asked leaves it open', async () => {
  const broken: Transport = async () => ({
    ...{ kind: 'broken', why: 'timeout', sent: true, proxied: false, error: null, status: null },
    ...{ headers: {}, body: Buffer.alloc(0), durationMs: 1 },
  });
  const credenciales = { rutOtec: '76543210-3', token: '0F2B6C1A-7D34-4E8B-9A55-C3D2E1F0A9B8' };
  const client = new GestorClient({
    baseUrl: 'http://127.0.0.1:9',
    credenciales,
    transport: broken,
    sleep: async () => {},
  });
  expect(await settleSend(send, { client, storage, clock: () => here })).toMatchObject({
    kind: 'not-asked',
    error: { code: 'timeout' },
  });
});

async function arrivedAs(): Promise<number | null> {
  const credenciales = { rutOtec: '76543210-3', token: '0F2B6C1A-7D34-4E8B-9A55-C3D2E1F0A9B8' };
  const client = new GestorClient({ baseUrl: 'http://127.0.0.1:9', credenciales, transport: network });
  const settled = await settleSend(send, { client, storage, clock: () => here });
  return settled.kind === 'arrived' ? settled.matched.idProceso : null;
}

/** Invented students, one module each, with these percentages. */
function curso(...porcentajes: number[]): Curso {
  const dates = { fechaInicio: '2026-08-01', fechaFin: '2026-12-31' };
  return {
    codigoOferta: 'DEMO-26-01-13-0001',
    codigoGrupo: 'DEMO-26-01-13-0001-A',
    listaAlumnos: porcentajes.map((porcentajeAvance, at) => ({
      rutAlumno: 12345678 + at,
      dvAlumno: '5',
      tiempoConectividad: 600,
      porcentajeAvance,
      ...dates,
      listaModulos: [
        { codigoModulo: 'MOD-1', tiempoConectividad: 600, porcentajeAvance, ...dates, listaActividades: [] },
      ],
    })),
  };
}

function proceso(
  id: number,
  codigo_externo: string | null,
  more: { fecha?: string } = {},
  says: Curso = send.curso,
): { listaregistros: object[] } {
  return {
    ...{ id_proceso_externo: String(id), codigo_externo, fecha: '2026-11-22 22:00:01', ...more },
    listaregistros: says.listaAlumnos.map(({ rutAlumno, dvAlumno, porcentajeAvance }) => ({
      ...{ rut_alumno: String(rutAlumno), dv_alumno: dvAlumno, mod_cod: 'MOD-1', estado_registro: '1' },
      mod_porcentaje_avance: porcentajeAvance.toFixed(5),
    })),
  };
}
