import { describe, expect, it } from 'vitest';
import { reading, table } from './case-reading.ts';
import { FLAT_HEADER, flatRow, read } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

describe('workbooks', () => {
  const book = (
    cells: (string | number | null)[][],
    more: Partial<Parameters<typeof rawWorkbook>[0]> = {},
    attributes = '',
  ) =>
    rawWorkbook({
      sheets: [
        {
          name: 'Avance',
          xml: `<sheetData>${rawRow(1, [...FLAT_HEADER])}${cells.map((row, index) => rawRow(index + 2, row).replace('<row', `<row${attributes}`)).join('')}</sheetData>`,
        },
      ],
      ...more,
    });
  const cellsOf = (changes: Record<string, string | number> = {}): (string | number)[] =>
    FLAT_HEADER.map((name) => changes[name] ?? flatRow()[name]);

  it('a code with a format of zeros is what the sheet shows', async () => {
    const xml = book([cellsOf({ codigoGrupo: 446, codigoModulo: 446 })], { formats: ['0000'] });
    const styled = rawWorkbook({
      formats: ['0000'],
      sheets: [
        {
          name: 'Avance',
          xml: `<sheetData>${rawRow(1, [...FLAT_HEADER])}${rawRow(
            2,
            cellsOf({ codigoGrupo: 446, codigoModulo: 446 }),
          )
            .replaceAll('<v>446', '<v>446')
            .replaceAll(/(<c r="[BH]2")/g, '$1 s="1"')}</sheetData>`,
        },
      ],
    });
    expect(await reading(styled, 'avance.xlsx')).toMatchObject({
      codigoGrupo: '0446',
      modulos: [{ codigoModulo: '0446' }],
      told: [],
    });
    expect(await reading(xml, 'avance.xlsx')).toMatchObject({ codigoGrupo: '446' });
  });

  it('a RUT with a format of its own says where it ends', async () => {
    const styled = rawWorkbook({
      formats: ['##"."###"."###-0'],
      sheets: [
        {
          name: 'Avance',
          xml: `<sheetData>${rawRow(1, [...FLAT_HEADER])}${rawRow(2, cellsOf({ rutAlumno: 98765433 })).replace('<c r="C2"', '<c r="C2" s="1"')}</sheetData>`,
        },
      ],
    });
    expect((await reading(styled, 'avance.xlsx')).ruts).toEqual(['9876543-3']);
  });

  it('a fraction of a day without its format is held back', async () => {
    const { held, ruts } = await reading(
      book([cellsOf({ tiempoConectividad: 1.5, moduloTiempoConectividad: 0.10416666666666667 })]),
      'avance.xlsx',
    );
    expect(ruts).toEqual([null]);
    expect(held.map(({ place }) => place)).toEqual([
      'avance.xlsx, hoja Avance, fila 2, columna tiempoConectividad',
      'avance.xlsx, hoja Avance, fila 2, columna moduloTiempoConectividad',
    ]);
  });

  it('dates without format count from where their workbook does', async () => {
    const { alumnos, told } = await reading(
      book([cellsOf({ fechaInicio: 44838, fechaFin: 44912 })], { date1904: true }),
      'avance.xlsx',
    );
    expect(alumnos[0]).toMatchObject({ fechaInicio: '2026-10-05', fechaFin: '2026-12-18' });
    expect(told).toHaveLength(1);
  });

  it('hidden rows are read and told', async () => {
    const { ruts, told } = await reading(book([cellsOf()], {}, ' hidden="1"'), 'avance.xlsx');
    expect(ruts).toEqual(['12345678-5']);
    expect(told).toEqual([expect.stringContaining('filas ocultas')]);
  });

  it('a hidden sheet is named as hidden, and hidden columns are told', async () => {
    const xml = `<cols><col min="5" max="5" hidden="1"/></cols><sheetData>${rawRow(1, [...FLAT_HEADER])}${rawRow(2, cellsOf())}</sheetData>`;
    const { told, alumnos } = await reading(
      rawWorkbook({ sheets: [{ name: 'Vieja', xml, hidden: true }] }),
      'avance.xlsx',
    );
    expect(alumnos[0]?.porcentajeAvance).toBe(50);
    expect(told.join(' ')).toContain('hoja Vieja (oculta)');
    expect(told.join(' ')).toContain('columnas ocultas: «porcentajeAvance»');
  });

  it('parts whose names differ in capitals are found', async () => {
    const strings = FLAT_HEADER.map((name) => `<si><t>${name}</t></si>`).join('');
    const header = FLAT_HEADER.map(
      (_, index) => `<c r="${String.fromCharCode(65 + index)}1" t="s"><v>${index}</v></c>`,
    ).join('');
    const workbook = rawWorkbook({
      strings,
      stringsPart: 'xl/SharedStrings.xml',
      sheets: [
        { name: 'A', xml: `<sheetData><row r="1">${header}</row>${rawRow(2, cellsOf())}</sheetData>` },
      ],
    });
    expect((await reading(workbook, 'avance.xlsx')).ruts).toEqual(['12345678-5']);
  });
});

describe('text files', () => {
  const rows = table({}, { rutAlumno: '9876543-3' });
  const ruts = ['12345678-5', '9876543-3'];

  it('with bars between the cells', async () => {
    const text = table({ actividades: 'Foro' }, { rutAlumno: '9876543-3', actividades: 'Foro' }).replaceAll(
      ';',
      '|',
    );
    expect(await reading(text)).toMatchObject({ ruts, told: [] });
  });

  it('with each line in quotes', async () => {
    const text = rows
      .replaceAll(';', ',')
      .split('\r\n')
      .map((line) => `"${line}"`)
      .join('\r\n');
    expect(await reading(text)).toMatchObject({ ruts, told: [] });
  });

  it.each([
    '(2 rows affected)',
    'TOTAL;;;14400;50',
    'OF-1;GR-1;Total;14400',
    '2 filas',
    'Promedio general;;;;50',
  ])('with a line below that is nobody: %s', async (line) => {
    const { ruts: read, told } = await reading(`${rows}\r\n\r\n${line}\r\n`);
    expect(read).toEqual(ruts);
    expect(told).toEqual([expect.stringContaining(`(fila 5) lo que no es la fila de un alumno`)]);
  });

  it('in UTF-16 without a mark', async () => {
    expect(await reading(Buffer.from(rows, 'utf16le'))).toMatchObject({ ruts, told: [] });
  });

  it('encoded twice are mended and told', async () => {
    const twice = new TextEncoder().encode(
      Buffer.from(table({ actividades: 'Evaluación' })).toString('latin1'),
    );
    const { modulos, told } = await reading(twice);
    expect(modulos[0]?.listaActividades).toEqual([{ codigoActividad: 'Evaluación' }]);
    expect(told).toEqual([expect.stringContaining('con las tildes estropeadas')]);
  });

  it('whose letters were lost are told with their place', async () => {
    const { told } = await reading(table({ actividades: 'Evaluaci?n' }));
    expect(told).toEqual([expect.stringContaining('«Evaluaci?n» (fila 2, columna actividades)')]);
  });

  it('that are something else say what they are', async () => {
    const start = (bytes: number[]): Uint8Array => Uint8Array.of(...bytes, ...new Array<number>(40).fill(0));
    await expect(read('%PDF-1.7', 'a.csv')).rejects.toThrow('es un PDF');
    await expect(read(start([0x1f, 0x8b]), 'a.csv')).rejects.toThrow('es un archivo comprimido');
    await expect(
      read('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', 'a.xlsx'),
    ).rejects.toThrow('Excel en XML');
  });
});
