import { connect, createServer, type Server, type Socket } from 'node:net';
import { nightRunner, type ServeEvent } from '@puente-sic/engine';
import { type EntitySource, sqlSource } from '@puente-sic/sources';
import { MODULOS, OFERTA, OTEC, openWorld, rutOf, type World } from '@puente-sic/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findMariadb } from '../packages/sources/test/moodle-bd/mariadb.ts';
import { type Engine, mariadb } from '../packages/sources/test/sql/engines.ts';
import { WORDPRESS } from '../packages/sources/test/sql/wordpress.ts';

/** A course in WordPress as the Gestor's registry knows it: its people, its dates. */
const AT_SENCE = [
  ...[2, 3, 5].map((user, at) => `update wp_users set user_login = '${rutOf(at).text}' where ID = ${user}`),
  "delete from wp_usermeta where meta_key = 'rut'",
  "update wp_posts set post_date_gmt = '2026-11-03 15:00:00' where post_type = 'tutor_enrolled'",
];
const COURSE = {
  ...{ fuente: 'aula', otec: OTEC.rut, curso: '9', codigoOferta: OFERTA, codigoGrupo: OFERTA },
  ...{ inicio: '2026-11-01', fin: '2026-12-31' },
  modulos: { 10: MODULOS[0] as string, 11: MODULOS[1] as string, 12: MODULOS[1] as string },
};
const GRANTED = ['posts', 'users', 'options', 'tutor_quiz_attempts', 'puente_clics'];

describe.skipIf(findMariadb() === null)('a night on the database of Tutor LMS', () => {
  let engine: Engine;
  let url = '';
  let line: Awaited<ReturnType<typeof badLine>>;
  let world: World;
  let source: EntitySource;
  let events: ServeEvent[] = [];

  beforeAll(async () => {
    engine = await mariadb();
  });
  afterAll(() => engine?.stop());
  beforeEach(async () => {
    url = await engine.createDatabase();
    await engine.run(url, [...WORDPRESS, ...AT_SENCE]);
    line = await badLine(Number(new URL(url).port));
    world = await openWorld();
    events = [];
  });
  afterEach(async () => {
    await source.close();
    await world.close();
    await line.close();
  });

  function open(user = 'root'): void {
    const { pathname } = new URL(url);
    source = sqlSource({
      ...{ name: 'aula', url: `mariadb://${user}@127.0.0.1:${line.port}${pathname}`, receta: 'tutor-lms' },
      ...{ clock: () => world.time.now, stateDir: world.datos },
    });
  }

  async function until(instant: string): Promise<void> {
    const { ledger, version, clock, clientFor } = world.request();
    const runner = nightRunner(
      { otec: OTEC, sources: [source], cursos: [COURSE] },
      { ledger, version, clock, clientFor, onEvent: (event) => events.push(event) },
    );
    for (const end = new Date(instant).getTime(); ; ) {
      await runner.tick();
      if (world.time.now.getTime() >= end) break;
      world.time.now = new Date(Math.min(end, world.time.now.getTime() + 60_000));
    }
    await runner.close(new AbortController().signal);
  }

  const nights = async () => {
    const { processes } = await world.client.history();
    return processes.map(({ listaregistros }) => listaregistros[0]?.fecha_ejecucion?.slice(0, 10));
  };
  const told = () => JSON.stringify(events);
  test('sends each night what was done, whatever the lines do, and nothing twice', async () => {
    open();
    world.time.now = new Date('2026-11-20T21:50:00-03:00');
    // SENCE answers and the answer is lost; the database hangs up within the reading.
    world.faults = ['cut-after'];
    line.cutAfter = 2_000;
    await until('2026-11-21T10:00:00-03:00');
    expect(line.cuts).toBe(1);
    expect(told()).toMatch(/cortó la conexión/);
    expect(await nights()).toEqual(['2026-11-20']);
    expect(told()).not.toMatch(/"kind":"lost"/);
    await engine.run(url, [
      "insert into wp_usermeta (user_id, meta_key, meta_value) values (3, '_tutor_completed_lesson_id_20', '1795000000')",
    ]);
    await until('2026-11-22T10:00:00-03:00');
    expect(await nights()).toEqual(['2026-11-20', '2026-11-21']);
  });

  test('a grant that is missing is told by its name, and mended within the window the night is whole', async () => {
    const database = new URL(url).pathname.slice(1);
    await engine.run(url, [
      "create or replace user lectora identified by ''",
      ...GRANTED.map((table) => `grant select on ${database}.wp_${table} to lectora`),
    ]);
    open('lectora');
    world.time.now = new Date('2026-11-20T21:50:00-03:00');
    await until('2026-11-20T22:30:00-03:00');
    expect(told()).toMatch(/wp_usermeta.*la cuenta no tiene permiso/);
    expect(await nights()).toEqual([]);
    await engine.run(url, [`grant select on ${database}.wp_usermeta to lectora`]);
    await until('2026-11-21T10:00:00-03:00');
    expect(await nights()).toEqual(['2026-11-20']);
    expect(told()).not.toMatch(/"kind":"lost"/);
    const { processes } = await world.client.history();
    for (const index of [0, 1, 2]) expect(JSON.stringify(processes)).toContain(String(rutOf(index).numero));
  });
});

/** A way to the database that hangs up once after so many bytes of answers. */
async function badLine(target: number) {
  const open = new Set<Socket>();
  const state = { cutAfter: Number.POSITIVE_INFINITY, cuts: 0, port: 0, close: async () => {} };
  const server: Server = createServer((client) => {
    const behind = connect(target, '127.0.0.1');
    for (const socket of [client, behind]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => open.delete(socket));
    }
    let bytes = 0;
    client.pipe(behind);
    behind.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > state.cutAfter) {
        state.cutAfter = Number.POSITIVE_INFINITY;
        state.cuts++;
        client.destroy();
        behind.destroy();
      } else client.write(chunk);
    });
    behind.on('end', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  state.port = address.port;
  state.close = async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return state;
}
