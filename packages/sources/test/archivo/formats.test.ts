import { checkDigit } from '@puente-sic/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeExcelFile, { type Cell } from 'write-excel-file/node';
import { encodeWindows1252 } from '../../src/archivo/decode.ts';
import type { CourseTree } from '../../src/index.ts';
import { read } from './reading.ts';

/** What a provider knows, before it is written in any format. */
interface Fact {
  codigoOferta: string;
  codigoGrupo: string;
  numero: number;
  nombre: string;
  tiempoConectividad: number;
  /** Tenths of a percent. */
  avance: number;
  inicio: Date;
  fin: Date;
  modulos: { codigo: string; segundos: number; avance: number; actividades: string[] }[];
}

/** Characters that Windows-1252 has, the awkward ones of CSV among them. */
const text = fc
  .array(fc.constantFrom(...'abcÑñáÉü€\'",;|=+- \t\n0129<&>_x', ' “', '” ', ' – '), {
    minLength: 1,
    maxLength: 12,
  })
  .map((chars) => `A${chars.join('')}z`);
const name = text.map((value) => value.replace(/[|;\n\t]/g, ' '));
const code = fc.stringMatching(/^[A-Z]{2}[A-Z0-9/-]{1,8}$/);
/** Long enough ago for any time that is drawn. */
const begun = fc.integer({ min: 0, max: 800 }).map((days) => new Date(Date.UTC(2020, 0, 1 + days)));
const day = fc.integer({ min: 0, max: 800 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)));

/** A column of nothing but figures below 2 may be of fractions, and is held back. */
const tenths = fc.oneof(fc.constant(0), fc.integer({ min: 20, max: 1000 }));

const fact: fc.Arbitrary<Fact> = fc.record({
  codigoOferta: code,
  codigoGrupo: code,
  // Alone in its table, one whose number and number without its last digit have one check digit is held back.
  numero: fc
    .integer({ min: 10_000_000, max: 30_000_000 })
    .filter((numero) => checkDigit(numero) !== String(numero % 10)),
  nombre: name,
  tiempoConectividad: fc.integer({ min: 300, max: 900_000 }),
  avance: tenths,
  inicio: begun,
  fin: day,
  modulos: fc.uniqueArray(
    fc.record({
      codigo: code,
      segundos: fc.integer({ min: 300, max: 900_000 }),
      avance: tenths,
      actividades: fc.array(name, { minLength: 1, maxLength: 3 }),
    }),
    { selector: ({ codigo }) => codigo, minLength: 1, maxLength: 3 },
  ),
});
/** A module of many times its course's time is held back. */
const possible = fact.map(({ modulos, ...alumno }) => ({
  ...alumno,
  modulos: modulos.map((modulo) => ({
    ...modulo,
    segundos: Math.min(modulo.segundos, alumno.tiempoConectividad),
  })),
}));
const facts = fc
  .uniqueArray(possible, {
    selector: ({ codigoOferta, codigoGrupo, numero }) => `${codigoOferta}\n${codigoGrupo}\n${numero}`,
    minLength: 1,
    maxLength: 6,
  })
  // One RUT under two names, even in two courses, is held back.
  .map((all) => {
    const names = new Map(all.map(({ numero, nombre }) => [numero, nombre]));
    return all.map((one) => ({ ...one, nombre: names.get(one.numero) ?? one.nombre }));
  });

const ALUMNO = [
  'codigoOferta',
  'codigoGrupo',
  'rutAlumno',
  'dvAlumno',
  'nombre',
  'tiempoConectividad',
  'porcentajeAvance',
  'fechaInicio',
  'fechaFin',
];
const MODULO = [
  'codigoModulo',
  'tiempoConectividad',
  'porcentajeAvance',
  'fechaInicio',
  'fechaFin',
  'actividades',
];
const FLAT = [
  ...ALUMNO,
  ...MODULO.map((column) =>
    ALUMNO.includes(column) ? `modulo${column.charAt(0).toUpperCase()}${column.slice(1)}` : column,
  ),
];

type Written<T> = {
  text: (value: string) => T;
  number: (value: number) => T;
  tenths: (value: number) => T;
  seconds: (value: number) => T;
  date: (value: Date) => T;
};

function alumnoCells<T>(fact: Fact, w: Written<T>): T[] {
  return [
    ...[fact.codigoOferta, fact.codigoGrupo].map(w.text),
    w.number(fact.numero),
    w.text(checkDigit(fact.numero)),
    w.text(fact.nombre),
    w.seconds(fact.tiempoConectividad),
    w.tenths(fact.avance),
    w.date(fact.inicio),
    w.date(fact.fin),
  ];
}

function moduloCells<T>(fact: Fact, modulo: Fact['modulos'][number], w: Written<T>): T[] {
  return [
    w.text(modulo.codigo),
    w.seconds(modulo.segundos),
    w.tenths(modulo.avance),
    w.date(fact.inicio),
    w.date(fact.fin),
    w.text(modulo.actividades.join(' | ')),
  ];
}

const flatRows = <T>(all: Fact[], w: Written<T>): T[][] =>
  all.flatMap((fact) =>
    fact.modulos.map((modulo) => [...alumnoCells(fact, w), ...moduloCells(fact, modulo, w)]),
  );

