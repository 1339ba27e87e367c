import { type Grid, notStruck } from '../grid.ts';
import { RowCount } from '../row-count.ts';
import { readMeanings } from './formats.ts';
import { type Parts, partOf, relations } from './package.ts';
import { corrupt } from './problems.ts';
import { type Book, plainText, readSheet } from './sheet.ts';
import { isOn, struckStyles } from './strikes.ts';
import { scanXml } from './xml.ts';

/** Every worksheet of an .xlsx, in the workbook's order, also the hidden ones. Throws a SourceError for a bad file. */
export function readXlsx(parts: Parts, file: string): Grid[] {
  const workbook = [...relations(parts, '', file).values()].find(
    ({ type }) => type === 'officeDocument',
  )?.target;
  const xml = workbook === undefined ? undefined : partOf(parts, workbook);
  if (workbook === undefined || xml === undefined) throw corrupt(file);

  const related = relations(parts, workbook, file);
  const target = (kind: string): string | undefined =>
    [...related.values()].find(({ type }) => type.toLowerCase() === kind.toLowerCase())?.target;
  const { sheets, date1904 } = readWorkbook(xml, file);
  const { strings, struck } = readStrings(parts, target('sharedStrings'), file);
  const book: Book = {
    file,
    date1904,
    strings,
    struck: { styles: struckStyles(parts, target('styles'), file), strings: struck },
    meanings: readMeanings(parts, target('styles'), file),
  };
  const counted = new RowCount(file);
  return sheets.flatMap(({ name, id, hidden }): Grid[] => {
    const relation = related.get(id);
    if (relation?.type !== 'worksheet') return []; // a chart on a sheet of its own
    const sheet = partOf(parts, relation.target);
    if (sheet === undefined) throw corrupt(file);
    return [{ file, sheet: name, unit: 'fila', hidden, date1904, ...readSheet(sheet, book, counted) }];
  });
}

function readWorkbook(
  xml: Uint8Array,
  file: string,
): { sheets: { name: string; id: string; hidden: boolean }[]; date1904: boolean } {
  const sheets: { name: string; id: string; hidden: boolean }[] = [];
  let date1904 = false;
  scanXml(xml, file, {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const hidden = /hidden/i.test(attributes.state ?? '');
      sheets.push({ name: attributes.name ?? '', id: id ?? '', hidden });
    },
  });
  return { sheets, date1904 };
}

function readStrings(
  parts: Parts,
  part: string | undefined,
  file: string,
): { strings: string[]; struck: Map<number, string> } {
  const strings: string[] = [];
  const struck = new Map<number, string>();
  const xml = part === undefined ? undefined : partOf(parts, part);
  if (xml === undefined) return { strings, struck };
  let text = '';
  let kept = '';
  let isStruck = false;
  let inRun = false;
  let inText = false;
  let phonetic = false;
  scanXml(xml, file, {
    open: (name, { val }) => {
      if (name === 'si') {
        text = kept = '';
        isStruck = inRun = false;
      } else if (name === 'r') inRun = false;
      else if (name === 'strike' && isOn(val)) isStruck = inRun = true;
      else if (name === 't') inText = true;
      else if (name === 'rPh') phonetic = true;
    },
    text: (piece) => {
      if (!inText || phonetic) return;
      text += piece;
      if (!inRun) kept += piece;
    },
    close: (name) => {
      if (name === 'si') {
        if (isStruck) struck.set(strings.length, plainText(text));
        strings.push(plainText(isStruck ? notStruck(kept, text) : text));
      } else if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
    },
  });
  return { strings, struck };
}
