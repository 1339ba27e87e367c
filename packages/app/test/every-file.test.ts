import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import { backup, dailyBackup, STATE_FILES, send } from '@puente-sic/engine';
import {
  huellaOfText,
  receiveClicks,
  receiveCourse,
  receiveStatements,
  withInbox,
} from '@puente-sic/sources';
import { openDatabase } from '@puente-sic/store';
import { course, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { unzipSync, zipSync } from 'fflate';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KeptClicks } from '../../sources/src/entidades/clics/store.ts';
import { ClickStore } from '../../sources/src/moodle/dedication/store.ts';
import { ClickBook } from '../../sources/src/rules/clicks.ts';
import { sqlSource } from '../../sources/src/sql/sql.ts';
import { readBitacora } from '../src/accounts/bitacora.ts';
import { CONSOLE } from '../src/accounts/deed.ts';
import { forgetPerson, giveOutPerson, restoreState } from '../src/index.ts';

const { text: RUT, numero } = rutOf(1);
const DOTTED = RUT.replace(/\d(?=(\d{3})+-)/g, '$&.');
const OTHER = rutOf(0).text;
const NAME = 'Iris Inventada Ñuble';
/** What an LMS calls her: her RUT, her number, or a number of its own. */
const ACCOUNT = 40_213;
const MENTION = `Falta ${NAME}, ${DOTTED} (${RUT}).`;

let world: World;
let sheets: string;
beforeEach(async () => {
  world = await openWorld();
  sheets = join(world.datos, '..', 'planillas');
  await everywhere();
});
afterEach(() => world.close());

const fuentes = () => [{ nombre: 'planillas', tipo: 'archivo' as const, ruta: sheets }];
const clock = () => world.time.now;
const forget = () => forgetPerson(world.ledger, CONSOLE, { rut: RUT, fuentes: fuentes() }, clock);

/** One person in each kind of file that there is, and in each text of the ledger that somebody else writes. */
async function everywhere(): Promise<void> {
  world.courses = [course([student(0, 10), student(1, 20), student(9, 10)])];
  await send(world.request());
  await inTheLedger();
  await delivered();
  await clicked();
  writeFileSync(
    join(world.datos, 'moodle-ws-0a1b2c3d4e5f-7.ndjson'),
    `{"read":1,"course":7,"user":${ACCOUNT}}\n`,
  );
  writeFileSync(join(world.datos, 'borrados.ndjson'), '');
  writeFileSync(join(world.datos, 'puente.enlace'), '');
  mkdirSync(join(sheets, '.reemplazadas'), { recursive: true });
  const rows = `rutAlumno;avance\n${DOTTED};10\n${OTHER};20\n`;
  const book = zipSync({ 'xl/worksheets/sheet1.xml': Buffer.from(`<row><c><v>${numero}</v></c></row>`) });
  const files: [string, string | Uint8Array][] = [
    ['avance.csv', rows],
    ['otro.csv', `rutAlumno;avance\n${OTHER};20\n`],
    ['.avance.csv.nuevo', rows.slice(0, 40)],
    ['.reemplazadas/20261120T120000000Z_avance.csv', Buffer.from(rows, 'utf16le')],
    ['.reemplazadas/20261121T120000000Z_avance.xlsx', book],
    ['.reemplazadas/20261121T120000000Z_otro.csv', `rutAlumno;avance\n${OTHER};20\n`],
  ];
  for (const [name, content] of files) writeFileSync(join(sheets, name), content);
  await dailyBackup(world.ledger, world.time.now);
  await backup(world.datos, join(world.datos, 'antes-de-restaurar-20261120'), world.time.now);
}