const iso = (date: Date): string => date.toISOString().slice(0, 10);
const dayFirst = (date: Date): string => iso(date).split('-').reverse().join('/');
const clock = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');

const spellings: Written<string>[] = [
  {
    text: (value) => value,
    number: String,
    tenths: (value) => String(value / 10),
    seconds: String,
    date: iso,
  },
  {
    text: (value) => ` ${value} `,
    number: (value) => value.toLocaleString('de-DE'),
    tenths: (value) => String(value / 10).replace('.', ','),
    seconds: clock,
    date: dayFirst,
  },
];
const excel: Written<Cell> = {
  text: (value) => value,
  number: (value) => value,
  tenths: (value) => ({ value: value / 1000, format: '0.0%' }),
  seconds: (value) => ({ value: value / 86_400, format: '[h]:mm:ss' }),
  date: (value) => ({ value, format: 'dd-mm-yyyy' }),
};

const csv = (rows: string[][], delimiter: string, end: string): string =>
  rows
    .map(
      (cells) =>
        cells
          .map((cell) => (/[",;\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
          .join(delimiter) + end,
    )
    .join('');

const encodings: ((content: string) => Uint8Array)[] = [
  (content) => new TextEncoder().encode(content),
  (content) => new TextEncoder().encode(`\uFEFF${content}`),
  encodeWindows1252,
  (content) => Buffer.from(`\uFEFF${content}`, 'utf16le'),
];

/** What must be read, whatever the format: trees without their places, in any order of files. */
async function treesOf(bytes: Uint8Array, file: string) {
  const { courses, findings } = await read(bytes, file);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return courses.map(({ students, ...course }: CourseTree) => ({
    ...course,
    students: students.map(({ place: _, modulePlaces: __, ...student }) => student),
  }));
}

function expected(all: Fact[]) {
  return all.map((fact) => ({
    alumno: {
      rutAlumno: fact.numero,
      dvAlumno: checkDigit(fact.numero),
      tiempoConectividad: fact.tiempoConectividad,
      porcentajeAvance: fact.avance / 10,
      fechaInicio: iso(fact.inicio),
      fechaFin: iso(fact.fin),
      listaModulos: fact.modulos.map(({ codigo, segundos, avance, actividades }) => ({
        codigoModulo: codigo,
        tiempoConectividad: segundos,
        porcentajeAvance: avance / 10,
        fechaInicio: iso(fact.inicio),
        fechaFin: iso(fact.fin),
        listaActividades: actividades.map((codigoActividad) => ({ codigoActividad })),
      })),
    },
    name: fact.nombre,
    held: [],
    findings: [],
  }));
}

describe('the same facts give the same tree', () => {
  it('from a CSV in any separator, encoding, line end and spelling, from Excel in one sheet or two, and from JSON', async () => {
    await fc.assert(
      fc.asyncProperty(
        facts,
        fc.constantFrom(';', ',', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom(...encodings),
        fc.constantFrom(...spellings),
        async (all, delimiter, end, encode, spelling) => {
          const fromCsv = await treesOf(
            encode(csv([FLAT, ...flatRows(all, spelling)], delimiter, end)),
            'avance.csv',
          );
          expect(fromCsv.flatMap(({ students }) => students)).toHaveLength(all.length);
          for (const student of expected(all))
            expect(fromCsv.flatMap(({ students }) => students)).toContainEqual(student);

          const oneSheet = await writeExcelFile([{ data: [FLAT, ...flatRows(all, excel)] }]).toBuffer();
          expect(await treesOf(oneSheet, 'avance.xlsx')).toEqual(fromCsv);

          const keys = (fact: Fact): Cell[] => alumnoCells(fact, excel).slice(0, 4);
          const twoSheets = await writeExcelFile([
            {
              sheet: 'Módulos',
              data: [
                [...ALUMNO.slice(0, 4), ...MODULO],
                ...all.flatMap((fact) =>
                  fact.modulos.map((modulo) => [...keys(fact), ...moduloCells(fact, modulo, excel)]),
                ),
              ],
            },
            { sheet: 'Alumnos', data: [ALUMNO, ...all.map((fact) => alumnoCells(fact, excel))] },
          ]).toBuffer();
          expect(await treesOf(twoSheets, 'avance.xlsx')).toEqual(fromCsv);

          const objects = flatRows(all, spelling).map((row) =>
            Object.fromEntries(row.map((cell, index) => [FLAT[index], cell])),
          );
          expect(await treesOf(encode(JSON.stringify(objects)), 'avance.json')).toEqual(fromCsv);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('rubbish', () => {
  it('of any kind is read or told, and never a bug', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 300 }).map((content) => new TextEncoder().encode(content)),
      fc.json().map((content) => new TextEncoder().encode(content)),
      fc
        .array(fc.array(fc.oneof(fc.constantFrom(...FLAT), fc.string({ maxLength: 8 })), { maxLength: 16 }), {
          maxLength: 8,
        })
        .map((rows) => new TextEncoder().encode(rows.map((cells) => cells.join(';')).join('\n'))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('a.csv', 'a.xlsx', 'a.json', '-'), async (content, file) => {
        const failure = await read(content, file).then(
          ({ courses, findings }) => (courses.length + findings.length > 0 ? null : 'silence'),
          (error: Error) => (error.name === 'SourceError' ? null : error),
        );
        expect(failure).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
