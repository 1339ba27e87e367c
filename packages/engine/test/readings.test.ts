import { join } from 'node:path';
import { GestorClient, type Transport } from '@puente-sic/client';
import type { ProcesoHistorial, RegistroHistorial } from '@puente-sic/protocol';
import {
  course,
  MODULOS,
  modulo,
  OFERTA,
  OTEC,
  openWorld,
  rutOf,
  student,
  type World,
} from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  backup,
  confirmNight,
  nightRunner,
  providersToSync,
  reconcile,
  restore,
  send,
  syncFromHistory,
} from '../src/index.ts';
import { takeLease } from '../src/lease.ts';
import { aceptadosOf, saveAceptados } from '../src/ledger/aceptados.ts';

let world: World;
/** How the service tells its history, where it differs from our Gestor's. */
let retell: (processes: ProcesoHistorial[]) => unknown[];
let posts: number;
let gets: number;
beforeEach(async () => {
  world = await openWorld();
  world.courses = [course([student(0, 60)])];
  retell = (processes) => processes;
  posts = 0;
  gets = 0;
});
afterEach(() => world.close());

const network: Transport = async ({ method, url, headers, body }) => {
  const response = await fetch(url, { method, headers, ...(body && { body: Buffer.from(body) }) });
  const text = await response.text();
  if (method === 'POST') posts += 1;
  else gets += 1;
  const said = method === 'GET' ? JSON.stringify(retell(JSON.parse(text))) : text;
  const date = { date: response.headers.get('date') ?? '' };
  return { kind: 'reply', status: response.status, headers: date, body: Buffer.from(said), durationMs: 1 };
};

const clientFor = () =>
  new GestorClient({
    ...{ baseUrl: world.gestor.url, transport: network, clock: () => world.time.now, sleep: async () => {} },
    credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
  });
const request = () => world.request({ clientFor });
const KEY = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };

/** Sent by another tool: our ledger does not know it. */
async function sentElsewhere(): Promise<void> {
  const { openLedger } = await import('../src/index.ts');
  const other = await openLedger(join(world.datos, 'otra'));
  await send(world.request({ ledger: other }));
  await other.close();
}

const eachRecord =
  (change: (registro: RegistroHistorial) => Partial<RegistroHistorial>) => (processes: ProcesoHistorial[]) =>
    processes.map((proceso) => ({
      ...proceso,
      listaregistros: proceso.listaregistros.map((registro) => ({ ...registro, ...change(registro) })),
    }));

/** A process of nobody's, and an entry that cannot be read. */
const UNREADABLE = [{ id_proceso_externo: '900', listaregistros: [] }, { listaregistros: 'roto' }];

const READINGS = [
  ['the group', (processes: ProcesoHistorial[]) => processes],
  ['the module’s code', eachRecord(({ mod_cod }) => ({ seccion_cod: mod_cod }))],
  ['nothing', eachRecord(() => ({ seccion_cod: null }))],
] as const;

test.each(READINGS)(
  'seccion_cod is %s: what another tool sent holds back what is lower',
  async (_what, reading) => {
    retell = reading;
    await sentElsewhere();
    expect(await syncFromHistory(request())).toMatchObject([{ registros: 2, nuevos: 2, ilegibles: 0 }]);
    expect(await syncFromHistory(request())).toMatchObject([{ nuevos: 0, cambiados: 0 }]);
    world.courses = [course([student(0, 30)])];
    expect((await send(request())).envios).toMatchObject([{ resultado: 'retenido', retenidos: 2 }]);
  },
);

test.each(READINGS)(
  'seccion_cod is %s: what we sent is found, and nothing is called missing',
  async (_what, reading) => {
    retell = reading;
    await send(request());
    expect(await reconcile(request())).toMatchObject({
      comparados: 2,
      iguales: 2,
      diferencias: [],
      avisos: [],
    });
    await syncFromHistory(request());
    expect(await reconcile(request())).toMatchObject({ comparados: 2, iguales: 2, diferencias: [] });
    const rows = await world.ledger.db.selectFrom('aceptado').select('codigoGrupo').execute();
    expect(new Set(rows.map(({ codigoGrupo }) => codigoGrupo))).toEqual(new Set([OFERTA]));
  },
);

test.each(READINGS)(
  'seccion_cod is %s: what only SENCE has is named once, and what both have is equal',
  async (_what, reading) => {
    retell = reading;
    world.courses = [course([student(0, 60), student(1, 60)])];
    await sentElsewhere();
    world.courses = [course([student(0, 60)])];
    const { diferencias, iguales } = await reconcile(request());
    expect(iguales).toBe(2);
    expect(diferencias.map(({ rut, tipo }) => `${rut} ${tipo}`)).toEqual(
      Array.from({ length: 2 }, () => `${rutOf(1).text} desconocido-en-lms`),
    );
  },
);

