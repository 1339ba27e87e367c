import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readLogFiles } from '../../src/moodle/ws/csv-log.ts';
import { rawRow, rawWorkbook } from '../archivo/workbooks.ts';
import { courseLog } from './log-csv.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const LOG = courseLog(2).replace('\ufeff', '');
const ROWS: string[][] = parse(LOG);

/** What a file of that name and content gives: who, and how many clicks of each. */
async function readAs(name: string, content: string | Uint8Array) {
  const path = join(folder, name);
  await writeFile(path, content);
  const { files } = await readLogFiles(path, new AbortController().signal);
  return files.map(({ clicks, ...rest }) => ({
    ...rest,
    clicks: [...clicks.values()].map((users) => [...users].map(([user, own]) => [user, [...own.encode()]])),
  }));
}

const book = (rows: (string | number)[][]): Uint8Array => {
  const xml = rows.map((row, index) =>
    rawRow(
      index + 1,
      row.map((cell) => (typeof cell === 'string' ? cell.replaceAll('&', '&amp;') : cell)),
    ).replace(/<c r="A(\d+)"><v>/, '<c r="A$1" s="1"><v>'),
  );
  return rawWorkbook({
    sheets: [{ name: 'Registros', xml: `<sheetData>${xml.join('')}</sheetData>` }],
    formats: ['dd\\-mm\\-yyyy hh:mm'],
  });
};

it.each(['sep=,\r\n', '\ufeffsep=,\n', '"sep=,"\r\n'])(
  'a log under the line %j, with which Excel names its separator, is read as without it',
  async (line) => {
    expect(await readAs('b.csv', line + LOG)).toEqual(await readAs('a.csv', LOG));
  },
);

it('a log saved again with another separator under such a line is read', async () => {
  const again = `sep=;\r\n${ROWS.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n')}`;
  expect(await readAs('b.csv', again)).toEqual(await readAs('a.csv', LOG));
});

it('a log downloaded as a workbook is read as the CSV is, also from a folder', async () => {
  const read = await readAs('registros.xlsx', book(ROWS));
  const { files } = await readLogFiles(folder, new AbortController().signal);
  expect(files).toHaveLength(1);
  expect(read).toEqual(await readAs('a.csv', LOG));
});

it('a workbook of which Excel has made the moments dates of its own is refused', async () => {
  const rows = ROWS.map((row, index) => (index === 0 ? row : [46_333.5, ...row.slice(1)]));
  await expect(readAs('registros.xlsx', book(rows))).rejects.toThrow(/se guardó con Excel/);
});

it('a big workbook is read as the CSV is, which comes over from its thread in parts', async () => {
  const [header = [], ...rows] = ROWS;
  const many = [header, ...Array.from({ length: 2500 }, (_, index) => rows[index % rows.length] ?? [])];
  const again = many.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
  const [read, ...others] = await readAs('registros.xlsx', book(many));
  expect([read, ...others]).toEqual(await readAs('a.csv', again));
  expect(read?.clicks.flat(2)).not.toEqual([]);
});

it.each([
  ['Nombre,Total del curso (Real),Última descarga de este curso\n', 'Calificaciones (exportar)'],
  ['First name,Last name,Email address,Groups\n', 'Participantes'],
  ['ID,Name,Quiz 1,Quiz 1 - Completion date,Course complete\n', 'Finalización del curso'],
])('another of Moodle’s reports is called by its name: %j', async (header, name) => {
  await expect(readAs('a.csv', header)).rejects.toThrow(`es el informe «${name}» de Moodle`);
});
