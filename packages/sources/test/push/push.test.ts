import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  acceptHeld,
  entidadesSource,
  type Inbox,
  pushSource,
  type Reading,
  type Rejection,
  receiveClicks,
  receiveCourse,
  receiveStatements,
  withInbox,
} from '../../src/index.ts';
import { receive } from '../../src/push/receive.ts';
import { sourceContract } from '../contract.ts';
import { AT, AULA, csvOf } from '../entidades/aula.ts';

const NOW = new Date(AT.getTime() - 3_600_000);
const terms = { now: NOW };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-entregas-'));
  return () => rm(folder, { recursive: true });
});

const inbox = <T>(work: (inbox: Inbox) => T | Promise<T>, stateDir = folder): Promise<T> =>
  withInbox({ name: 'aula', stateDir }, work);

type Row = Record<string, string>;

function rowsOf(entity: string, curso: string): Row[] {
  const [names = [], ...rows] = AULA[entity] ?? [];
  return rows
    .map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])))
    .filter((row) => row.curso === curso)
    .map(({ curso: _, ...row }) => row);
}

const ENTITIES = ['alumnos', 'modulos', 'actividades', 'avances', 'notas'];
/** A course as its platform delivers it. */
function courseOf(curso: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const own = Object.fromEntries(ENTITIES.map((entity) => [entity, rowsOf(entity, curso)]));
  return { curso: rowsOf('cursos', curso)[0], ...own, ...changes };
}
const clicks = (curso: string): Row[] =>
  rowsOf('clics', curso).map((row, at) => ({ id: `${curso}-${at}`, curso, ...row }));

async function deliverAll(stateDir = folder): Promise<void> {
  await inbox(async (own) => {
    for (const curso of ['7', '8']) {
      await receiveCourse(own, curso, courseOf(curso), terms);
      receiveClicks(own, clicks(curso), terms);
    }
  }, stateDir);
}

async function read(at = AT, settings: object = {}): Promise<Reading> {
  const source = pushSource({ name: 'aula', stateDir: folder, clock: () => at, ...settings });
  try {
    return await source.read({ at });
  } finally {
    await source.close();
  }
}
const bodies = ({ courses }: Reading) =>
  JSON.stringify(courses.map(({ students }) => students.map(({ alumno }) => alumno)));
const rejected = (work: (own: Inbox) => unknown): Promise<Rejection> =>
  inbox(async (own) => work(own)).then(
    () => expect.fail('it was taken'),
    (error: Rejection) => error,
  );

sourceContract('push', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'puente-entregas-contrato-'));
  await deliverAll(stateDir);
  return {
    open: () => pushSource({ name: 'aula', stateDir, clock: () => AT }),
    dead: () => pushSource({ name: 'aula', stateDir: '/etc/hostname/no' }),
    at: AT,
  };
});

it('gives what files give, to the byte', async () => {
  await deliverAll();
  const ruta = join(folder, 'csv');
  await mkdir(ruta);
  for (const [entity, rows] of Object.entries(AULA))
    await writeFile(join(ruta, `${entity}.csv`), csvOf(rows));
  const files = await entidadesSource({ name: 'aula', ruta }).read({ at: AT });
  const pushed = await read();
  expect(pushed.notGiven).toEqual([]);
  expect(bodies(pushed)).toBe(bodies(files));
});

describe('the same twice is once', () => {
  it('a course, by its content; and what was first answered stands', async () => {
    const [first, again, other] = await inbox(async (own) => [
      await receiveCourse(own, '7', courseOf('7'), terms),
      await receiveCourse(own, '7', courseOf('7'), terms),
      await receiveCourse(own, '7', courseOf('7', { avances: [] }), terms),
    ]);
    expect(first).toMatchObject({ estado: 'recibido', repetido: false, filas: { alumnos: 4, modulos: 3 } });
    expect(again).toMatchObject({ lote: first?.lote, repetido: true });
    expect(other?.lote).not.toBe(first?.lote);
  });

  it('by Idempotency-Key, which stands for one content', async () => {
    const keyed = { ...terms, idempotencyKey: 'k1' };
    await inbox(async (own) => {
      const first = await receiveCourse(own, '7', courseOf('7'), keyed);
      await receiveCourse(own, '7', courseOf('7', { avances: [] }), terms);
      // The answer of then, and nothing is taken back to it.
      expect(await receiveCourse(own, '7', courseOf('7'), keyed)).toMatchObject({
        lote: first.lote,
        repetido: true,
      });
      expect(own.snapshot('7')?.lote).not.toBe(first.lote);
      expect(receiveClicks(own, clicks('7'), keyed)).toMatchObject({ nuevos: 5, repetidos: 0 });
      expect(receiveClicks(own, clicks('7'), keyed)).toMatchObject({ nuevos: 5 });
    });
    const error = await rejected((own) => receiveCourse(own, '7', courseOf('7', { avances: [] }), keyed));
    expect(error.codigo).toBe('clave-repetida');
  });

  it('clicks, by the id of each; another click of that id is refused with its batch', async () => {
    await inbox((own) => {
      expect(receiveClicks(own, clicks('7'), terms)).toMatchObject({ nuevos: 5, repetidos: 0 });
      expect(receiveClicks(own, clicks('7'), terms)).toMatchObject({ nuevos: 0, repetidos: 5 });
    });
    const other = { id: 'new', curso: '7', alumno: 'ana', modulo: '71', instante: '1791291601' };
    const error = await rejected((own) => receiveClicks(own, [other, { ...other, id: '7-0' }], terms));
    expect(error.errores).toMatchObject([{ lugar: 'clics, fila 2, columna id' }]);
    await inbox((own) => expect([...own.clicks('7')].map(({ id }) => id)).not.toContain('new'));
  });
});

