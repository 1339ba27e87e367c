import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mask } from './mask.ts';
import { checkDigit } from './rut.ts';

it.each([
  ['token 5eebf607-25a9-4db2-a4dd-5d31bdae3220', 'token ‹token›'],
  ['POST https://aula.cl/rest?wstoken=abc123&x=1', 'POST https://aula.cl/rest?…'],
  ['body wstoken=abc123&x=1', 'body wstoken=‹clave›&x=1'],
  ['mariadb://lectura:m%40la@servidor/moodle', 'mariadb://lectura:‹clave›@servidor/moodle'],
  [`Bearer puente_${'a1-_'.repeat(11)}`.slice(0, 57), 'Bearer ‹clave›'],
  ['de 77.124.930-2, 9445435-K y RUT 10312870', 'de ‹rut›, ‹rut› y RUT ‹rut›'],
  ['{"rutAlumno":10312870,"dvAlumno":"6"}', '{"rutAlumno":‹rut›,"dvAlumno":"6"}'],
  ['RUT-10312870-6', 'RUT-‹rut›'],
  ['informe_10312870-6.csv', 'informe_‹rut›.csv'],
])('%s', (text, masked) => expect(mask(text)).toBe(masked));

it.each([
  'CAP-26-01-13-0446-1: 24 aceptados, 0 rechazados',
  'proceso 312, 16 MiB, puerto 8350, 2026-11-22T22:30:00.000Z',
  'MO-00051737-M5, C46982-O565656565-M1, CAP-26-01-09-0112-3-B, PRES028008000558 PRES009503729684',
  'at rut.ts:45:10 (file:///srv/puente/packages/protocol/dist/rut.js:1234:56)',
  'evidencia-P-20261122-7KQ4M2XW9TBD.zip',
])('stays as it is: %s', (text) => expect(mask(text)).toBe(text));

const around = fc.constantFrom(
  ['', ''],
  ...[
    ['de ', ' no se aceptó'],
    ['"', '"'],
    ['(', ')'],
    ['alumnos/', '?x=1'],
    ['rut=', '&x'],
    ['a_', '_b'],
    ['x:', ','],
    ['alumno-', '.csv'],
    ['\n', '\r\n'],
    ['«', '».'],
    ['CAP-26-01-13-0446-1 ', ' C46982-O14-M1'],
  ],
);

it('no valid RUT in any usual form survives, whatever stands around it', () => {
  const rut = fc.integer({ min: 1_000_000, max: 99_999_999 });
  const form = fc.integer({ min: 0, max: FORMS.length - 1 });
  fc.assert(
    fc.property(rut, form, around, (numero, at, [before, after]) => {
      const written = FORMS[at]?.(numero, checkDigit(numero)) ?? '';
      expect(mask(`${before}${written}${after}`)).toBe(`${before}‹rut›${after}`);
    }),
    { numRuns: 5000 },
  );
});

it('no code of SIC is touched, whatever stands around it', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
  const base32 = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{12}$/);
  const code = fc.oneof(
    fc
      .tuple(digits(2), digits(2), digits(2), digits(4), fc.constantFrom('', '-1', '-3-B', '-K', '-0'))
      .map(([a, b, c, d, end]) => `CAP-${a}-${b}-${c}-${d}${end}`),
    digits(12).map((text) => `PRES${text}`),
    fc.tuple(digits(5), digits(9), digits(1)).map(([a, b, c]) => `C${a}-O${b}-M${c}`),
    fc.tuple(digits(5), digits(3), digits(1)).map(([a, b, c]) => `C${a}-${b}-M${c}`),
    fc.tuple(digits(8), digits(1)).map(([a, b]) => `MO-${a}-M${b}`),
    digits(9).map((text) => `MOD-${text}`),
    fc
      .tuple(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        base32,
      )
      .map(([day, end]) => `P-${day.toISOString().slice(0, 10).replaceAll('-', '')}-${end}`),
  );
  const neighbours = around.filter(([before = '']) => !/^(rut|alumno)/.test(before));
  fc.assert(
    fc.property(code, neighbours, (written, [before, after]) => {
      expect(mask(`${before}${written}${after}`)).toBe(`${before}${written}${after}`);
    }),
    { numRuns: 5000 },
  );
});

const FORMS: ((numero: number, dv: string) => string)[] = [
  (numero, dv) => `${numero}-${dv}`,
  (numero, dv) => `${numero}-${dv.toLowerCase()}`,
  (numero, dv) => `${dotted(numero)}-${dv}`,
  (numero, dv) => `${dotted(numero)}-${dv.toLowerCase()}`,
  (numero, dv) => `${numero}${dv}`,
  (numero, dv) => `${numero}\u2013${dv}`,
  (numero, dv) => `${dotted(numero)} - ${dv}`,
  (numero, dv) => `0${numero}-${dv}`,
  (numero, dv) => `${dotted(numero)}${dv}`,
];

function dotted(numero: number): string {
  return String(numero).replace(/\B(?=(\d{3})+$)/g, '.');
}
