import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { csv, FLAT_HEADER, flatRow, read, readOne } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

const ROWS = [
  flatRow(),
  flatRow({ rutAlumno: '11.111.111-1' }),
  flatRow({ rutAlumno: '11.111.111-1', codigoModulo: 'MOD-2' }),
];
const MAIN = 'office:value-type="string"';

/** A book of which the style 1 is crossed out. `lines`: numbers of rows (1 is the header), whole or one column of them. */
function book(struck: ReadonlyMap<number, readonly string[]>, rows = ROWS): Uint8Array {
  const cells = [FLAT_HEADER, ...rows.map((row) => FLAT_HEADER.map((name) => row[name] ?? ''))];
  const xml = cells.map((row, index) =>
    FLAT_HEADER.reduce(
      (text, name, at) => {
        const own = struck.get(index + 1)?.includes(name) ? ' s="1"' : '';
        const place = `${String.fromCharCode(65 + at)}${index + 1}`;
        return text.replace(`<c r="${place}"`, `<c r="${place}"${own}`);
      },
      rawRow(index + 1, [...row]),
    ),
  );
  return rawWorkbook({
    sheets: [{ name: 'Avance', xml: `<sheetData>${xml.join('')}</sheetData>` }],
    formats: ['General'],
    struckFormats: [1],
  });
}