it('a batch that comes again byte for byte has nothing new, unless somebody was erased or it is of another OTEC', async () => {
  const bytes = Buffer.from(JSON.stringify(clicks('7')));
  const send = (own: Inbox, more: object = {}) =>
    receive(own, { de: 'clics', curso: '', bytes, lines: false, terms: { ...terms, ...more } });
  const others = { own: ['8'], others: ['7'], unnamed: false };
  await inbox(async (own) => {
    const first = await send(own);
    expect(first).toMatchObject({ nuevos: 5, repetidos: 0 });
    expect(await send(own)).toEqual({ lote: first.lote, nuevos: 0, repetidos: 5 });
    own.transaction(() => {
      own.forget('7', 'ana');
      own.forgetAnswers();
    });
    const left = [...own.clicks('7')].length;
    expect(await send(own)).toMatchObject({ nuevos: 5 - left, repetidos: left });
    expect(left).toBeLessThan(5);
  });
  expect((await rejected((own) => send(own, { cursos: others }))).codigo).toBe('ajeno');
});

describe('what is wrong is refused whole, with each row', () => {
  it.each([
    ['no object', [], 'forma', /no es un objeto/],
    ['an entity that is none', { ...courseOf('7'), profesores: [] }, 'forma', /«profesores»/],
    ['clicks within a course', { ...courseOf('7'), clics: [] }, 'forma', /POST \/v1\/clics/],
    ['no students', { modulos: [] }, 'forma', /Falta «alumnos»/],
    ['a column that is missing', courseOf('7', { alumnos: [{ alumno: 'ana' }] }), 'datos', /«rut»/],
    [
      'rows of another course',
      courseOf('7', { notas: [{ curso: '8', alumno: 'ana', nota: 1 }] }),
      'datos',
      /no se tomó nada/,
    ],
  ])('%s', async (_, body, codigo, words) => {
    const error = await rejected((own) => receiveCourse(own, '7', body, terms));
    expect(error).toMatchObject({ name: 'Rejection', codigo });
    expect(error.message).toMatch(words);
    await inbox((own) => expect(own.snapshots()).toEqual([]));
  });

  it('cells, each with entity, row and column', async () => {
    const notas = [
      { alumno: 'ana', nota: 'muy bien' },
      { alumno: 'bruno', nota: 101 },
    ];
    const error = await rejected((own) => receiveCourse(own, '7', courseOf('7', { notas }), terms));
    expect(error.errores.map(({ lugar }) => lugar)).toEqual([
      'entrega, «notas», fila 1, columna nota',
      'entrega, «notas», fila 2, columna nota',
    ]);
    const bad = [
      { curso: '7', alumno: 'ana', instante: 1791291600 },
      { id: 'x', curso: '7', alumno: 'ana', instante: 'ayer' },
    ];
    const ofClicks = await rejected((own) => receiveClicks(own, bad, terms));
    expect(ofClicks.errores.map(({ lugar }) => lugar)).toEqual([
      'clics, fila 1, columna id',
      'clics, fila 2, columna instante',
    ]);
    const many = Array.from({ length: 10_001 }, (_, id) => ({
      id,
      curso: '7',
      alumno: 'a',
      instante: 1791291600,
    }));
    expect((await rejected((own) => receiveClicks(own, many, terms))).codigo).toBe('demasiado');
  });
});

describe('far fewer people than before', () => {
  const few = courseOf('7', { alumnos: rowsOf('alumnos', '7').slice(0, 1) });

  it('wait for somebody to agree, and the former ones are reported meanwhile', async () => {
    await deliverAll();
    const receipt = await inbox((own) => receiveCourse(own, '7', few, terms));
    expect(receipt).toMatchObject({ estado: 'retenido', repetido: false });
    const before = await read();
    expect(before.courses[0]?.students).toHaveLength(3);
    expect(before.findings.map(({ message }) => message).join()).toContain('está retenida');
    expect(await inbox((own) => acceptHeld(own, '7'))).toBe(true);
    expect((await read()).courses[0]?.students).toHaveLength(1);
    expect(await inbox((own) => acceptHeld(own, '7'))).toBe(false);
  });

  it('are forgotten when the course comes whole again', async () => {
    await deliverAll();
    await inbox(async (own) => {
      await receiveCourse(own, '7', few, terms);
      await receiveCourse(own, '7', courseOf('7'), terms);
      expect(own.held('7')).toBeNull();
    });
  });
});