test('a difference below the fifth decimal is none; one above it is', async () => {
  await send(request());
  retell = eachRecord(() => ({ mod_porcentaje_avance: '60.000004' }));
  expect(await reconcile(request())).toMatchObject({ iguales: 2, diferencias: [] });
  retell = eachRecord(() => ({ mod_porcentaje_avance: '60.00002' }));
  expect((await reconcile(request())).diferencias).toMatchObject([
    { tipo: 'valor-distinto' },
    { tipo: 'valor-distinto' },
  ]);
});

test('processes count in the order of their numbers, however the history lists them', async () => {
  await sentElsewhere();
  world.courses = [course([student(0, 80)])];
  await sentElsewhere();
  for (const order of [1, -1]) {
    retell = (processes) =>
      processes.toSorted((a, b) => order * (Number(a.id_proceso_externo) - Number(b.id_proceso_externo)));
    await world.ledger.db.deleteFrom('aceptado').execute();
    await world.ledger.db.deleteFrom('historial').execute();
    await syncFromHistory(request());
    const rows = [...(await aceptadosOf(world.ledger.db, KEY)).values()];
    expect(rows.map(({ porcentajeAvance }) => porcentajeAvance)).toEqual([80, 80]);
  }
});

test('what is odd is told and never dropped or thrown', async () => {
  world.courses = [course([student(0, 60), student(1, 60)])];
  await sentElsewhere();
  retell = (processes) => [
    { listaregistros: 'roto' },
    ...eachRecord(({ rut_alumno, dv_alumno }) =>
      rut_alumno === String(rutOf(0).numero)
        ? { rut_alumno: `${rut_alumno}-${dv_alumno}`, dv_alumno: null }
        : { estado_registro: null },
    )(processes).map((proceso) => ({ ...proceso, fecha: '0000-00-00 00:00:00' })),
  ];
  const [read] = await syncFromHistory(request());
  // One entry, one date, two records without a state.
  expect(read).toMatchObject({ registros: 2, ilegibles: 4, falla: null });
  expect(read?.avisos).toHaveLength(3);
  const rows = await world.ledger.db.selectFrom('aceptado').selectAll().execute();
  expect(new Set(rows.map(({ rut }) => rut))).toEqual(new Set([rutOf(0).text]));
});

test('an entry that cannot be read: what is missing is not called missing', async () => {
  await send(request());
  retell = () => UNREADABLE;
  expect(await reconcile(request())).toMatchObject({ comparados: 0, sinComparar: 2, diferencias: [] });
});

test('what the history shows without saying as what is not called missing either', async () => {
  await send(request());
  retell = eachRecord(() => ({ estado_registro: null }));
  const unsaid = await reconcile(request());
  expect(unsaid).toMatchObject({ comparados: 0, sinComparar: 2, diferencias: [] });
  expect(unsaid.avisos).toHaveLength(1);
});

test('a history that the service cuts is noticed: nothing is called missing by it, and it is read again whole', async () => {
  await world.begun();
  await send(request());
  retell = () => [];
  const cut = await reconcile(request());
  expect(cut).toMatchObject({ sinComparar: 2, diferencias: [] });
  expect(cut.avisos[0]?.mensaje).toContain('cortado');
  expect(await syncFromHistory(request())).toMatchObject([{ cortado: true }]);
  expect(await world.ledger.db.selectFrom('historial').selectAll().execute()).toEqual([]);
});

test('a later reading asks only from the day before the last one that was read', async () => {
  await world.begun();
  await send(request());
  const days: (string | null)[] = [];
  const watched = () => {
    const transport: Transport = (asked) => {
      if (asked.method === 'GET') days.push(asked.url.searchParams.get('fechaDesde'));
      return network(asked);
    };
    const credenciales = { rutOtec: OTEC.rut, token: OTEC.token };
    return new GestorClient({ baseUrl: world.gestor.url, transport, credenciales });
  };
  await syncFromHistory(world.request({ clientFor: watched }));
  await syncFromHistory(world.request({ clientFor: watched }));
  await syncFromHistory({ ...world.request({ clientFor: watched }), desde: '2026-01-01' });
  expect(days).toEqual([null, '2026-11-21', '2026-01-01']);
});

test('a slow reading does not overwrite what was accepted since, and waits for who is sending', async () => {
  await send(request());
  const [row] = [...(await aceptadosOf(world.ledger.db, KEY)).values()];
  if (row === undefined) throw new Error('nothing accepted');
  await saveAceptados(world.ledger.db, [{ ...row, porcentajeAvance: 90, idProceso: 99 }]);
  await syncFromHistory(request());
  expect((await aceptadosOf(world.ledger.db, KEY)).get(`${row.rut}/${row.codigoModulo}`)).toMatchObject({
    porcentajeAvance: 90,
    idProceso: 99,
  });
  const lease = takeLease(world.ledger, OTEC.rut);
  expect((await syncFromHistory(request()))[0]?.falla?.mensaje).toContain('está enviando');
  lease?.release();
});

