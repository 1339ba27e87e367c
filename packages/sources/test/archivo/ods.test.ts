import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { FLAT_HEADER, flatRow, readOne } from './reading.ts';

const text = (value: string): string =>
  value === ''
    ? '<table:table-cell/>'
    : `<table:table-cell office:value-type="string"><text:p>${value}</text:p></table:table-cell>`;
const row = (cells: string[], attributes = ''): string =>
  `<table:table-row${attributes}>${cells.join('')}</table:table-row>`;
const cell = (type: string, attribute: string, shown: string): string =>
  `<table:table-cell office:value-type="${type}" ${attribute}><text:p>${shown}</text:p></table:table-cell>`;

function ods(rows: string[], style = 'visible'): Uint8Array {
  const content = `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="s" xmlns:table="t" xmlns:text="x">
    <office:automatic-styles><style:style style:name="oculta"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
    <office:body><office:spreadsheet><table:table table:name="Avance" table:style-name="${style}">
    <table:table-column table:number-columns-repeated="20"/>${rows.join('')}
    <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
    </table:table></office:spreadsheet></office:body></office:document-content>`;
  return zipSync({
    mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
    'content.xml': strToU8(content),
  });
}

const typed: Partial<Record<(typeof FLAT_HEADER)[number], string>> = {
  codigoGrupo: cell('float', 'office:value="446"', '0446'),
  tiempoConectividad: cell('time', 'office:time-value="PT36H30M05S"', '36:30:05'),
  porcentajeAvance: cell('percentage', 'office:value="0.455"', '45,5%'),
  fechaInicio: cell('date', 'office:date-value="2026-10-05"', '05/10/26'),
  moduloTiempoConectividad: cell('float', 'office:value="3600"', '3.600'),
};
const good = FLAT_HEADER.map((name) => typed[name] ?? text(flatRow()[name]));

it('a sheet of LibreOffice is read by what its cells are', async () => {
  const { codigoGrupo, students, told } = await readOne(
    ods([row(FLAT_HEADER.map(text)), row(good)]),
    'avance.ods',
  );
  expect(told).toEqual([]);
  expect(codigoGrupo).toBe('0446');
  expect(students[0]).toMatchObject({
    place: { text: 'avance.ods, hoja Avance, fila 2' },
    alumno: {
      rutAlumno: 12345678,
      tiempoConectividad: 131_405,
      porcentajeAvance: 45.5,
      fechaInicio: '2026-10-05',
      fechaFin: '2026-12-18',
      listaModulos: [{ tiempoConectividad: 3600, porcentajeAvance: 40 }],
    },
  });
});

it('merged and repeated cells stand where they are shown; hidden rows and sheets are told', async () => {
  const merged = [...good];
  merged[0] =
    '<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>OF-1</text:p></table:table-cell>';
  const second = FLAT_HEADER.map((name) => typed[name] ?? text(flatRow({ rutAlumno: '9876543-3' })[name]));
  second[0] = '<table:covered-table-cell/>';
  const { students, told } = await readOne(
    ods([row(FLAT_HEADER.map(text)), row(merged), row(second, ' table:visibility="filter"')], 'oculta'),
    'avance.ods',
  );
  expect(students.map(({ alumno }) => alumno.rutAlumno)).toEqual([12345678, 9876543]);
  expect(told).toEqual([
    'La hoja Avance de avance.ods está oculta, y también se lee y se envía.',
    expect.stringContaining('hoja Avance (oculta) hay filas ocultas'),
  ]);
});
