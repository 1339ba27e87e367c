import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { openDatabase } from '@puente-sic/store';
import { course, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  backup,
  backupsThatHold,
  dailyBackup,
  EngineFailure,
  erasePerson,
  errors,
  exportPerson,
  openLedger,
  reportAgain,
  restore,
  type ServeEvent,
  send,
  serve,
  settle,
} from '../src/index.ts';
import { takeLease } from '../src/lease.ts';

const CLICKS = 'moodle-aula-0a1b2c3d.sqlite';
const DAY_MS = 86_400_000;

let world: World;
let folder: string;
beforeEach(async () => {
  world = await openWorld();
  folder = join(world.datos, '..', 'lunes.respaldo');
  world.courses = [course([student(0, 10), student(9, 10)])];
  await send(world.request());
  clicks('one');
});
afterEach(() => world.close());

/** What a source keeps beside the ledger. */
function clicks(text: string, datos = world.datos): void {
  const database = new DatabaseSync(join(datos, CLICKS));
  database.exec('create table if not exists clicks (text text)');
  database.prepare('insert into clicks values (?)').run(text);
  database.close();
}

function clicksIn(file: string): unknown[] {
  const database = openDatabase(file, { readOnly: true });
  const rows = database.prepare('select text from clicks').all();
  database.close();
  return rows.map((row) => row.text);
}

const sent = async (datos: string) => {
  const ledger = await openLedger(datos);
  const rows = await ledger.db.selectFrom('envio').selectAll().execute();
  const found = { rows, errors: await errors(ledger) };
  await ledger.close();
  return found;
};

const after = (days: number) => new Date(world.time.now.getTime() + days * DAY_MS);

test('the whole state, restored elsewhere and over one that went on, is what it was', async () => {
  writeFileSync(join(world.datos, 'moodle-ws-0a.ndjson'), '{}\n');
  const before = await sent(world.datos);
  await backup(world.datos, folder, world.time.now);
  expect(statSync(folder).mode & 0o077).toBe(0);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
  await send(world.request());
  clicks('two');
  expect((await sent(world.datos)).rows).toHaveLength(2);

  const elsewhere = join(world.datos, '..', 'otro');
  expect(await restore(elsewhere, folder, world.time.now)).toMatchObject({ anterior: null });
  expect(await sent(elsewhere)).toEqual(before);
  expect(clicksIn(join(elsewhere, CLICKS))).toEqual(['one']);
  expect(readFileSync(join(elsewhere, 'moodle-ws-0a.ndjson'), 'utf8')).toBe('{}\n');

  const { anterior } = await restore(world.datos, folder, world.time.now);
  expect(await sent(world.datos)).toEqual(before);
  // Who had it open sees the restored one, and what was there is kept as a backup that can be restored in turn.
  expect(await world.ledger.db.selectFrom('envio').selectAll().execute()).toEqual(before.rows);
  expect(clicksIn(join(world.datos, CLICKS))).toEqual(['one']);
  if (anterior === null) throw new Error('nothing was kept');
  await restore(world.datos, anterior, after(1));
  expect((await sent(world.datos)).rows).toHaveLength(2);
  expect(clicksIn(join(world.datos, CLICKS))).toEqual(['one', 'two']);
});

test('a backup in one file, as earlier versions wrote it, restores', async () => {
  const file = `${folder}.sqlite`;
  const raw = openDatabase(join(world.datos, 'puente.sqlite'));
  raw.prepare('vacuum into ?').run(file);
  raw.close();
  const elsewhere = join(world.datos, '..', 'otro');
  await restore(elsewhere, file, world.time.now);
  expect((await sent(elsewhere)).rows).toHaveLength(1);
});

test('a state without envíos is kept as well: accounts and secrets are somebody’s work', async () => {
  await backup(world.datos, folder, world.time.now);
  const fresh = join(world.datos, '..', 'nuevo');
  await (await openLedger(fresh)).close();
  const { anterior } = await restore(fresh, folder, world.time.now);
  expect(anterior !== null && existsSync(join(anterior, 'puente.sqlite'))).toBe(true);
});

test('what is no backup, is damaged or was never finished leaves everything as it is', async () => {
  const before = await sent(world.datos);
  const refused = (path: string) =>
    expect(restore(world.datos, path, world.time.now)).rejects.toThrow(EngineFailure);
  await refused(folder);
  writeFileSync(`${folder}.txt`, 'no es un respaldo');
  await refused(`${folder}.txt`);
  await backup(world.datos, folder, world.time.now);
  for (const name of ['puente.sqlite', CLICKS]) {
    const damaged = `${folder}-${name}`;
    cpSync(folder, damaged, { recursive: true });
    const bytes = readFileSync(join(damaged, name));
    bytes.fill(0x7f, 110, 8192);
    writeFileSync(join(damaged, name), bytes);
    await refused(damaged);
  }
  const unfinished = `${folder}-sin-terminar`;
  mkdirSync(unfinished);
  cpSync(join(folder, 'puente.sqlite'), join(unfinished, 'puente.sqlite'));
  await refused(unfinished);
  expect(await sent(world.datos)).toEqual(before);
  expect(readdirSync(world.datos).filter((name) => name.startsWith('antes-de'))).toEqual([]);
});

