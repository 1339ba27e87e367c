import { CP850, MAC_ROMAN } from '../../../src/archivo/code-pages.ts';
import { encodeWindows1252 } from '../../../src/archivo/decode.ts';
import type { ColumnAnswers } from '../../../src/index.ts';
import { rawWorkbook } from '../workbooks.ts';
import { answersBy, namesBy, type WrittenColumn } from './answers.ts';
import { withRemarks } from './around.ts';
import { type Meant, meantBy } from './meant.ts';
import { Random } from './random.ts';
import {
  BODIES,
  CODES,
  DATES,
  ESTADOS,
  MARKS,
  PROGRESS,
  RUTS,
  type Spelling,
  TENFOLD,
  TIMES,
  TURNED,
} from './spellings.ts';

export interface WrittenSheet {
  bytes: Uint8Array;
  file: string;
  meant: Meant[];
  /** What the person has answered about the columns, all of it true. */
  columnas: ColumnAnswers;
  /** And what the names of the columns say. */
  known: ColumnAnswers;
}

type Cell = ReturnType<Spelling<unknown>>;

/** The sheet of a number: what a person means, and a file of it by habits drawn at random. */
export function sheetOf(seed: number): WrittenSheet {
  const random = new Random(seed);
  const meant = meantBy(random);
  const workbook = random.chance(0.4);
  const columns = columnsBy(random, workbook, meant);
  const answers = answersBy(random, columns);
  const { names, stated } = namesBy(random, columns);
  // Who writes it above the column need not answer.
  const columnas = Object.fromEntries(
    Object.entries(answers).filter(([header]) => !Object.hasOwn(stated, header) || random.chance(0.5)),
  );
  const known = { ...answers, ...stated };
  const people = meant.map((each) => columns.map(({ write }) => write(each)));
  const { rows, first } = withRemarks([names, ...people], random);
  return workbook
    ? { bytes: bookOf(rows, first, random), file: 'avance.xlsx', meant, columnas, known }
    : { bytes: textOf(rows, random), file: 'avance.csv', meant, columnas, known };
}

function columnsBy(random: Random, workbook: boolean, meant: readonly Meant[]): WrittenColumn[] {
  const sign = random.pick([',', '.'] as const);
  const column = <T>(
    header: string,
    spellings: readonly Spelling<T>[],
    value: (meant: Meant) => T | null,
  ): WrittenColumn => {
    const values = meant.flatMap((each) => value(each) ?? []);
    const own = random.pick(
      spellings.filter(
        (each) =>
          (each.sign ?? sign) === sign && (workbook || isText(each, value)) && (each.suits?.(values) ?? true),
      ),
    );
    return {
      header,
      answer: own.answer ?? null,
      unseen: own.unseen ?? false,
      highest: Math.max(0, ...values.filter((each) => typeof each === 'number')),
      write: (meant: Meant): Cell => {
        const known = value(meant);
        return known === null ? '' : own(known, random);
      },
    };
  };
  const seconds = (each: Meant): number => each.alumno.tiempo;
  const times = TIMES.filter((each) => (each.sign ?? sign) === sign && (workbook || isText(each, seconds)));
  const time = random.pick(times);
  // As a rule by the same person, and so alike.
  const moduleTime = random.chance(0.8) ? time : random.pick(times);
  const apart = random.chance(0.4);
  const estados = random.pick(ESTADOS);
  const tenfold = random.chance(0.1) && estados(2, random) !== 'Finalizado';
  const marks = tenfold ? [TENFOLD] : MARKS;
  const later = meant.some(({ alumno }) =>
    [alumno.inicio, alumno.fin].some((day) => Number(day.slice(8)) > 12),
  );
  const dates = workbook && later && random.chance(0.15) ? [TURNED] : DATES;
  return [
    column('codigoOferta', CODES, ({ codigoOferta }) => codigoOferta),
    column('codigoGrupo', CODES, ({ codigoGrupo }) => codigoGrupo),
    column('rutAlumno', apart ? BODIES : RUTS, ({ numero, dv }) => ({ numero, dv })),
    ...(apart
      ? [column('dvAlumno', [(dv: string) => dv, (dv: string) => dv.toLowerCase()], ({ dv }) => dv)]
      : []),
    column('nombre', [(name: string) => name], ({ nombre }) => nombre),
    column('tiempoConectividad', [time], seconds),
    column('porcentajeAvance', PROGRESS, ({ alumno }) => alumno.avance),
    column('estado', [estados], ({ alumno }) => alumno.estado),
    column('moduloEstado', [estados], ({ modulo }) => modulo.estado),
    column('evaluacionFinal', marks, ({ alumno }) => alumno.nota),
    column('fechaInicio', dates, ({ alumno }) => alumno.inicio),
    column('fechaFin', dates, ({ alumno }) => alumno.fin),
    column('codigoModulo', CODES, ({ codigoModulo }) => codigoModulo),
    column('moduloTiempoConectividad', [moduleTime], ({ modulo }) => modulo.tiempo),
    column('moduloPorcentajeAvance', PROGRESS, ({ modulo }) => modulo.avance),
    column('notaModulo', marks, ({ modulo }) => modulo.nota),
    column('moduloFechaInicio', dates, ({ modulo }) => modulo.inicio),
    column('moduloFechaFin', dates, ({ modulo }) => modulo.fin),
    column('actividades', [(name: string) => name], ({ actividad }) => actividad),
  ];
}

