import { strToU8, zipSync } from 'fflate';

/** One sheet written by hand, for what no writer makes: merged areas, formulas, other prefixes and date systems. */
export interface RawSheet {
  name: string;
  /** The content of `<sheetData>` and what follows it. */
  xml: string;
  hidden?: boolean;
}

export interface RawBook {
  sheets: RawSheet[];
  /** The content of `<sst>`. */
  strings?: string;
  /** The name of their part inside the package. */
  stringsPart?: string;
  /** Format codes of the cell styles 1, 2, 3…; style 0 is General. */
  formats?: string[];
  date1904?: boolean;
  /** Cell styles whose font is crossed out. */
  struckFormats?: number[];
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_REL = 'http://schemas.openxmlformats.org/package/2006/relationships';

export function rawWorkbook({
  sheets,
  strings = '',
  stringsPart = 'xl/sharedStrings.xml',
  formats = [],
  date1904 = false,
  struckFormats = [],
}: RawBook): Uint8Array {
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships xmlns="${PACKAGE_REL}"><Relationship Id="a" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${REL}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${sheets
      .map(
        ({ name, hidden }, index) =>
          `<sheet name="${name}"${hidden ? ' state="hidden"' : ''} sheetId="${index + 1}" r:id="s${index}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE_REL}">${sheets
      .map(
        (_, index) =>
          `<Relationship Id="s${index}" Type="${REL}/worksheet" Target="worksheets/sheet${index}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="st" Type="${REL}/styles" Target="/xl/styles.xml"/><Relationship Id="ss" Type="${REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts>${formats
      .map(
        (code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
      )
      .join(
        '',
      )}</numFmts><fonts><font/><font><strike/></font></fonts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map(
        (_, index) => `<xf numFmtId="${200 + index}" fontId="${struckFormats.includes(index + 1) ? 1 : 0}"/>`,
      )
      .join('')}</cellXfs></styleSheet>`,
    [stringsPart]: `<sst xmlns="${MAIN}">${strings}</sst>`,
  };
  for (const [index, { xml }] of sheets.entries())
    parts[`xl/worksheets/sheet${index}.xml`] = `<worksheet xmlns="${MAIN}">${xml}</worksheet>`;
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

/** `<row>` of inline texts and numbers from column A on. */
export function rawRow(number: number, cells: (string | number | null)[]): string {
  const xml = cells.map((cell, index) => {
    const at = `${String.fromCharCode(65 + index)}${number}`;
    if (cell === null) return '';
    return typeof cell === 'number'
      ? `<c r="${at}"><v>${cell}</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  });
  return `<row r="${number}">${xml.join('')}</row>`;
}
