import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ReadingThread } from '../../src/archivo/thread.ts';
import { SourceError } from '../../src/index.ts';
import { csv, flatRow, read } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

/** Enough rows that no program reads them at once: 2 MB. */
const big = manyRows(15_000);

function manyRows(length: number): string {
  return csv(Array.from({ length }, (_, index) => flatRow({ codigoModulo: `M${index}` })));
}

describe('a big file', () => {
  it('is read beside the event loop, and as a small one is', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const { courses, findings } = await read(big);
    clearInterval(timer);
    expect(findings).toEqual([]);
    expect(courses[0]?.students[0]?.alumno.listaModulos).toHaveLength(15_000);
    // Read where the test is, it would have had no turn before it was done.
    expect(turns).toBeGreaterThan(0);
  });

  it.each(['rows', 'columns'] as const)(
    'is looked through for its %s beside the event loop too',
    async (what) => {
      const thread = new ReadingThread();
      const task = { bytes: new TextEncoder().encode(big), file: 'a.csv', deciding: { answers: {} } };
      let turns = 0;
      const turn = (): void => {
        turns += 1;
        if (turns < 1e6) setImmediate(turn);
      };
      setImmediate(turn);
      const seen = await thread[what](task);
      const until = turns;
      turns = 1e6;
      await thread.close();
      expect(Array.isArray(seen) ? seen.length : seen.columnas.length).toBe(
        Array.isArray(seen) ? 15_001 : 13,
      );
      // Looked through where the test is, no turn would have come before it was done.
      expect(until).toBeGreaterThan(0);
    },
  );

  it('comes over in parts, one file after another', async () => {
    const thread = new ReadingThread();
    const bytes = new TextEncoder().encode(manyRows(2500));
    for (const file of ['a.csv', 'b.csv']) {
      const { entries } = await thread.read({ bytes, file, deciding: { answers: {} } });
      expect(entries.map(({ modulo }) => modulo?.codigoModulo)).toEqual(
        Array.from({ length: 2500 }, (_, index) => `M${index}`),
      );
      expect(entries.at(-1)?.file).toBe(file);
    }
    await thread.close();
  });

  it('that cannot be read is told as a small one is', async () => {
    const failure = await read(`${big}\r\n"abierta`).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining('comillas'),
      fix: expect.any(String),
    });
  });

  it('is let go when nobody waits for it any more', async () => {
    const thread = new ReadingThread();
    const task = { bytes: new TextEncoder().encode(big), file: 'a.csv', deciding: { answers: {} } };
    const abort = new AbortController();
    const reading = thread.read(task, abort.signal);
    abort.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect((await thread.read(task)).entries).toHaveLength(15_000);
    await thread.close();
  });
});

it('courses are put together one at a time: others have their turn of the event loop between them', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => flatRow({ codigoOferta: `OF-${index + 1}` }));
  let turns = 0;
  let reading = true;
  const count = (): void => {
    turns++;
    if (reading) setImmediate(count);
  };
  setImmediate(count);
  const { courses } = await read(csv(rows));
  reading = false;
  expect(courses).toHaveLength(40);
  expect(turns).toBeGreaterThanOrEqual(40);
});

describe('a hostile file', () => {
  it('of a few kB that unpack to more rows than anybody has stops at the limit', async () => {
    const row = rawRow(1, ['a', 'b']).replace(/ r="[A-Z]?1"/g, '');
    const sheet = rawWorkbook({
      sheets: [{ name: 'A', xml: `<sheetData>${row.repeat(300_000)}</sheetData>` }],
    });
    expect(sheet.length).toBeLessThan(1024 * 1024);
    await expect(read(sheet, 'bomba.xlsx')).rejects.toThrow(
      'No se leyó bomba.xlsx: tiene más de 100.000 filas.',
    );
  });

  it('of repeated rows in an .ods stops at the limit', async () => {
    const content =
      '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="t" xmlns:text="x"><table:table table:name="A"><table:table-row table:number-rows-repeated="900000"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table></office:document-content>';
    await expect(read(zipSync({ 'content.xml': strToU8(content) }), 'a.ods')).rejects.toThrow(
      '100.000 filas',
    );
  });

  it('a CSV of nothing but line ends stops at the limit', async () => {
    await expect(read('a;b\n'.repeat(150_000), 'a.csv')).rejects.toThrow('100.000 filas');
  });
});
