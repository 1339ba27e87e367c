import { describe, expect, it } from 'vitest';
import { FLAT_HEADER, flatRow, readOne } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

/** A row per value, in a column with a format of its own. */
function book(column: (typeof FLAT_HEADER)[number], format: string, values: readonly number[]): Uint8Array {
  const at = FLAT_HEADER.indexOf(column);
  const rows = values.map((value, index) => {
    const row = FLAT_HEADER.map((name) => flatRow({ codigoModulo: `MOD-${index + 1}` })[name] ?? '');
    const place = `${String.fromCharCode(65 + at)}${index + 2}`;
    return rawRow(
      index + 2,
      row.map((text, each) => (each === at ? value : text)),
    ).replace(`<c r="${place}">`, `<c r="${place}" s="1">`);
  });
  return rawWorkbook({
    sheets: [
      { name: 'Avance', xml: `<sheetData>${rawRow(1, [...FLAT_HEADER])}${rows.join('')}</sheetData>` },
    ],
    formats: [format],
  });
}

describe('what a format leaves out', () => {
  it('of a sum of hours is read, and told with what the sheet shows', async () => {
    const { students, told } = await readOne(
      book('moduloTiempoConectividad', 'h:mm:ss', [27.5 / 24, 3.5 / 24]),
      'avance.xlsx',
    );
    const times = students[0]?.alumno.listaModulos;
    expect([times, students[0]?.heldModules]).toEqual([
      [expect.objectContaining({ tiempoConectividad: 12_600 })],
      // Longer than its course, by the rule of every column; nothing else stands against it.
      [expect.objectContaining({ codigoModulo: 'MOD-1' })],
    ]);
    expect(told).toEqual([expect.stringContaining('«03:30:00» es 27:30:00 (hoja Avance, fila 2')]);
  });

  it('of a whole column, one day in each cell, is asked', async () => {
    const hours = [27.5 / 24, 25 / 24];
    const { students } = await readOne(book('moduloTiempoConectividad', 'h:mm:ss', hours), 'avance.xlsx');
    expect(students[0]?.heldModules?.map(({ message }) => message)).toEqual([
      expect.stringContaining('«03:30:00» puede ser 03:30:00 o 27:30:00'),
      expect.stringContaining('«01:00:00» puede ser 01:00:00 o 25:00:00'),
    ]);
    const obeyed = await readOne(
      book('moduloTiempoConectividad', '[h]:mm:ss', [2 / 24, 3 / 24]),
      'avance.xlsx',
    );
    expect([obeyed.told, obeyed.students[0]?.heldModules]).toEqual([[], undefined]);
  });

  it('of a month without its day is asked where the day is the first', async () => {
    const first = await readOne(book('fechaInicio', 'mmm-yy', [46_296]), 'avance.xlsx');
    expect(first.students[0]?.held[0]?.message).toContain('muestra solo el mes (2026-10)');
    for (const [format, day] of [
      ['mmm-yy', 46_300],
      ['dd-mm-yy', 46_296],
    ] as const) {
      const { students } = await readOne(book('fechaInicio', format, [day]), 'avance.xlsx');
      expect(students[0]?.held).toEqual([]);
    }
  });
});

it('rows and columns of no size at all are told as hidden ones', async () => {
  const row = (number: number, attributes = '') =>
    rawRow(
      number,
      FLAT_HEADER.map((name) => flatRow({ codigoModulo: `MOD-${number}` })[name] ?? ''),
    ).replace('<row ', `<row ${attributes} `);
  const xml = `<cols><col min="4" max="4" width="0" customWidth="1"/></cols><sheetData>${rawRow(1, [...FLAT_HEADER])}${row(2)}${row(3, 'ht="0" customHeight="1"')}</sheetData>`;
  const { students, told } = await readOne(rawWorkbook({ sheets: [{ name: 'Avance', xml }] }), 'avance.xlsx');
  expect(students[0]?.alumno.listaModulos).toHaveLength(2);
  expect(told).toEqual([
    expect.stringMatching(/filas ocultas.*fila 3/),
    expect.stringMatching(/columnas ocultas: «tiempoConectividad»/),
  ]);
});
