import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Ledger, openLedger } from '@puente-sic/engine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FuenteNueva, Setup } from '../src/index.ts';
import { settingsSetup } from '../src/setup/setup.ts';

const EXAMPLE = fileURLToPath(new URL('../../../examples/plataforma-propia/', import.meta.url));
const NIGHT = new Date('2026-03-22T22:00:00-03:00');
const TOKEN = '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220';
const OTEC = `otecs:\n  - { rut: 77124930-2, token: ${TOKEN} }\n`;

let folder: string;
let ledger: Ledger;
let setup: Setup;
/** The example's queries; people of this platform have a `documento`. */
let queries: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-otro-lms-'));
  const db = new DatabaseSync(join(folder, 'aula.db'));
  db.exec((await readFile(join(EXAMPLE, 'base.sql'), 'utf8')).replaceAll(/\brut\b/g, 'documento'));
  db.close();
  queries = (await readFile(join(EXAMPLE, 'aula.sql'), 'utf8')).replace('p.rut,', 'p.documento,');
  await writeFile(config(), OTEC);
  ledger = await openLedger(join(folder, 'estado'), NIGHT);
  const host = { env: {}, stdin: process.stdin, signal: new AbortController().signal, onNotice: () => {} };
  setup = settingsSetup({
    host: { ...host, clock: () => NIGHT },
    options: { config: config(), datos: join(folder, 'estado') },
    ledger,
    takeOver: (next) => void next.close(),
  });
});
afterEach(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

const config = () => join(folder, 'puente.yaml');
const yaml = () => readFile(config(), 'utf8');
const signal = new AbortController().signal;

type Sql = Extract<FuenteNueva, { tipo: 'sql' }>;
const source = (over: Partial<Sql> = {}): Sql => ({
  ...{ nombre: 'aula', tipo: 'sql', base: { motor: 'sqlite', archivo: './aula.db' } },
  ...{ lectura: { de: 'texto', texto: queries }, zonaHoraria: null, columnas: {} },
  ...over,
});
const ASSIGNED = { alumnos: { rut: 'documento' } };
const revise = (fuente: FuenteNueva, more: { curso?: string; rut?: string } = {}) =>
  setup.reviseFuente('aula', { fuente, ...more }, signal);
const connect = (fuente: FuenteNueva) => setup.connectFuente('aula', fuente, signal);

test('the connection is told in words, with the tables that the account sees', async () => {
  expect(await connect(source())).toMatchObject({
    bien: true,
    tablas: expect.arrayContaining(['capacitaciones', 'personas', 'visitas']),
  });
  const gone = await connect(source({ base: { motor: 'sqlite', archivo: './otra.db' } }));
  expect(gone).toMatchObject({ bien: false, tablas: [] });
  expect(gone.mensaje).toContain('no existe o no se puede abrir');
});

test('a column of another name is missing, with the columns that are there and the form of what they hold', async () => {
  const { sePuedeGuardar, mensaje, entidades, ensayo } = await revise(source());
  expect({ sePuedeGuardar, ensayo }).toEqual({ sePuedeGuardar: false, ensayo: null });
  expect(mensaje).toContain('«rut»');
  const alumnos = entidades.find(({ entidad }) => entidad === 'alumnos');
  expect(alumnos?.columnas.find(({ campo }) => campo === 'rut')).toMatchObject({
    obligatoria: true,
    columna: null,
  });
  expect(alumnos?.nombres).toContain('documento');
  expect(JSON.stringify(alumnos?.muestra)).toContain('1•.1••.1••-1');
  expect(JSON.stringify(entidades)).not.toContain('11.111.111');
  // The others were looked at all the same.
  expect(entidades.find(({ entidad }) => entidad === 'clics')).toMatchObject({ filas: 7, problema: null });
});

test('once it is said which column it is, one student is shown as SENCE would get them, and where each figure is from', async () => {
  const { sePuedeGuardar, ensayo } = await revise(source({ columnas: ASSIGNED }));
  expect(sePuedeGuardar).toBe(true);
  expect(ensayo).toMatchObject({ curso: '1', porElegir: [], alumnos: 2, retenidos: [] });
  expect(ensayo?.persona?.cuerpo).toMatchObject({
    rutOtec: '77124930-2',
    codigoOferta: 'CAP-26-03-01-0007-1',
    listaAlumnos: [{ rutAlumno: 11111111, porcentajeAvance: 100, tiempoConectividad: 4500 }],
  });
  const origins = Object.fromEntries(ensayo?.persona?.deDonde.map(({ que, de }) => [que, de]) ?? []);
  expect(origins.RUT).toBe('La columna «documento» de «alumnos».');
  expect(origins.Avance).toContain('4 de 4 actividades obligatorias');
  expect(origins['Tiempo conectado']).toContain('5 visitas en 2 días');
  expect(origins['Primer día']).toBe('La columna «inicio» de «cursos».');
  const other = await revise(source({ columnas: ASSIGNED }), { curso: '1', rut: '12345678-5' });
  expect(other.ensayo?.persona).toMatchObject({ rut: '12345678-5', nombre: 'Bruno Díaz Leal' });
});

test('what nobody has said yet has a stand-in, and is named', async () => {
  const bare = queries
    .replace('codigo_sence as codigoOferta, parte as inicio, termina as fin', '1 as uno')
    .replace('codigo as codigoModulo', 'null as codigoModulo');
  const { sePuedeGuardar, ensayo } = await revise(
    source({ columnas: ASSIGNED, lectura: { de: 'texto', texto: bare } }),
  );
  expect(sePuedeGuardar).toBe(true);
  expect(ensayo?.porElegir).toEqual(['codigoOferta', 'codigoModulo', 'inicio', 'fin']);
  expect(ensayo?.persona?.deDonde).toContainEqual({
    que: 'Primer día',
    valor: 'Por elegir',
    de: 'Se elige en el paso «Cursos».',
  });
});

test('rows of nobody are counted and named, and cells that cannot be read are counted by column', async () => {
  const db = new DatabaseSync(join(folder, 'aula.db'));
  db.exec(
    `insert into hechas values (9, 1, 'sí'), (8, 1, 'sí'); update visitas set cuando = 'ayer' where id = 1`,
  );
  db.close();
  const { huerfanos, entidades } = await revise(source({ columnas: ASSIGNED }));
  expect(huerfanos).toEqual([
    {
      curso: '1',
      que: 'avances de personas que no están en «alumnos»',
      consecuencia: 'no se leen',
      cuantos: 2,
      ejemplos: ['9', '8'],
    },
  ]);
  const clics = entidades.find(({ entidad }) => entidad === 'clics');
  expect(clics?.columnas.find(({ campo }) => campo === 'instante')?.ilegibles).toBe(1);
});

describe('keeping it', () => {
  test('is refused while it cannot be sent, and leaves nothing behind', async () => {
    await expect(setup.changeFuente('aula', source())).rejects.toThrow('le falta la columna «rut»');
    expect(await yaml()).toBe(OTEC);
    expect((await readdir(folder)).filter((name) => name.endsWith('.sql'))).toEqual([]);
  });

  test('writes what the terminal understands; the queries stand in a file beside it, anew with each change', async () => {
    await setup.changeFuente('aula', source({ columnas: ASSIGNED }));
    expect(await yaml()).toMatch(
      /url: sqlite:\.\/aula\.db\s+consultas: \.\/aula\.panel\.sql\s+columnas:\s+alumnos:\s+rut: documento/,
    );
    expect(await readFile(join(folder, 'aula.panel.sql'), 'utf8')).toBe(queries);
    const [seen] = (await setup.view()).fuentes;
    expect(seen).toEqual(source({ columnas: ASSIGNED }));

    const text = `${queries}\n-- otra vez\n`;
    await setup.changeFuente('aula', source({ columnas: ASSIGNED, lectura: { de: 'texto', texto: text } }));
    expect(await readFile(join(folder, 'aula-2.panel.sql'), 'utf8')).toBe(text);
    expect(existsSync(join(folder, 'aula.panel.sql'))).toBe(false);
    // A change that cannot be kept leaves the former one in force.
    await expect(
      setup.changeFuente('aula', source({ lectura: { de: 'texto', texto: '-- entidad: cursos\nselect 1' } })),
    ).rejects.toThrow();
    expect(await readFile(join(folder, 'aula-2.panel.sql'), 'utf8')).toBe(text);
  });

  test('a file of somebody’s own is never written nor taken away', async () => {
    await writeFile(join(folder, 'mias.sql'), queries);
    const own = source({ columnas: ASSIGNED, lectura: { de: 'archivo', ruta: './mias.sql' } });
    await setup.changeFuente('aula', own);
    expect((await setup.view()).fuentes).toEqual([own]);
    await setup.changeFuente('aula', source({ columnas: ASSIGNED }));
    expect(await readFile(join(folder, 'mias.sql'), 'utf8')).toBe(queries);
  });

  test('a folder with a file per entity goes the same way', async () => {
    await mkdir(join(folder, 'aula'));
    await writeFile(join(folder, 'aula', 'cursos.csv'), 'curso;nombre\n1;Uno\n');
    const fuente: FuenteNueva = {
      ...{ nombre: 'aula', tipo: 'entidades', ruta: './aula', zonaHoraria: 'America/Santiago', columnas: {} },
    };
    await expect(setup.changeFuente('aula', fuente)).rejects.toThrow('Falta la entidad «alumnos»');
  });
});

describe('what the panel may not have read', () => {
  test.each([
    ['a base elsewhere', { base: { motor: 'sqlite', archivo: '/etc/otra.db' } }, 'carpetas permitidas'],
    ['the ledger', { base: { motor: 'sqlite', archivo: './estado/puente.sqlite' } }, 'del propio Puente'],
    ['the settings', { base: { motor: 'sqlite', archivo: './puente.yaml' } }, 'del propio Puente'],
    [
      'a file of another kind',
      { lectura: { de: 'archivo', ruta: './token.txt' } },
      'no es un archivo de consultas',
    ],
    ['queries elsewhere', { lectura: { de: 'archivo', ruta: '/etc/x.sql' } }, 'carpetas permitidas'],
  ] as const)('%s', async (_, over, words) => {
    await writeFile(join(folder, 'token.txt'), TOKEN);
    await expect(revise(source(over as Partial<Sql>))).rejects.toThrow(words);
    await expect(connect(source(over as Partial<Sql>))).rejects.toThrow(words);
  });

  test('a copy of the ledger, whatever it is called and wherever it lies', async () => {
    const db = new DatabaseSync(join(folder, 'estado', 'puente.sqlite'));
    db.exec(`vacuum into '${join(folder, 'respaldo.db')}'`);
    db.close();
    const asked = source({ base: { motor: 'sqlite', archivo: './respaldo.db' } });
    await expect(connect(asked)).rejects.toThrow('un libro del propio Puente');
    await expect(revise(asked)).rejects.toThrow('un libro del propio Puente');
  });

  test('a tracking log that is none, or lies elsewhere', async () => {
    await expect(revise(source({ registro: './token.txt' }))).rejects.toThrow(/registro de eventos|carpeta/);
    await expect(revise(source({ registro: '/var/log/tracking' }))).rejects.toThrow('carpetas permitidas');
  });

  test.each(['lector@bd.ejemplo.cl', 'bd.ejemplo.cl/otra', 'bd.ejemplo.cl:3307', '$PUENTE_CLAVE'])(
    'what is no name of a server alone: %s',
    async (servidor) => {
      await expect(connect(server({ servidor }))).rejects.toThrow('no es el nombre de un servidor');
    },
  );

  test('an address that tells a machine its own passwords', async () => {
    await expect(connect(server({ servidor: '169.254.169.254' }))).rejects.toThrow('servicio interno');
  });
});

type Server = Exclude<Sql['base'], { motor: 'sqlite' }>;
const server = (over: Partial<Server> = {}): Sql =>
  source({
    base: {
      ...{ motor: 'mariadb', servidor: '127.0.0.1', puerto: 1, base: 'aula', usuario: 'lector', tls: false },
      ...over,
    },
  });

describe('the password of a database', () => {
  beforeEach(() =>
    writeFile(
      config(),
      `${OTEC}fuentes:\n  - { nombre: aula, tipo: sql, url: 'mariadb://lector@127.0.0.1:1/aula', clave: 'cl%ve', consultas: ./x.sql }\n`,
    ),
  );

  test('is never shown again', async () => {
    const view = JSON.stringify(await setup.view());
    expect(view).toContain('"conClave":true');
    expect(view).not.toContain('cl%ve');
  });

  test.each([
    ['another server', { servidor: 'bd.ejemplo.cl' }],
    ['another port', { puerto: 2 }],
  ])('is asked for again by %s', async (_, over) => {
    await expect(connect(server(over))).rejects.toThrow('no se le manda a otro');
    expect((await connect(server())).mensaje).toContain('no contesta');
  });

  test('is asked for again where another engine would be told it in plain words', async () => {
    await expect(connect(server({ motor: 'sqlserver' }))).rejects.toThrow('no se le manda a otro');
  });

  test('does not lose the cover that it was given with', async () => {
    await writeFile(config(), (await yaml()).replace('clave:', 'tls: sí, clave:'));
    await expect(connect(server())).rejects.toThrow('Sin TLS');
  });
});

describe('a SQL Server', () => {
  const at = async (url: string, tls = '') => {
    await writeFile(
      config(),
      `${OTEC}fuentes:\n  - { nombre: aula, tipo: sql, url: '${url}', clave: clave, ${tls} consultas: ./x.sql }\n`,
    );
    const [fuente] = (await setup.view()).fuentes;
    return fuente?.tipo === 'sql' ? fuente.base : null;
  };

  test('is shown as it is reached: covered where it is on another machine and nobody says otherwise', async () => {
    const far = await at('sqlserver://lector@bd.ejemplo.cl/aula');
    expect(far).toMatchObject({ motor: 'sqlserver', puerto: 1433, tls: true });
    expect(await at('sqlserver://lector@bd.ejemplo.cl/aula', 'tls: no,')).toMatchObject({ tls: false });
    expect(await at('sqlserver://lector@localhost/aula')).toMatchObject({ tls: false });
  });

  test('is told no kept password without the cover that it has where nobody says', async () => {
    await at('sqlserver://lector@bd.ejemplo.cl/aula');
    const bare = server({ motor: 'sqlserver', servidor: 'bd.ejemplo.cl', puerto: 1433, tls: false });
    await expect(connect(bare)).rejects.toThrow('Sin TLS');
  });

  test('says in words what is missing to get in', async () => {
    await at('sqlserver://lector@127.0.0.1:1/aula');
    expect((await connect(server({ motor: 'sqlserver' }))).mensaje).toContain('no contesta');
  });
});

test('the tracking log of Open edX is kept as it was said, and taken away where it is left empty', async () => {
  const rest = 'url: sqlite:./aula.db, consultas: ./x.sql';
  await writeFile(
    config(),
    `${OTEC}fuentes:\n  - { nombre: aula, tipo: sql, ${rest}, registro: ./tracking }\n`,
  );
  expect((await setup.view()).fuentes[0]).toMatchObject({ registro: './tracking' });

  await mkdir(join(folder, 'tracking'));
  const click = (user_id: number) =>
    `${JSON.stringify({ time: '2026-03-10T13:00:00Z', event_type: 'page', event_source: 'browser', context: { course_id: '1', user_id } })}\n`;
  await writeFile(join(folder, 'tracking', 'tracking.log'), click(1) + click(2));
  const [before = '', after = ''] = queries.split(/^-- entidad: clics$[^-]*/m);
  const lectura = { de: 'texto' as const, texto: before + after };
  await setup.changeFuente('aula', source({ columnas: ASSIGNED, lectura, registro: './tracking' }));
  expect(await yaml()).toContain('registro: ./tracking');
  await setup.changeFuente('aula', source({ columnas: ASSIGNED }));
  expect(await yaml()).not.toContain('registro');
});

test('a column that somebody leaves unused is kept so, and shown so', async () => {
  const columnas = { alumnos: { ...ASSIGNED.alumnos, activo: 'ninguna' } };
  expect((await revise(source({ columnas }))).ensayo?.alumnos).toBe(3);
  await setup.changeFuente('aula', source({ columnas }));
  expect(await yaml()).toMatch(/activo: ninguna/);
  expect((await setup.view()).fuentes[0]).toMatchObject({ columnas });
});

test('what was said of a Moodle’s people does not go along to what is no Moodle', async () => {
  await writeFile(
    config(),
    `${OTEC}fuentes:\n  - { nombre: aula, tipo: moodle-bd, url: 'mariadb://lee:clave@127.0.0.1:3306/moodle', camposRut: [idnumber], gruposExentos: [Pilotos] }\n`,
  );
  await setup.changeFuente('aula', source({ columnas: ASSIGNED }));
  expect(await yaml()).not.toMatch(/camposRut|gruposExentos/);
});

test('a Moodle that is read another way keeps what was said of its people', async () => {
  await writeFile(
    config(),
    `${OTEC}fuentes:\n  - { nombre: moodle, tipo: moodle-bd, url: 'mariadb://lee:clave@127.0.0.1:3306/moodle', prefijo: m_, camposRut: [idnumber], gruposExentos: [Pilotos] }\n`,
  );
  await setup.changeFuente('moodle', {
    ...{ nombre: 'moodle', tipo: 'moodle-ws', url: 'https://aula.ejemplo.cl', token: 'a1b2c3d4e5f6' },
    ...{ informeInscripciones: null, tiempo: null },
  });
  const after = await yaml();
  expect(after).toMatch(/camposRut: \[ ?idnumber ?\]/);
  expect(after).toMatch(/gruposExentos: \[ ?Pilotos ?\]/);
  expect(after).not.toContain('prefijo');
});
