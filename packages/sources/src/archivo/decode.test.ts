import { describe, expect, it } from 'vitest';
import { CP850, MAC_ROMAN, WINDOWS_1252 } from './code-pages.ts';
import { decodeText, encodeWindows1252 } from './decode.ts';

const TEXT = 'nombre;actividad\r\nÍñigo Muñoz;Evaluación 1\r\nRayén Núñez;Módulo «é»\r\n';
const UTF8 = new TextEncoder();
const inPage = (page: string, text: string): Uint8Array =>
  Uint8Array.from(text, (char) => (char < '\u0080' ? char.charCodeAt(0) : page.indexOf(char) + 0x80));
const twice = (text: string): Uint8Array =>
  UTF8.encode(
    Buffer.from(UTF8.encode(text))
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char),
  );

const inUtf32 = (text: string, little: boolean): Uint8Array => {
  const points = Array.from(text, (char) => char.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(points.length * 4));
  for (const [index, point] of points.entries()) view.setUint32(index * 4, point, little);
  return new Uint8Array(view.buffer);
};

describe('the text of a file', () => {
  it.each<[string, Uint8Array, string | null]>([
    ['UTF-8', UTF8.encode(TEXT), null],
    ['UTF-8 with a mark', UTF8.encode(`\uFEFF${TEXT}`), null],
    ['Windows-1252', encodeWindows1252(TEXT), null],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), null],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le'), null],
    ['UTF-16 the other way round', Buffer.from(TEXT, 'utf16le').swap16(), null],
    ['UTF-32 with a mark', inUtf32(`\uFEFF${TEXT}`, true), null],
    ['UTF-32 the other way round, with a mark', inUtf32(`\uFEFF${TEXT}`, false), null],
    ['UTF-32 without a mark', inUtf32(TEXT, true), null],
    ['UTF-32 the other way round', inUtf32(TEXT, false), null],
    ['Mac Roman', inPage(MAC_ROMAN, TEXT), 'Mac Roman'],
    ['DOS', inPage(CP850, TEXT), 'DOS (CP850)'],
    ['UTF-8 twice', twice(TEXT), 'twice'],
    ['UTF-8 three times', twice(new TextDecoder().decode(twice(TEXT))), 'twice'],
    ['both in one file', Buffer.concat([UTF8.encode(TEXT), encodeWindows1252(TEXT)]), 'mixed'],
  ])('in %s is read, and what is unusual is said', (_, bytes, unusual) => {
    const read = decodeText(bytes);
    expect(read.text.replace('\uFEFF', '').slice(0, TEXT.length)).toBe(TEXT);
    expect(read.unusual).toBe(unusual);
  });

  it.each([
    '“ESPAÑ”',
    'Nº 1 – “A”',
    '¡Ñandú! ¿Ó?',
    'Ü',
    'sin tildes',
    'curso–avanzado',
    'lunes—martes',
    'A€a',
    '',
  ])('in Windows-1252 stays what it is: %s', (text) =>
    expect(decodeText(encodeWindows1252(text))).toEqual({ text, unusual: null }),
  );

  it('that is only half of UTF-16 does not throw', () => {
    expect(() => decodeText(Uint8Array.of(0xff, 0xfe, 0x41))).not.toThrow();
  });
});