async function inTheLedger(): Promise<void> {
  const { db } = world.ledger;
  const [key] = await db.selectFrom('envio').select(['rutOtec', 'codigoOferta', 'codigoGrupo']).execute();
  if (key === undefined) throw new Error('Nothing was sent');
  const seen = { ...key, rut: RUT, nombre: NAME, visto: '2026-11-22', fin: null, ausente: null };
  await db
    .insertInto('alumno')
    .values(seen)
    .onConflict((one) => one.doNothing())
    .execute();
  await db.updateTable('alumno').set({ nombre: NAME }).where('rut', '=', RUT).execute();
  const at = world.time.now.toISOString();
  const said = { rutOtec: key.rutOtec, mensaje: MENTION, queHacer: MENTION };
  const night = { noche: '2026-11-22', fuente: 'aula', curso: '7' };
  await sql`INSERT INTO condicion (rutOtec, clave, mal, mensaje, queHacer, desde)
    VALUES (${said.rutOtec}, 'fuente:aula', 1, ${MENTION}, ${MENTION}, ${at})`.execute(db);
  await db
    .insertInto('dicho')
    .values({
      ...said,
      ...night,
      ...key,
      orden: 1,
      titulo: null,
      rut: null,
      nombre: null,
      causa: 'hallazgo',
      gravedad: 'gris',
    })
    .execute();
  await db
    .insertInto('noche')
    .values({
      ...night,
      rutOtec: key.rutOtec,
      estado: 'pendiente',
      desde: at,
      motivo: MENTION,
      actualizado: at,
    })
    .execute();
  await db
    .insertInto('freno')
    .values({
      ...said,
      clave: 'token',
      noche: '2026-11-22',
      pedidos: 1,
      proximo: at,
      huella: 'x',
      actualizado: at,
    })
    .execute();
  await db
    .insertInto('aviso')
    .values({
      rutOtec: key.rutOtec,
      clave: 'x',
      canal: 'x',
      contenido: JSON.stringify(said),
      creado: at,
      desde: at,
      enviado: null,
    })
    .execute();
}

/** Her course and her clicks, as a platform delivers them: once in force and once held, with an answer that is kept. */
async function delivered(): Promise<void> {
  const alumnos = [0, 1, 2, 3].map((index) => ({
    ...{
      id: index === 1 ? 'u-iris' : `u-${index}`,
      run: rutOf(index).text,
      nombre: index === 1 ? NAME : `N ${index}`,
    },
  }));
  const whole = {
    ...{ curso: { codigoOferta: 'X', codigoGrupo: 'X' }, alumnos, modulos: [{ id: 'm1', codigo: 'M1' }] },
    actividades: [{ id: 'a1', modulo: 'm1' }],
    avances: [{ alumno: 'u-iris', actividad: 'a1', completada: 'sí' }],
  };
  const terms = { now: world.time.now, idempotencyKey: 'una vez' };
  await withInbox({ name: 'plataforma', stateDir: world.datos }, async (inbox) => {
    await receiveCourse(inbox, '7', whole, terms);
    await receiveCourse(inbox, '7', { ...whole, alumnos: alumnos.slice(1, 2) }, { now: world.time.now });
    const instante = '2026-11-20T10:00:00-03:00';
    receiveClicks(
      inbox,
      [{ id: `c-${numero}`, curso: '7', alumno: 'u-iris', modulo: 'm1', instante }],
      terms,
    );
    receiveClicks(inbox, [{ id: 'c-2', curso: '7', alumno: 'u-0', modulo: 'm1', instante }], {
      now: world.time.now,
    });
    receiveStatements(inbox, statement(DOTTED), terms);
  });
}

/** Of a platform that calls her by her RUT, in a course that it has not delivered. */
const statement = (name: string) => ({
  ...{ id: 's-1', timestamp: '2026-11-20T10:00:00-03:00', actor: { account: { name } } },
  ...{ verb: { id: 'http://adlnet.gov/expapi/verbs/completed' }, object: { id: 'a1' } },
  context: { contextActivities: { grouping: [{ id: '9' }] } },
});

