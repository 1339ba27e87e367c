import { randomInt } from 'node:crypto';
import { variable } from '@puente-sic/app';
import fc from 'fast-check';

const { ATAQUE_SOLICITUDES: asked, ATAQUE_SEMILLA: seed } = process.env;
/** How many requests: by day some, the same each time; `npm run ataque:largo` makes many, others each time. */
export const REQUESTS = Number(asked ?? 1500);
/** With which what was found is found again. */
export const SEED = Number(seed ?? (asked === undefined ? 1 : randomInt(2 ** 31)));

/** What breaks out of where it is put: an address, a file, a query, a page, a line of a log, YAML. */
const ODD = [
  ...[
    '',
    ' ',
    '.',
    '..',
    '../../etc/passwd',
    '..%2f..%2fetc',
    '%00',
    'a\u0000b',
    '%ff',
    '%',
    '\u202e',
    '💥'.repeat(50),
  ],
  ...[
    "' OR 1=1 --",
    '"; DROP TABLE usuario; --',
    '<script>alert(1)</script>',
    variable('PUENTE_CLAVE'),
    '{{7*7}}',
    '$(id)',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '-1',
    '0',
    '1e999',
    'NaN',
    '99999999999999999999',
    '2026-02-30',
  ],
  ...[
    'a'.repeat(5000),
    '\r\nx-puente: 1',
    '*a',
    '&a',
    '!!js/function',
    '- a: {',
    '# x',
    'null',
    'true',
    '[object Object]',
  ],
];

export const oddText = fc.oneof(
  fc.constantFrom(...ODD),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('76543210-3', 'planillas', '2026-11-22', '1'),
);

/** A body of any shape, also one that no JSON is. */
export const oddBody = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc
    .dictionary(oddText, fc.oneof(oddText, fc.integer(), fc.boolean(), fc.constant(null)))
    .map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '{"__proto__":{"rol":"administrador"}}',
    '['.repeat(20_000),
    'a=1&b=2',
  ),
);

export const oddType = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-7',
  'application/octet-stream',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
);

/** As a part of an address. */
export function part(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, ''));
}
