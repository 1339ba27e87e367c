import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  entidadesSource,
  pushSource,
  type Rejection,
  receiveClicks,
  receiveCourse,
  sqlSource,
  withInbox,
} from '../../src/index.ts';
import { issuesOf, type Reading, type Source } from '../../src/source.ts';
import { ENGINES, type Engine, tablesSql } from '../sql/engines.ts';
import { AT, AULA, aulaWith, csvOf } from './aula.ts';

// The same fault, by every way in: told with its place, the other course as it was, nothing half.

type Aula = Record<string, string[][]>;
interface Outcome {
  reading: Reading;
  /** Every place that was told, wherever it was told. */
  places: string[];
}
interface Way {
  read(aula: Aula): Promise<Outcome>;
  /** What the way cannot hold at all. */
  without?: RegExp;
  stop?(): Promise<void>;
}

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'puente-caminos-'));
const REJECTS_WHOLE = 'push';

async function outcomeOf(source: Source, refused: string[] = []): Promise<Outcome> {
  try {
    const reading = await source.read({ at: AT });
    const all = [
      ...reading.findings,
      ...issuesOf(reading.notGiven),
      ...reading.courses.flatMap(({ students, findings }) => [
        ...findings,
        ...students.flatMap(({ held, heldModules = [], findings: own }) => [...held, ...heldModules, ...own]),
      ]),
    ];
    return { reading, places: [...refused, ...all.map(({ place = '' }) => place)] };
  } finally {
    await source.close();
  }
}

function folderWay(
  extension: string,
  text: (rows: string[][]) => string,
  without?: RegExp,
): () => Promise<Way> {
  return async () => {
    const folders: string[] = [];
    return {
      ...(without && { without }),
      async read(aula) {
        const ruta = await newFolder();
        folders.push(ruta);
        for (const [entity, rows] of Object.entries(aula))
          await writeFile(join(ruta, `${entity}.${extension}`), text(rows));
        return outcomeOf(entidadesSource({ name: 'aula', ruta }));
      },
      stop: async () => {
        for (const folder of folders) await rm(folder, { recursive: true });
      },
    };
  };
}

const objectsOf = ([names = [], ...rows]: string[][]): Record<string, string | null>[] =>
  rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] || null])));

