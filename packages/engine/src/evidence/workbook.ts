import type { EvidenceRecord } from './records.ts';
import { type ZipEntry, zipOf } from './zip.ts';

/**
 * The per-student history as an Excel file in pieces: one row per envío × student × module. A sheet holds as many rows
 * as Excel takes; what is more goes on in the next one.
 */
export function workbook(
  records: AsyncIterable<EvidenceRecord[]>,
  mtime: Date,
  rowsPerSheet = EXCEL_ROWS,
): AsyncGenerator<Uint8Array, void> {
  return zipOf(parts(records, rowsPerSheet), { mtime });
}

async function* parts(
  records: AsyncIterable<EvidenceRecord[]>,
  rowsPerSheet: number,
): AsyncGenerator<ZipEntry> {
  const rows = oneByOne(records);
  let next = await rows.next();
  let sheets = 0;
  do {
    sheets += 1;
    yield { nombre: `xl/worksheets/sheet${sheets}.xml`, data: sheet() };
  } while (!next.done);
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1);
  yield { nombre: 'xl/styles.xml', data: [STYLES] };
  yield {
    nombre: 'xl/workbook.xml',
    data: [
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheets>`,
      ...numbers.map(
        (at) => `<sheet name="Historial${at === 1 ? '' : ` ${at}`}" sheetId="${at}" r:id="hoja${at}"/>`,
      ),
      '</sheets></workbook>',
    ],
  };
  yield {
    nombre: 'xl/_rels/workbook.xml.rels',
    data: [
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">`,
      ...numbers.map(
        (at) =>
          `<Relationship Id="hoja${at}" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet${at}.xml"/>`,
      ),
      `<Relationship Id="estilos" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`,
    ],
  };
  yield {
    nombre: '_rels/.rels',
    data: [
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="libro" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
  };
  yield { nombre: '[Content_Types].xml', data: [contentTypes(numbers)] };

  async function* sheet(): AsyncGenerator<string> {
    yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`;
    for (const [at, [, , width]] of COLUMNS.entries()) {
      yield `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`;
    }
    const headings = COLUMNS.map(([title], at) => cellOf(title, `${LETTERS[at]}1`, BOLD));
    yield `</cols><sheetData><row r="1">${headings.join('')}</row>`;
    for (let written = 1; !next.done && written < rowsPerSheet; ) {
      let text = '';
      for (; !next.done && written < rowsPerSheet && text.length < PIECE; written++) {
        text += rowOf(next.value, written + 1);
        next = await rows.next();
      }
      yield text;
    }
    yield '</sheetData></worksheet>';
  }
}

async function* oneByOne(records: AsyncIterable<EvidenceRecord[]>): AsyncGenerator<EvidenceRecord, void> {
  for await (const some of records) yield* some;
}

function rowOf(record: EvidenceRecord, number: number): string {
  const cells = COLUMNS.map(([, field], at) => cellOf(record[field], `${LETTERS[at]}${number}`));
  return `<row r="${number}">${cells.join('')}</row>`;
}

/** Text stays text: a RUT or a reason never becomes a formula. */
function cellOf(value: string | number | null, place: string, style = ''): string {
  if (value === null) return '';
  if (typeof value === 'number') return `<c r="${place}"${style}><v>${value}</v></c>`;
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

function escaped(text: string): string {
  // What XML 1.0 cannot hold makes Excel call the whole file damaged.
  return text
    .replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function contentTypes(sheets: readonly number[]): string {
  const part = (name: string, type: string) =>
    `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  return [
    `${XML}<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    part('/xl/workbook.xml', 'sheet.main'),
    part('/xl/styles.xml', 'styles'),
    ...sheets.map((at) => part(`/xl/worksheets/sheet${at}.xml`, 'worksheet')),
    '</Types>',
  ].join('');
}

export const COLUMNS = [
  ['RUT', 'rut', 14],
  ['Módulo', 'codigoModulo', 26],
  ['Noche informada', 'noche', 16],
  ['Enviado (hora de Santiago)', 'enviado', 24],
  ['Avance (%)', 'porcentajeAvance', 12],
  ['Conexión (segundos)', 'tiempoConectividad', 20],
  ['Estado', 'estado', 8],
  ['Resultado', 'resultado', 14],
  ['Motivo', 'motivo', 50],
  ['Proceso de SENCE', 'idProceso', 18],
  ['Código del envío', 'codigoEnvio', 28],
] as const satisfies readonly (readonly [string, keyof EvidenceRecord, number])[];

const LETTERS = 'ABCDEFGHIJK';
const EXCEL_ROWS = 1_048_576;
/** Characters that are packed at once. */
const PIECE = 64 * 1024;
const BOLD = ' s="1"';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf fontId="0" xfId="0"/><xf fontId="1" xfId="0" applyFont="1"/></cellXfs></styleSheet>`;
