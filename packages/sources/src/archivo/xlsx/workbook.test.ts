import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { rawRow, rawWorkbook } from '../../../test/archivo/workbooks.ts';
import { SourceError } from '../../source.ts';
import { meaningOfCode } from './formats.ts';
import { unpack } from './package.ts';
import { readXlsx as readParts } from './workbook.ts';

const readXlsx = (bytes: Uint8Array, file: string) => readParts(unpack(bytes, file), file);

function cellsOf(xml: string, more: Partial<Parameters<typeof rawWorkbook>[0]> = {}) {
  const [grid] = readXlsx(rawWorkbook({ sheets: [{ name: 'Hoja1', xml }], ...more }), 'a.xlsx');
  return grid?.rows.map(({ cells }) => Array.from(cells, (cell) => cell ?? null));
}

describe('a number means what its format says', () => {
  it.each([
    ['0%', 0.57, { kind: 'percent', value: 57 }],
    ['0.0%;[Red]-0.0%', 0.455, { kind: 'percent', value: 45.5 }],
    ['dd/mm/yyyy', 46265, { kind: 'date', text: '2026-08-31' }],
    ['[$-340A]dddd, d" de "mmmm" de "yyyy;@', 46265, { kind: 'date', text: '2026-08-31' }],
    ['yyyy-mm-dd hh:mm', 46265.99999999, { kind: 'date', text: '2026-09-01' }],
    ['d/m/yy h:mm', 46265.5, { kind: 'date', text: '2026-08-31 12:00:00' }],
    ['[h]:mm:ss', 1.0625, { kind: 'duration', seconds: 91_800 }],
    ['h:mm', 0.0625, { kind: 'duration', seconds: 5400 }],
    ['#,##0 "horas y días"', 12, { kind: 'shown', value: 12, text: '12 horas y días' }],
    ['0" min"', 390, { kind: 'shown', value: 390, text: '390 min' }],
    ['0.0" hrs"', 350.5, { kind: 'shown', value: 350.5, text: '350.5 hrs' }],
    ['0.0\\ \\h', 3.5, { kind: 'shown', value: 3.5, text: '3.5 h' }],
    ['0.0" puntos"', 85.5, 85.5],
    ['[$CLP] #,##0', 1500, 1500],
    ['0.00E+00', 12, 12],
    ['General', 12, 12],
  ])('%s', (format, value, expected) => {
    const xml = `<sheetData><row r="1"><c r="A1" s="1"><v>${value}</v></c></row></sheetData>`;
    expect(cellsOf(xml, { formats: [format] })).toEqual([[expected]]);
  });

  it('counts from 1904 where the workbook does', () => {
    const xml = '<sheetData><row r="1"><c r="A1" s="1"><v>44803</v></c></row></sheetData>';
    expect(cellsOf(xml, { formats: ['d/m/yyyy'], date1904: true })).toEqual([
      [{ kind: 'date', text: '2026-08-31' }],
    ]);
  });

  it('tells minutes from months', () => {
    expect(meaningOfCode('mm:ss')).toBe('minutes');
    expect(meaningOfCode('[mm]')).toBe('duration');
    expect(meaningOfCode('mmmm')).toBe('month');
  });
});

describe('texts', () => {
  it('joins rich text and leaves out how it is pronounced', () => {
    const strings = '<si><r><t>Ñan</t></r><r><t xml:space="preserve">cu </t></r><rPh><t>x</t></rPh></si>';
    const xml = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>';
    expect(cellsOf(xml, { strings })).toEqual([['Ñancu ']]);
  });

  it('takes what a formula gave, and tells a formula that was never calculated', () => {
    const xml =
      '<sheetData><row r="1"><c t="str"><f>A2</f><v>hola</v></c><c><f>1+1</f><v>2</v></c><c><f>B2*2</f></c>' +
      '<c t="str"><f>""</f><v></v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="b"><v>1</v></c></row></sheetData>';
    expect(cellsOf(xml)).toEqual([
      ['hola', 2, { kind: 'error', text: '=B2*2' }, null, { kind: 'error', text: '#DIV/0!' }, true],
    ]);
  });

  it('reads what other programs write: prefixes, no references, escaped characters, ISO dates', () => {
    const [grid] = readXlsx(
      rawWorkbook({
        sheets: [
          {
            name: 'Avance &amp; notas',
            xml: '<x:sheetData xmlns:x="urn:x"><x:row><x:c t="inlineStr"><x:is><x:t>a_x000D_b</x:t></x:is></x:c><x:c t="d"><x:v>2026-08-31T00:00:00</x:v></x:c></x:row></x:sheetData>',
          },
        ],
      }),
      'a.xlsx',
    );
    expect(grid?.sheet).toBe('Avance & notas');
    expect(grid?.rows).toEqual([{ number: 1, cells: ['a\rb', { kind: 'date', text: '2026-08-31' }] }]);
  });
});

describe('merged areas', () => {
  it('stand in every row that they span, and leave blank rows blank', () => {
    const xml = `<sheetData>${rawRow(1, ['12345678-5', 'M1'])}${rawRow(2, [null, 'M2'])}<row r="3"/>${rawRow(4, [null, 'M3'])}</sheetData><mergeCells><mergeCell ref="A1:A3"/></mergeCells>`;
    expect(cellsOf(xml)).toEqual([['12345678-5', 'M1'], ['12345678-5', 'M2'], [], [null, 'M3']]);
  });
});

describe('a file that is no good', () => {
  const good = rawWorkbook({ sheets: [{ name: 'A', xml: `<sheetData>${rawRow(1, ['a'])}</sheetData>` }] });
  const sheet = (xml: string) => rawWorkbook({ sheets: [{ name: 'A', xml }] });
  it.each([
    ['cut short', good.slice(0, good.length / 2)],
    ['only a signature', strToU8('PK\u0003\u0004')],
    ['a zip of something else', zipSync({ 'hola.xml': strToU8('<a/>') })],
    ['no XML', sheet('<sheetData><row')],
    ['an entity of its own', sheet('<sheetData>&boom;</sheetData>')],
    ['a column beyond the last', sheet('<sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData>')],
    ['a row beyond the last', sheet('<sheetData><row r="99999999"/></sheetData>')],
    ['a number that is none', sheet('<sheetData><row r="1"><c r="A1"><v>doce</v></c></row></sheetData>')],
    [
      'merged areas without end',
      sheet(
        `<sheetData>${rawRow(1, ['a'])}${rawRow(1_048_576, ['b'])}</sheetData><mergeCells>${'<mergeCell ref="A1:A1048576"/>'.repeat(99)}</mergeCells>`,
      ),
    ],
  ])('%s is said, not thrown as a bug', (_, bytes) => {
    expect(() => readXlsx(bytes, 'a.xlsx')).toThrow(SourceError);
  });

  it('a zip that claims to be huge is refused before it is unpacked', () => {
    const bomb = zipSync({ 'xl/workbook.xml': strToU8('<a/>') });
    const entry = Buffer.from(bomb.buffer, bomb.byteOffset).indexOf('PK\u0001\u0002', 0, 'latin1');
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(entry + 24, 250 * 1024 * 1024, true);
    expect(() => readXlsx(bomb, 'a.xlsx')).toThrow(/descomprimido ocupa más de 200 MB/);
  });
});