test('a damaged ledger is replaced by the backup, and kept as it was', async () => {
  const before = await sent(world.datos);
  await backup(world.datos, folder, world.time.now);
  const elsewhere = join(world.datos, '..', 'otro');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'puente.sqlite'), 'dañado');
  const { anterior } = await restore(elsewhere, folder, world.time.now);
  expect(await sent(elsewhere)).toEqual(before);
  expect(readFileSync(join(anterior ?? '', 'puente.sqlite'), 'utf8')).toBe('dañado');
});

test('nothing is restored while something is being sent; a backup never replaces anything', async () => {
  await backup(world.datos, folder, world.time.now);
  await expect(backup(world.datos, folder, world.time.now)).rejects.toThrow(EngineFailure);
  const lease = takeLease(world.ledger, OTEC.rut);
  await expect(restore(world.datos, folder, world.time.now)).rejects.toThrow(EngineFailure);
  lease?.release();
  await restore(world.datos, folder, world.time.now);
});

test('who was erased after the backup is erased again; who came back afterwards stays', async () => {
  const { text } = rutOf(0);
  const before = await exportPerson(world.ledger, text);
  expect(before.envios.length).toBeGreaterThan(0);
  await backup(world.datos, folder, world.time.now);
  await erasePerson(world.ledger, text, after(1));
  const { borrados } = await restore(world.datos, folder, after(2));
  expect(borrados).toBe(1);
  expect(await exportPerson(world.ledger, text)).toMatchObject({ envios: [], aceptados: [], errores: [] });

  // On another computer, where only the backup's own file tells of it.
  const later = `${folder}-despues`;
  await reportAgain(world.ledger, text, after(2));
  await send(world.request({ repetir: true }));
  await backup(world.datos, later, after(3));
  const elsewhere = join(world.datos, '..', 'otro');
  expect(await restore(elsewhere, later, after(4))).toMatchObject({ borrados: 0 });
  const ledger = await openLedger(elsewhere);
  expect((await exportPerson(ledger, text)).envios.length).toBeGreaterThan(0);
  await ledger.close();
  // The older backup, though, is from before.
  expect(await restore(elsewhere, folder, after(5))).toMatchObject({ borrados: 1 });
});

test('who could not be erased again, for an envío is uncertain, is when that is known: the service sees to it', async () => {
  const { text } = rutOf(0);
  const { ledger, clientFor } = world.request();
  world.time.now = after(1);
  world.faults = ['cut-after'];
  await send(world.request({ repetir: true }));
  await backup(world.datos, folder, world.time.now);
  await settle(world.request());
  await erasePerson(ledger, text, after(2));
  expect(await restore(world.datos, folder, after(3))).toMatchObject({ borrados: 0, porBorrar: 1 });
  const run = async (isOver: () => Promise<boolean>) => {
    const stop = new AbortController();
    const request = { ledger, clientFor, version: 2 as const, clock: () => after(4), providers: [] };
    const service = serve({ ...request, signal: stop.signal });
    await expect.poll(isOver).toBe(true);
    stop.abort();
    await service;
  };
  const left = async () => (await exportPerson(ledger, text)).aceptados.length;
  await run(async () => true);
  expect(await left()).toBeGreaterThan(0);
  world.time.now = after(4);
  await settle(world.request());
  await run(async () => (await left()) === 0);
  expect(await exportPerson(ledger, text)).toMatchObject({ envios: [], errores: [] });
});

test('a restore that ends half-way leaves a ledger that knows it was restored', async () => {
  await backup(world.datos, folder, world.time.now);
  // Something stands where the next file is to be put back.
  rmSync(join(world.datos, CLICKS));
  mkdirSync(join(world.datos, CLICKS));
  await expect(restore(world.datos, folder, world.time.now)).rejects.toThrow();
  const rows = await world.ledger.db.selectFrom('partida').selectAll().execute();
  expect(rows).toMatchObject([{ rutOtec: OTEC.rut, restaurado: world.time.now.toISOString(), leido: null }]);
  expect(readdirSync(world.datos).filter((name) => name.startsWith('restaurando-'))).toEqual([]);
});