/** Clicks that a query gives by `:desde`, of somebody whom the LMS calls by her RUT; and those of a Moodle's log. */
async function clicked(): Promise<void> {
  const lms = join(world.datos, '..', 'lms.db');
  const raw = new DatabaseSync(lms);
  raw.exec(`
    create table cursos (curso, codigoOferta, codigoGrupo); insert into cursos values ('7', 'X', 'X');
    create table alumnos (curso, alumno, rut); insert into alumnos values ('7', '${RUT}', '${RUT}'), ('7', 'b', '${OTHER}');
    create table modulos (curso, modulo, codigoModulo); insert into modulos values ('7', 'm1', 'M1');
    create table clics (curso, alumno, modulo, instante);
    insert into clics values ('7', '${RUT}', 'm1', 1791291600), ('7', 'b', 'm1', 1791291600);`);
  raw.close();
  const consultas = join(world.datos, '..', 'aula.sql');
  const query = (entity: string, where = '') => `-- entidad: ${entity}\nselect * from ${entity} ${where}`;
  const clics = query('clics', 'where instante >= unixepoch(:desde)');
  writeFileSync(consultas, [...['cursos', 'alumnos', 'modulos'].map((one) => query(one)), clics].join('\n'));
  const source = sqlSource({ name: 'lms', url: `sqlite:${lms}`, consultas, stateDir: world.datos, clock });
  await source.read({ at: world.time.now });
  await source.close();

  const store = new ClickStore(join(world.datos, 'moodle-aula-0a1b2c3d.sqlite'));
  const book = new ClickBook();
  for (const user of [ACCOUNT, 7]) book.add(3, user, 1_791_291_600, user, 0);
  store.merge(book, new Map([[3, { cursor: 9, readWholeAt: 1 }]]), 60);
  store.who.know([
    [ACCOUNT, huellaOfText(RUT) ?? ''],
    [7, huellaOfText(OTHER) ?? ''],
  ]);
  store.close();
}

test('every file of the state is of a kind that is known, and none of any kind is forgotten here', () => {
  const kindsOf = (name: string) => Object.keys(STATE_FILES).filter((kind) => STATE_FILES[kind]?.test(name));
  const names = readdirSync(world.datos);
  expect(names.filter((name) => kindsOf(name).length !== 1)).toEqual([]);
  expect([...new Set(names.flatMap(kindsOf))].sort()).toEqual(Object.keys(STATE_FILES).sort());
});

// Whoever adds a file to the state folder meets this, says in STATE_FILES what it is, and plants somebody in it above.
test('nothing else in the program names a file of such a kind', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const named = ['app', 'engine', 'sources', 'panel', 'cli'].flatMap((name) =>
    readdirSync(join(root, name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.ts$/.test(file) && !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const text = readFileSync(join(root, name, 'src', file), 'utf8');
        return [...text.matchAll(/[`'"]([\w-]*(?:\$\{[^`]*\})?[\w-]*)\.(sqlite|ndjson|jsonl|db)\b/g)].map(
          ([, stem = '', ending]) => `${stem.replace(/\$\{.*\}/, '…')}.${ending}`,
        );
      }),
  );
  expect([...new Set(named)].filter((one) => !/^\./.test(one)).sort()).toEqual([
    'borrados.ndjson',
    'candado-….sqlite',
    'clics-….sqlite',
    'entregas-….sqlite',
    'moodle-ws-….ndjson',
    'moodle-….sqlite',
    'puente.sqlite',
  ]);
});

test('after the erasure no file has the person but those that are told by name; the others are all there', async () => {
  const before = heldIn(world.datos);
  for (const one of ['puente.sqlite', 'entregas-', 'clics-', 'moodle-aula', 'moodle-ws-']) {
    expect(before.some((name) => name.startsWith(one))).toBe(true);
  }
  const olvido = await forget();

  const told = olvido.queda.respaldos.map((path) => relative(world.datos, path));
  expect(told.map((name) => name.split('/')[0]).sort()).toEqual(['antes-de-restaurar-20261120', 'respaldos']);
  expect(heldIn(world.datos).filter((name) => !told.some((one) => name.startsWith(one)))).toEqual([]);
  expect(heldIn(sheets)).toEqual(['avance.csv']);
  expect(olvido.queda.planillas).toEqual([join(sheets, 'avance.csv')]);
  expect(olvido.queda.clics).toEqual([]);
  expect(olvido.archivos.filter((path) => path.startsWith(sheets)).length).toBe(3);
  expect(existsSync(join(sheets, '.reemplazadas', '20261121T120000000Z_otro.csv'))).toBe(true);

  const given = async (rut: string) => giveOutPerson(world.ledger, CONSOLE, { rut, fuentes: [] }, clock());
  expect(await given(RUT)).toBe(null);
  const other = await given(OTHER);
  expect(other?.entregas).toMatchObject([
    { curso: '7', filas: { alumnos: [{ run: OTHER }] }, clics: [{ id: 'c-2' }] },
  ]);
  expect(other?.clics.map(({ curso, momentos }) => [curso, momentos.length])).toEqual([
    ['7', 1],
    ['3', 1],
  ]);
  const trail = (await readBitacora(world.ledger, 3))
    .map(({ accion, detalle }) => `${accion} ${detalle}`)
    .join();
  expect(trail).toContain('persona-borrada-archivos');
  expect(trail).not.toContain(String(numero));
});