test('yesterday’s backup restored and synchronised: the night is not sent again, and the nights between are known', async () => {
  const tick = async (instant: string) => {
    world.time.now = new Date(instant);
    const { sources, ledger, version, clock } = request();
    await nightRunner({ otec: OTEC, sources }, { ledger, version, clock, clientFor }).tick();
  };
  await tick('2026-11-20T22:00:00-03:00');
  const file = join(world.datos, 'ayer.respaldo');
  await backup(world.datos, file, world.time.now);
  await tick('2026-11-21T22:00:00-03:00');
  await tick('2026-11-22T22:00:00-03:00');
  expect(posts).toBe(3);

  for (const [at, [, reading]] of READINGS.entries()) {
    await restore(world.datos, file, new Date(world.time.now.getTime() + at));
    retell = reading;
    expect(await syncFromHistory(request())).toMatchObject([{ enviosRestaurados: 2, nochesRestauradas: 1 }]);
    expect(await syncFromHistory(request())).toMatchObject([{ enviosRestaurados: 0, nochesRestauradas: 0 }]);
    await tick('2026-11-22T22:40:00-03:00');
    expect(posts).toBe(3);
    const rows = await world.ledger.db
      .selectFrom('noche')
      .select(['noche', 'estado'])
      .distinct()
      .orderBy('noche')
      .execute();
    expect(rows).toEqual(['20', '21', '22'].map((day) => ({ noche: `2026-11-${day}`, estado: 'hecha' })));
  }
});

test.each([
  ['nothing', {}, 0],
  ['the student’s own figure', { porcentajeAvance: 61 }, 1],
  ['the student’s state', { estado: 2 }, 1],
  ['the student’s last day', { fechaFin: '2026-12-30' }, 1],
  [
    'a module’s first day',
    {
      listaModulos: MODULOS.map((codigo, at) =>
        modulo(codigo, 60, at === 1 ? { fechaInicio: '2026-11-02' } : {}),
      ),
    },
    1,
  ],
])(
  'known from the history alone, and %s has changed since: %s goes tonight',
  async (_what, more, expected) => {
    await sentElsewhere();
    await syncFromHistory(request());
    posts = 0;
    world.courses = [course([student(0, 60, more)])];
    await send(request());
    expect(posts).toBe(expected);
  },
);

test('an empty ledger beside a history that is not: told, by one question; nobody else is asked', async () => {
  expect(await providersToSync(request())).toEqual([]);
  await sentElsewhere();
  expect(await providersToSync(request())).toMatchObject([{ rut: OTEC.rut }]);
  await syncFromHistory(request());
  gets = 0;
  expect(await providersToSync(request())).toEqual([]);
  expect(gets).toBe(0);
});

test('a night is confirmed by the history, once; what it tells otherwise is named', async () => {
  const confirm = () =>
    confirmNight({
      ledger: world.ledger,
      otec: OTEC,
      noche: '2026-11-22',
      clientFor,
      clock: () => world.time.now,
    });
  await send(request());
  retell = () => [];
  expect(await confirm()).toMatchObject({
    confirmados: 0,
    sinConfirmar: 1,
    diferencias: [{ tipo: 'falta', rut: null }],
  });
  retell = eachRecord(({ mod_cod }) =>
    mod_cod === 'PRUEBA-M1'
      ? { estado_registro: '3', obs_registro: 'x' }
      : { mod_porcentaje_avance: '59.00000' },
  );
  expect((await confirm()).diferencias.map(({ tipo }) => tipo)).toEqual(['rechazado', 'valor-distinto']);
  retell = (processes) => [...processes, { listaregistros: 'roto' }];
  expect(await confirm()).toMatchObject({ confirmados: 1, sinConfirmar: 0, registros: 2, diferencias: [] });
  gets = 0;
  expect(await confirm()).toMatchObject({ confirmados: 1, sinConfirmar: 0 });
  expect(gets).toBe(0);
});

test('a history that cannot be read, or was cut, confirms nothing and calls nothing missing', async () => {
  const confirm = (more: object = {}) =>
    confirmNight({
      ...{ ledger: world.ledger, otec: OTEC, noche: '2026-11-22', clientFor, ...more },
      clock: () => world.time.now,
    });
  await send(request());
  retell = () => UNREADABLE;
  expect(await confirm()).toMatchObject({ sinConfirmar: 1, cortado: true, diferencias: [] });
  const nobody = () =>
    new GestorClient({
      ...{ baseUrl: 'http://127.0.0.1:1', sleep: async () => {} },
      credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
    });
  const { falla, sinConfirmar } = await confirm({ clientFor: nobody });
  expect({ sinConfirmar, told: falla !== null }).toEqual({ sinConfirmar: 1, told: true });
});