test('accounts and keys stay as they are now, and every session ends', async () => {
  const raw = openDatabase(join(world.datos, 'puente.sqlite'));
  raw.exec(`INSERT INTO usuario VALUES (1, 'ana', 'old', 'administrador', '2026', null),
              (2, 'benito', 'x', 'operador', '2026', null);
            INSERT INTO claveApi VALUES (1, 'intranet', 'h1', 'lector', '2026', null);
            INSERT INTO sesion VALUES ('s1', 2, '2026', '2026')`);
  await backup(world.datos, folder, world.time.now);
  raw.exec(`DELETE FROM usuario WHERE id = 2; UPDATE usuario SET clave = 'new'; DELETE FROM claveApi;
            INSERT INTO sesion VALUES ('s2', 1, '2026', '2026');
            INSERT INTO bitacora VALUES (1, '2026', 'ana', 'local', 'borrar cuenta', 'benito', 'h')`);
  await restore(world.datos, folder, world.time.now);
  const all = (table: string) => raw.prepare(`SELECT * FROM ${table}`).all();
  expect(all('usuario')).toMatchObject([{ usuario: 'ana', clave: 'new' }]);
  expect(all('bitacora')).toMatchObject([{ accion: 'borrar cuenta' }]);
  expect([...all('claveApi'), ...all('sesion')]).toEqual([]);
  raw.close();
  // On a computer where nobody has an account yet, the backup's are better than none.
  const elsewhere = join(world.datos, '..', 'otro');
  await restore(elsewhere, folder, world.time.now);
  const other = openDatabase(join(elsewhere, 'puente.sqlite'), { readOnly: true });
  expect(other.prepare('SELECT usuario FROM usuario ORDER BY id').all()).toHaveLength(2);
  expect(other.prepare('SELECT * FROM sesion').all()).toEqual([]);
  other.close();
});

test('each day one of its own: seven are kept, whole, and what did not change takes no room again', async () => {
  const days = Array.from({ length: 9 }, (_, day) => after(day));
  const made: (string | null)[] = [];
  for (const [day, now] of days.entries()) {
    if (day === 4) clicks('two');
    made.push(await dailyBackup(world.ledger, now));
    expect(await dailyBackup(world.ledger, now)).toBeNull();
  }
  expect(made[0]).toBe(join(world.datos, 'respaldos', '2026-11-22'));
  const kept = readdirSync(join(world.datos, 'respaldos'));
  expect(kept).toEqual(made.slice(2).map((path) => path?.split('/').at(-1)));
  const inode = (at: number) => statSync(join(made[at] ?? '', CLICKS)).ino;
  expect([inode(3) === inode(2), inode(4) === inode(3), inode(5) === inode(4)]).toEqual([true, false, true]);
  expect(clicksIn(join(made[3] ?? '', CLICKS))).toEqual(['one']);
  expect(clicksIn(join(made[8] ?? '', CLICKS))).toEqual(['one', 'two']);
  const elsewhere = join(world.datos, '..', 'otro');
  await restore(elsewhere, made[8] ?? '', world.time.now);
  expect(await sent(elsewhere)).toEqual(await sent(world.datos));
});

test('a day whose backup fails keeps the older ones, and leaves no half of one', async () => {
  const first = await dailyBackup(world.ledger, world.time.now);
  const file = join(world.datos, CLICKS);
  const bytes = readFileSync(file);
  writeFileSync(file, 'dañado');
  await expect(dailyBackup(world.ledger, after(8))).rejects.toMatchObject({
    name: 'StoreError',
    kind: 'damaged',
  });
  expect(readdirSync(join(world.datos, 'respaldos'))).toEqual(['2026-11-22']);
  expect(existsSync(first ?? '')).toBe(true);
  writeFileSync(file, bytes);
  await dailyBackup(world.ledger, after(8));
  expect(readdirSync(join(world.datos, 'respaldos'))).toEqual(['2026-11-30']);
});

test('an erasure names the copies that still hold the person', async () => {
  const own = await dailyBackup(world.ledger, world.time.now);
  const { text } = rutOf(9);
  expect(await backupsThatHold(world.datos, text)).toEqual([own]);
  await erasePerson(world.ledger, text, world.time.now);
  const clean = await dailyBackup(world.ledger, after(1));
  expect(clean).not.toBeNull();
  expect(await backupsThatHold(world.datos, text)).toEqual([own]);
  expect(await backupsThatHold(world.datos, rutOf(5).text)).toEqual([]);
});

test('the service makes it by itself; where it cannot, the nights go on and whoever is responsible hears of it', async () => {
  const { ledger, clientFor, sources } = world.request();
  const inTheWay = join(world.datos, 'respaldos');
  writeFileSync(inTheWay, '');
  let now = world.time.now;
  const events: ServeEvent[] = [];
  const run = async (until: () => boolean) => {
    const stop = new AbortController();
    const providers = [{ otec: OTEC, sources, cursos: [] }];
    const service = serve({
      ...{ ledger, clientFor, version: 2, clock: () => now, providers, signal: stop.signal },
      respaldar: true,
      onEvent: (event) => events.push(event),
    });
    await expect.poll(until).toBe(true);
    stop.abort();
    await service;
  };
  const told = (mal: boolean) =>
    events.some((event) => event.kind === 'condition' && event.clave === 'respaldo' && event.mal === mal);
  await run(() => told(true));
  rmSync(inTheWay);
  now = after(1);
  await run(() => told(false));
  expect(readdirSync(inTheWay)).toEqual(['2026-11-23']);
});