describe('what is crossed out', () => {
  it('holds who is crossed out, in all of the rows, and nobody else', async () => {
    const whole = [...FLAT_HEADER];
    const { students } = await readOne(
      book(
        new Map([
          [3, whole],
          [4, whole],
        ]),
      ),
      'avance.xlsx',
    );
    expect(students.map(({ held }) => held.map(({ message }) => message))).toEqual([
      [],
      ['La fila está tachada, y no se sabe si debe enviarse.'],
    ]);
  });

  it('holds the module alone where another row of the person is not', async () => {
    const { students } = await readOne(book(new Map([[4, ['rutAlumno']]])), 'avance.xlsx');
    expect(students[1]).toMatchObject({
      alumno: { porcentajeAvance: 50, listaModulos: [{ codigoModulo: 'MOD-1' }] },
      held: [],
      heldModules: [
        { codigoModulo: 'MOD-2', message: 'La fila está tachada, y no se sabe si debe enviarse.' },
      ],
    });
  });

  it('holds what a crossed out figure is of, and names it', async () => {
    const { students } = await readOne(
      book(
        new Map([
          [2, ['moduloPorcentajeAvance']],
          [3, ['tiempoConectividad']],
        ]),
      ),
      'avance.xlsx',
    );
    expect(students[0]?.heldModules?.[0]?.message).toBe(
      'En la columna «moduloPorcentajeAvance» hay algo tachado («40»), y no se sabe si vale.',
    );
    expect(students[1]?.held[0]).toMatchObject({
      message: 'En la columna «tiempoConectividad» hay algo tachado («7200»), y no se sabe si vale.',
      place: 'avance.xlsx, hoja Avance, fila 3, columna tiempoConectividad',
    });
  });

  it('proves nothing of the other values of its column', async () => {
    const rows = ['60', '0,5', '1'].map((moduloPorcentajeAvance, index) =>
      flatRow({ codigoModulo: `MOD-${index}`, moduloPorcentajeAvance }),
    );
    const { students } = await readOne(book(new Map([[2, ['moduloPorcentajeAvance']]]), rows), 'avance.xlsx');
    expect(students[0]?.heldModules?.map(({ message }) => message)).toEqual([
      expect.stringContaining('tachado'),
      expect.stringContaining('«0,5» puede ser 0,5 % o 50 %'),
      expect.stringContaining('«1» puede ser 1 % o 100 %'),
    ]);
  });

  it('says of a list of activities that it goes as it stands', async () => {
    const { told, students } = await readOne(book(new Map([[2, ['actividades']]])), 'avance.xlsx');
    expect(students[0]?.heldModules).toBeUndefined();
    expect(told[0]).toContain('1 lista de actividades tiene algo tachado y se envía como si no');
  });

  it('sees the old value that stands crossed out beside the new one in one cell', async () => {
    const row = FLAT_HEADER.map((name) => flatRow()[name]);
    const xml = rawRow(2, row).replace(
      /<c r="D2" t="inlineStr">.*?<\/c>/,
      '<c r="D2" t="inlineStr"><is><r><rPr><strike/></rPr><t>60</t></r><r><t>7200</t></r></is></c>',
    );
    const shared = rawRow(2, row).replace(/<c r="D2" t="inlineStr">.*?<\/c>/, '<c r="D2" t="s"><v>1</v></c>');
    for (const each of [xml, shared]) {
      const bytes = rawWorkbook({
        sheets: [{ name: 'Avance', xml: `<sheetData>${rawRow(1, [...FLAT_HEADER])}${each}</sheetData>` }],
        strings:
          '<si><t>x</t></si><si><r><rPr><strike/></rPr><t>60</t></r><r><rPr><strike val="0"/></rPr><t>7200</t></r></si>',
      });
      const { students } = await readOne(bytes, 'avance.xlsx');
      expect(students[0]?.held[0]?.message).toContain('hay algo tachado («607200»)');
    }
  });

  it('makes no course of an old code beside the one that is left', async () => {
    const rows = ROWS.map((row, index) =>
      rawRow(
        index + 2,
        FLAT_HEADER.map((name) => row[name]),
      ),
    );
    const group = flatRow().codigoGrupo;
    const first = (rows[0] ?? '').replace(
      `<is><t>${group}</t></is>`,
      `<is><r><rPr><strike/></rPr><t>60</t></r><r><t>${group}</t></r></is>`,
    );
    expect(first).not.toBe(rows[0]);
    const sheet = [rawRow(1, [...FLAT_HEADER]), first, ...rows.slice(1)].join('');
    const bytes = rawWorkbook({ sheets: [{ name: 'Avance', xml: `<sheetData>${sheet}</sheetData>` }] });
    const { courses } = await read(bytes, 'avance.xlsx');
    expect(courses.map(({ codigoGrupo }) => codigoGrupo)).toEqual([group]);
    expect(courses[0]?.students.map(({ held }) => held.length)).toEqual([1, 0]);
    expect(courses[0]?.students[0]?.held[0]?.message).toContain(`hay algo tachado («60${group}»)`);
  });

  it('is seen in a sheet of LibreOffice, in its cells and in a part of one', async () => {
    const text = (value: string, style = '', inner = value) =>
      `<table:table-cell${style} ${MAIN}><text:p>${inner}</text:p></table:table-cell>`;
    const rows = ROWS.map((row, index) =>
      FLAT_HEADER.map((name) => {
        const value = row[name];
        const style = index > 0 ? ' table:style-name="ce1"' : '';
        return name === 'porcentajeAvance' && index === 0
          ? text(value, '', `<text:span text:style-name="T1">30</text:span>${value}`)
          : text(value, style);
      }).join(''),
    );
    const xml = `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles><style:style style:name="ce0"><style:text-properties style:text-line-through-style="none"/></style:style><style:style style:name="ce1"><style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="T1"><style:text-properties style:text-line-through-type="single"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Avance">${[FLAT_HEADER.map((name) => text(name, ' table:style-name="ce0"')).join(''), ...rows].map((row) => `<table:table-row>${row}</table:table-row>`).join('')}</table:table></office:spreadsheet></office:body></office:document-content>`;
    const bytes = zipSync({ 'content.xml': strToU8(xml) });
    const { students } = await readOne(bytes, 'avance.ods');
    expect(students.map(({ held }) => held.map(({ message }) => message))).toEqual([
      ['En la columna «porcentajeAvance» hay algo tachado («3050»), y no se sabe si vale.'],
      ['La fila está tachada, y no se sabe si debe enviarse.'],
    ]);
  });
});

describe('a hidden sheet', () => {
  it('is told, where nothing of it meets another sheet', async () => {
    const sheet = (oferta: string) =>
      `<sheetData>${rawRow(1, [...FLAT_HEADER])}${rawRow(
        2,
        FLAT_HEADER.map((name) => flatRow({ codigoOferta: oferta })[name]),
      )}</sheetData>`;
    const bytes = rawWorkbook({
      sheets: [
        { name: 'Ahora', xml: sheet('OF-1') },
        { name: 'Antes', xml: sheet('OF-2'), hidden: true },
      ],
    });
    const { courses, findings } = await read(bytes, 'avance.xlsx');
    expect(courses).toHaveLength(2);
    expect(findings.map(({ message }) => message)).toEqual([
      'La hoja Antes de avance.xlsx está oculta, y también se lee y se envía.',
    ]);
    expect((await read(csv([flatRow()]))).findings).toEqual([]);
  });
});