/** Some spellings need a workbook: a number with its format. */
function isText<T>(spelling: Spelling<T>, value: (meant: Meant) => T | null): boolean {
  const [example] = meantBy(new Random(7));
  if (example === undefined) return false;
  const known = value({
    ...example,
    ...{ codigoOferta: '0446', codigoGrupo: '0446', codigoModulo: '0446' },
    alumno: { ...example.alumno, nota: 80 },
    modulo: { ...example.modulo, nota: 80 },
  });
  return known !== null && typeof spelling(known, new Random(1)) === 'string';
}

function textOf(rows: Cell[][], random: Random): Uint8Array {
  const delimiter = random.pick([';', ',', '\t', '|', '^', '||']);
  const end = random.pick(['\r\n', '\n', '\r']);
  const quoted = random.chance(0.3);
  // A line pasted from another export.
  const pasted = random.chance(0.1) ? random.whole(1, rows.length - 1) : null;
  const lines = rows.map((cells, index) => {
    const own = index === pasted ? random.pick([';', ',', '\t']) : delimiter;
    return cells
      .map((cell) => (typeof cell === 'string' ? cell : String(cell.value)))
      .map((cell) =>
        quoted || /["\r\n]/.test(cell) || cell.includes(own) ? `"${cell.replaceAll('"', '""')}"` : cell,
      )
      .join(own);
  });
  const whole = random.chance(0.1) ? lines.map((line) => `"${line.replaceAll('"', '""')}"`) : lines;
  const below = random.pick([
    '',
    '',
    '',
    `${end}(${rows.length - 1} rows affected)${end}`,
    `TOTAL${delimiter}${end}`,
    `${delimiter.repeat(3)}Promedio del curso${delimiter}${end}`,
  ]);
  const named = random.chance(0.1) ? `sep=${random.pick([delimiter.charAt(0), ';', ','])}${end}` : '';
  return encoded(
    `${named}${whole.join(end)}${random.chance(0.8) || below !== '' ? end : ''}${below}`,
    random,
  );
}

function encoded(text: string, random: Random): Uint8Array {
  const utf8 = new TextEncoder().encode(text);
  const page = (table: string): Uint8Array =>
    Uint8Array.from(text, (char) =>
      char < '\u0080' ? char.charCodeAt(0) : Math.max(0x3f, table.indexOf(char) + 0x80),
    );
  // What an encoding does not have is no habit of who uses it.
  const latin = /^[\0-\u00ff]*$/.test(text);
  const ways: (() => Uint8Array)[] = [
    () => utf8,
    () => new TextEncoder().encode(`\uFEFF${text}`),
    () => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    () => Buffer.from(text, 'utf16le'),
    () => inUtf32(text),
  ];
  if (latin)
    ways.push(
      () => encodeWindows1252(text),
      () => page(MAC_ROMAN),
      () => page(CP850),
      () =>
        new TextEncoder().encode(
          Buffer.from(utf8)
            .toString('latin1')
            .replace(/[\u0080-\u009f]/g, cp1252),
        ),
    );
  return random.pick(ways)();
}

function inUtf32(text: string): Uint8Array {
  const points = Array.from(text, (char) => char.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(points.length * 4);
  for (const [index, point] of points.entries()) bytes.writeUInt32LE(point, index * 4);
  return bytes;
}

function cp1252(char: string): string {
  return Buffer.from(char, 'latin1').length === 1
    ? new TextDecoder('windows-1252').decode(Buffer.from(char, 'latin1'))
    : char;
}

function bookOf(rows: Cell[][], first: number, random: Random): Uint8Array {
  const formats: string[] = [];
  const styleOf = (format: string): number => {
    if (!formats.includes(format)) formats.push(format);
    return formats.indexOf(format) + 1;
  };
  const hidden = random.chance(0.2) ? random.whole(2, rows.length) : 0;
  // An old value, crossed out beside the one that holds.
  const corrected = random.chance(0.15)
    ? { row: first + 1, column: random.whole(0, (rows[0]?.length ?? 1) - 1) }
    : null;
  const xml = rows.map((cells, index) => {
    const row = index + 1;
    const inner = cells.map((cell, column) => {
      const at = `${String.fromCharCode(65 + column)}${row}`;
      const isCorrected = corrected?.row === row && corrected.column === column;
      if (isCorrected && (typeof cell !== 'string' || cell !== ''))
        return `<c r="${at}" t="inlineStr"><is><r><rPr><strike/></rPr><t>60</t></r><r><t xml:space="preserve">${escaped(
          String(typeof cell === 'string' ? cell : cell.value),
        )}</t></r></is></c>`;
      if (typeof cell === 'string')
        return cell === ''
          ? ''
          : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
      const style = cell.format === undefined ? '' : ` s="${styleOf(cell.format)}"`;
      return `<c r="${at}"${style}><v>${cell.value}</v></c>`;
    });
    return `<row r="${row}"${row === hidden ? ' hidden="1"' : ''}>${inner.join('')}</row>`;
  });
  return rawWorkbook({
    formats,
    sheets: [{ name: 'Avance', xml: `<sheetData>${xml.join('')}</sheetData>` }],
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