it('a course that does not come any more is not given, and it is told since when', async () => {
  await deliverAll();
  const late = new Date(NOW.getTime() + 25 * 3_600_000);
  const { courses, notGiven } = await read(late);
  expect(courses).toEqual([]);
  expect(notGiven).toMatchObject([
    { curso: '7', cause: 'down' },
    { curso: '8', cause: 'down' },
  ]);
  expect(notGiven[0]?.issues[0].message).toContain('hace más de 24 horas');
  expect((await read(late, { maxHoras: 26 })).courses).toHaveLength(3);
  // The same content once more is news, too.
  await inbox((own) => receiveCourse(own, '7', courseOf('7'), { now: late }));
  expect((await read(late)).courses.map(({ id }) => id)).toEqual(['7']);
});

describe('xAPI statements', () => {
  const statement = (id: string, verb: string, object: string, timestamp: string, more: object = {}) => ({
    id,
    actor: { account: { homePage: 'https://aula.example', name: 'ana' } },
    verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
    object: { id: object },
    timestamp,
    context: { contextActivities: { grouping: [{ id: '7' }] } },
    ...more,
  });

  it('that mean seen are clicks, that mean completed are progress', async () => {
    await inbox(async (own) => {
      await receiveCourse(own, '7', courseOf('7', { avances: [] }), terms);
      const sent = [
        statement('s1', 'experienced', 'a1', '2026-10-06T10:00:00-03:00'),
        statement('s2', 'completed', 'a1', '2026-10-06T10:10:00-03:00'),
        statement('s3', 'completed', 'a2', '2026-10-06T10:12:00-03:00', { result: { completion: false } }),
        statement('s4', 'voided', 'a2', '2026-10-06T10:12:00-03:00'),
      ];
      expect(receiveStatements(own, sent, terms)).toMatchObject({ clics: 3, avances: 1, sinUso: 1 });
      expect(receiveStatements(own, sent, terms)).toMatchObject({ clics: 0 });
    });
    const { courses } = await read();
    expect(courses[0]?.students[0]?.alumno).toMatchObject({ tiempoConectividad: 720, porcentajeAvance: 20 });
  });

  it('without what is needed are refused whole', async () => {
    const error = await rejected((own) =>
      receiveStatements(
        own,
        [
          statement('s1', 'viewed', 'a1', '2026-10-06T10:00:00'),
          { ...statement('s2', 'viewed', 'a1', ''), actor: {} },
        ],
        terms,
      ),
    );
    expect(error.errores.map(({ lugar }) => lugar)).toEqual([
      'statement 1, timestamp',
      'statement 2, actor.account.name',
    ]);
    await inbox((own) => expect([...own.clicks('7')]).toEqual([]));
  });
});

describe('at rest', () => {
  it('only its owner can read it, and a key stands there as a hash', async () => {
    const key = await inbox((own) => own.createKey('plataforma', '76543210-3', NOW));
    const [file = ''] = await readdir(folder);
    expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
    expect((await readFile(join(folder, file))).includes(key)).toBe(false);
    await inbox((own) => {
      expect(own.holder(key)).toEqual({ otec: '76543210-3' });
      expect(own.holder(`${key.slice(0, -1)}x`)).toBeNull();
      expect(own.removeKeys('plataforma')).toBe(1);
      expect(own.holder(key)).toBeNull();
    });
  });
});

it('keeps what a file of the first version holds, and its keys', async () => {
  await inbox((own) => own.createKey('lms', '76543210-3', NOW));
  const [file = ''] = await readdir(folder);
  const db = new DatabaseSync(join(folder, file));
  // As version 1 left it.
  db.exec(`
    alter table key drop column otec; drop table told; drop table click; pragma user_version = 1;
    create table click (id text primary key, course text not null, person text not null, modulo text, actividad text,
      moment integer not null) strict, without rowid;
    create index click_course on click (course, moment, id);
    insert into click values ('z', '7', 'ana', '71', null, 1791291600000), ('b', '7', 'ana', '72', null, 1791291700000);
  `);
  const [{ hash = '' } = {}] = db.prepare('select hash from key').all() as { hash?: string }[];
  db.close();
  expect(hash).not.toBe('');
  await inbox((own) => {
    expect([...own.clicks('7')].map(({ id }) => id)).toEqual(['z', 'b']);
    const again = { id: 'z', curso: '7', alumno: 'ana', modulo: '71', instante: 1791291600 };
    expect(receiveClicks(own, [again], terms)).toMatchObject({ nuevos: 0, repetidos: 1 });
    expect(own.removeKeys('lms')).toBe(1);
  });
});