async function pushWay(): Promise<Way> {
  const folders: string[] = [];
  return {
    async read(aula) {
      const stateDir = await newFolder();
      folders.push(stateDir);
      const refused: string[] = [];
      const terms = { now: new Date(AT.getTime() - 3_600_000) };
      const told = (error: Rejection) => {
        if (error.name !== 'Rejection') throw error;
        refused.push(...error.errores.map(({ lugar }) => lugar));
      };
      const ids = new Set((aula.cursos ?? []).slice(1).map(([id = '']) => id));
      await withInbox({ name: 'aula', stateDir }, async (inbox) => {
        for (const id of ids) {
          const own = (entity: string) => objectsOf(aula[entity] ?? []).filter(({ curso }) => curso === id);
          const { clics: _, ...others } = aula;
          const body = Object.fromEntries(
            Object.keys(others).map((entity) => [entity, own(entity).map(({ curso: __, ...row }) => row)]),
          );
          await receiveCourse(inbox, id, body, terms).catch(told);
          try {
            receiveClicks(
              inbox,
              own('clics').map((row, at) => ({ id: `${id}-${at}`, ...row })),
              terms,
            );
          } catch (error) {
            told(error as Rejection);
          }
        }
      });
      return outcomeOf(pushSource({ name: 'aula', stateDir, clock: () => AT }), refused);
    },
    stop: async () => {
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}

/** Text as an engine's own expression, so that it may hold what no file of SQL can. */
function sqlText(kind: string, text: string): string {
  const pieces = text.split('\0').map((piece) => `'${piece.replaceAll("'", "''")}'`);
  return kind === 'MariaDB' ? `concat(${pieces.join(', char(0), ')})` : pieces.join(' || char(0) || ');
}

function sqlWay(kind: string, start: () => Promise<Engine>): () => Promise<Way> {
  return async () => {
    const engine = await start();
    const folder = await newFolder();
    const consultas = join(folder, 'aula.sql');
    return {
      // Text of PostgreSQL holds no NUL; none of them holds half a character.
      without: kind === 'PostgreSQL' ? /NUL|half/ : /half/,
      async read(aula) {
        const url = await engine.createDatabase();
        const odd = Object.entries(aula).flatMap(([entity, [names = [], ...rows]]) =>
          rows
            .filter((cells) => cells.some((cell) => cell.includes('\0')))
            .map((cells) => {
              const values = cells.map((cell) => (cell === '' ? 'null' : sqlText(kind, cell)));
              return `insert into ${entity} (${names.join(', ')}) values (${values.join(', ')})`;
            }),
        );
        const plain = Object.fromEntries(
          Object.entries(aula).map(([entity, rows]) => [
            entity,
            rows.filter((cells) => !cells.some((cell) => cell.includes('\0'))),
          ]),
        );
        await engine.run(url, [...tablesSql(plain), ...odd]);
        const queries = Object.keys(aula).map((entity) => `-- entidad: ${entity}\nselect * from ${entity};`);
        await writeFile(consultas, queries.join('\n'));
        return outcomeOf(sqlSource({ name: 'aula', url, consultas }));
      },
      stop: async () => {
        await engine.stop();
        await rm(folder, { recursive: true });
      },
    };
  };
}

const WAYS: [string, (() => Promise<Way>) | null][] = [
  ['CSV', folderWay('csv', (rows) => csvOf(rows), /half/)],
  [
    'NDJSON',
    folderWay('ndjson', (rows) =>
      objectsOf(rows)
        .map((row) => JSON.stringify(row))
        .join('\n'),
    ),
  ],
  [REJECTS_WHOLE, pushWay],
  ...ENGINES.map(([kind, start]): [string, (() => Promise<Way>) | null] => [
    kind,
    start && sqlWay(kind, start),
  ]),
];

/** The aula with a row more; it is told by its column. */
const plus = (entity: string, ...row: string[]): Aula =>
  aulaWith({ [entity]: [...(AULA[entity] ?? []), row] });
const TIEMPOS = ['curso', 'alumno', 'modulo', 'segundos'];
const inTiempos = (segundos: string): Aula =>
  aulaWith({
    clics: null,
    tiempos: [TIEMPOS, ['7', 'ana', '71', segundos], ['8', 'ana', '', '60'], ['8', 'elsa', '', '60']],
  });

const FAULTS: [string, string, Aula][] = [
  ['NUL in a name', 'columna nombre', plus('alumnos', '7', 'fe', '15111222-6', 'F\0e', '', '', '', '')],
  [
    'half a character in a name',
    'columna nombre',
    plus('alumnos', '7', 'fe', '15111222-6', 'F\ud83e', '', '', '', ''),
  ],
  [
    'half a character in an id',
    'columna alumno',
    plus('alumnos', '7', '\udd8afe', '15111222-6', 'Fe', '', '', '', ''),
  ],
  ['negative seconds', 'columna segundos', inTiempos('-1')],
  ['endless seconds', 'columna segundos', inTiempos('1e99')],
  ['a negative moment', 'columna instante', plus('clics', '7', 'ana', '71', '', '-1791291600')],
  ['a moment that is text', 'columna instante', plus('clics', '7', 'ana', '71', '', 'muchos')],
  ['a mark beyond its scale', 'columna nota', plus('notas', '7', 'ana', '', '101')],
  [
    'a day that is none',
    'columna fin',
    plus('alumnos', '7', 'fe', '15111222-6', 'Fe', '', '', '2026-02-30', ''),
  ],
  ['neither yes nor no', 'columna completada', plus('avances', '7', 'ana', 'a3', 'quizás', '')],
];

for (const [name, start] of WAYS)
  describe.skipIf(start === null)(`by ${name}`, () => {
    let way: Way;
    let right: Outcome;
    beforeAll(async () => {
      way = await (start as () => Promise<Way>)();
      right = await way.read(AULA);
    });
    afterAll(() => way?.stop?.());

    const alumnosOf = ({ reading }: Outcome, id: string) =>
      reading.courses.filter((course) => course.id === id).flatMap(({ students }) => students);

    it.each(FAULTS)(
      '%s is told where it stands, and costs no other course anything',
      async (fault, column, aula) => {
        if (way.without?.test(fault)) return;
        const found = await way.read(aula);
        expect(found.places).toContainEqual(expect.stringContaining(column));
        const other = alumnosOf(found, '8');
        expect(other.map(({ held }) => held)).toEqual([[], []]);
        if (aula.tiempos === undefined)
          expect(other.map(({ alumno }) => alumno)).toEqual(
            alumnosOf(right, '8').map(({ alumno }) => alumno),
          );
        if (name === REJECTS_WHOLE) {
          // Nothing of a delivery that is wrong is kept; without its clicks the course is not given with times of 0.
          expect(alumnosOf(found, '7')).toEqual([]);
          if (column === 'columna instante')
            expect(found.reading.notGiven).toMatchObject([{ curso: '7', cause: 'withheld' }]);
          return;
        }
        // Who is right beside the fault is reported as without it, or held; never with other figures.
        for (const student of alumnosOf(found, '7').filter(({ held }) => held.length === 0)) {
          const before = alumnosOf(right, '7').find(({ name: one }) => one === student.name);
          if (before && aula.tiempos === undefined) expect(student.alumno).toEqual(before.alumno);
        }
      },
    );

    it('what is yet to come does not count, and is no fault', async () => {
      const clics = [...(AULA.clics ?? []), ['7', 'ana', '71', '', '2026-11-23T22:30:01-03:00']];
      const avances = [...(AULA.avances ?? []), ['7', 'ana', 'a3', '2026-11-24T10:00:00-03:00', '']];
      const found = await way.read(aulaWith({ clics, avances }));
      expect(found.reading.courses.map(({ students }) => students.map(({ alumno }) => alumno))).toEqual(
        right.reading.courses.map(({ students }) => students.map(({ alumno }) => alumno)),
      );
    });

    it('two courses with one code stay two, each under its own id', async () => {
      const found = await way.read({
        ...AULA,
        cursos: [
          ...(AULA.cursos ?? []),
          ['9', 'CAP-26-01', 'CAP-26-01-A', 'Copia', '2026-10-05', '2026-12-18'],
        ],
        modulos: [...(AULA.modulos ?? []), ['9', '71', '', 'Saludar/PRES028008000558', '1']],
        actividades: [...(AULA.actividades ?? []), ['9', '71', 'a1', 'Leer', '', '']],
        alumnos: [...(AULA.alumnos ?? []), ['9', 'ana', '11.111.111-1', 'Ana Ñancupil', '', '', '', '']],
        avances: [...(AULA.avances ?? []), ['9', 'ana', 'a1', 'no', '']],
        clics: [...(AULA.clics ?? []), ['9', 'ana', '71', '', '1791291600']],
      });
      const codes = found.reading.courses.map(({ id, codigoGrupo }) => `${id} ${codigoGrupo}`);
      expect(codes.filter((code) => code.endsWith('CAP-26-01-A'))).toEqual([
        '7 CAP-26-01-A',
        '9 CAP-26-01-A',
      ]);
      expect(alumnosOf(found, '7').map(({ alumno }) => alumno)).toEqual(
        alumnosOf(right, '7').map(({ alumno }) => alumno),
      );
    });
  });

describe('a file as databases and programs write it', () => {
  const NULLS = (rows: string[][], sign: string) => rows.map((cells) => cells.map((cell) => cell || sign));
  const written = (sign: string) =>
    Object.fromEntries(Object.entries(AULA).map(([entity, rows]) => [entity, NULLS(rows, sign)]));

  const ndjson = (rows: string[][]) =>
    objectsOf(rows)
      .map((row) => JSON.stringify(row))
      .join('\n');
  it.each([
    ['NULL', 'csv', csvOf],
    ['\\N', 'csv', csvOf],
    ['null', 'csv', csvOf],
    ['NULL', 'ndjson', ndjson],
    ['null', 'ndjson', ndjson],
  ] as const)('has %s where there is nothing, in %s', async (sign, extension, text) => {
    const way = await folderWay(extension, text)();
    const found = await way.read(written(sign));
    const right = await way.read(AULA);
    await way.stop?.();
    expect(found).toEqual(right);
  });

  it('in UTF-16, with a line of dashes below the header and the count of rows at the end', async () => {
    const way = await folderWay('csv', csvOf)();
    const right = await way.read(AULA);
    const ruta = await newFolder();
    for (const [entity, [header = [], ...rows]] of Object.entries(written('NULL'))) {
      const lines = [header, header.map((name) => '-'.repeat(name.length)), ...rows];
      const text = `${csvOf(lines)}\r\n\r\n(${rows.length} rows affected)\r\n`;
      await writeFile(join(ruta, `${entity}.csv`), Buffer.from(`\ufeff${text}`, 'utf16le'));
    }
    const found = await outcomeOf(entidadesSource({ name: 'aula', ruta }));
    await rm(ruta, { recursive: true });
    await way.stop?.();
    const figures = ({ reading }: Outcome) =>
      reading.courses.map(({ students }) => students.map(({ alumno }) => alumno));
    expect(figures(found)).toEqual(figures(right));
    expect(found.reading.notGiven).toEqual(right.reading.notGiven);
    expect(found.reading.findings).toEqual(right.reading.findings);
  });
});
