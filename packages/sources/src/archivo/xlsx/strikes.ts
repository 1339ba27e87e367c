import { type Parts, partOf } from './package.ts';
import { scanXml } from './xml.ts';

/** What of a workbook is crossed out. */
export interface Struck {
  /** Cell styles (`s` of a cell). */
  styles: ReadonlySet<number>;
  /** Shared strings with a part crossed out, and all that each shows: `60` beside the 85 that is meant is one text, 6085. */
  strings: ReadonlyMap<number, string>;
}

/** `<strike/>`, `<strike val="0"/>`. */
export function isOn(val: string | undefined): boolean {
  return !/^(0|false|off)$/i.test(val ?? '');
}

/** Cell styles whose font is crossed out. */
export function struckStyles(parts: Parts, part: string | undefined, file: string): Set<number> {
  const styles = new Set<number>();
  const xml = part === undefined ? undefined : partOf(parts, part);
  if (xml === undefined) return styles;
  const fonts = new Set<number>();
  let [within, font, style] = ['', -1, -1];
  scanXml(xml, file, {
    open: (name, { val, fontId = '0' }) => {
      if (name === 'fonts' || name === 'cellXfs') within = name;
      else if (within === 'fonts' && name === 'font') font++;
      else if (within === 'fonts' && name === 'strike' && isOn(val)) fonts.add(font);
      else if (within === 'cellXfs' && name === 'xf' && fonts.has(Number(fontId))) styles.add(++style);
      else if (within === 'cellXfs' && name === 'xf') style++;
    },
    close: (name) => {
      if (name === within) within = '';
    },
  });
  return styles;
}