test('what is given out has what sources keep as well, and names the sheets', async () => {
  const data = await giveOutPerson(world.ledger, CONSOLE, { rut: DOTTED, fuentes: fuentes() }, clock());
  expect(data?.entregas).toMatchObject([
    { curso: '7', filas: { alumnos: [{ nombre: NAME }, { nombre: NAME }], avances: [{}, {}] }, clics: [{}] },
    { curso: '9', clics: [{ person: DOTTED }], completadas: [{}] },
  ]);
  expect(data?.clics).toMatchObject([{ curso: '7', momentos: ['2026-10-06T13:00:00.000Z'] }, { curso: '3' }]);
  expect(data?.planillas).toHaveLength(4);
});

test('an erasure that was cut after the ledger is finished by the next one, and a backup brings nobody back', async () => {
  const copy = join(world.datos, '..', 'lunes.respaldo');
  await backup(world.datos, copy, clock());
  // The ledger alone, as when the process dies there.
  const { erasePerson } = await import('@puente-sic/engine');
  await erasePerson(world.ledger, RUT, clock());
  expect(heldIn(world.datos).some((name) => name.startsWith('entregas-'))).toBe(true);
  const { archivos } = await forget();
  expect(archivos.length).toBeGreaterThan(3);

  await world.ledger.close();
  await restoreState(world.datos, CONSOLE, { respaldo: copy }, new Date(clock().getTime() + 1000));
  const now = heldIn(world.datos).filter((name) => !/^(respaldos|antes-de-)/.test(name));
  expect(now).toEqual([]);
});

test('clicks of which nobody knows whose they are are told, and kept', async () => {
  const store = new KeptClicks(join(world.datos, 'clics-viejo-0a1b2c3d.sqlite'));
  store.close();
  const raw = openDatabase(join(world.datos, 'clics-viejo-0a1b2c3d.sqlite'));
  raw.exec(`insert into clicks values ('7', x'00', x'00')`);
  raw.close();
  expect((await forget()).queda.clics).toEqual(['clics-viejo-0a1b2c3d.sqlite']);
});

/** Files in which the person stands, by number, name, account or hash: as bytes, unzipped, and in each cell of a database. */
function heldIn(folder: string): string[] {
  const forms = [String(numero), DOTTED.split('-')[0] ?? '', NAME, 'u-iris', `"user":${ACCOUNT}`];
  const holds = (bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString('utf8').replaceAll('\0', '');
    return forms.some((form) => text.includes(form));
  };
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile()) return [];
    const bytes = readFileSync(file);
    const parts = bytes.subarray(0, 2).toString() === 'PK' ? Object.values(unzipSync(bytes)) : [bytes];
    const cells = file.endsWith('.sqlite') ? cellsOf(file) : [];
    return [...parts, ...cells].some(holds) ? [relative(folder, file)] : [];
  });
}

/** Every cell, unpacked; whose account it is and whose hash among them, but for the record of erasures. */
function cellsOf(file: string): Uint8Array[] {
  const database = openDatabase(file, { readOnly: true });
  try {
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    return tables.flatMap(({ name }) =>
      database
        .prepare(`SELECT * FROM "${String(name)}"`)
        .all()
        .flatMap((row) => Object.values(row).map((value) => cellOf(value, String(name)))),
    );
  } finally {
    database.close();
  }
}

function cellOf(value: unknown, table: string): Uint8Array {
  if (value instanceof Uint8Array) return value[0] === 0x1f && value[1] === 0x8b ? gunzipSync(value) : value;
  if (value === ACCOUNT || (value === huellaOfText(RUT) && table !== 'borrado'))
    return Buffer.from(String(numero));
  return Buffer.from(String(value));
}
