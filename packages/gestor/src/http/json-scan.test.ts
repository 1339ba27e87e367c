import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonScan } from './json-scan.ts';

const FIELDS = ['rutOtec', 'token'];

/** Pushes a text in pieces of that many bytes. */
function scan(text: string, piece = 3): JsonScan {
  const bytes = Buffer.from(text);
  const scan = new JsonScan(FIELDS, 'lista');
  for (let at = 0; at < bytes.length; at += piece) scan.push(bytes.subarray(at, at + piece));
  return scan;
}

function parsed(text: string): 'object' | 'other' | 'broken' {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'object' : 'other';
  } catch {
    return 'broken';
  }
}

const piece = fc.integer({ min: 1, max: 40 });
const json = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });

/** JSON with spaces, some of its characters replaced, left out or repeated. */
const almost = fc
  .tuple(
    json,
    fc.constantFrom(undefined, 1, '\t'),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]",:0123.eE+-\\u tfn\n\u0001'))),
  )
  .map(([value, spaces, changes]) => {
    const signs = Array.from(JSON.stringify(value, null, spaces));
    for (const [where, sign] of changes) {
      if (signs.length > 0) signs.splice(where % signs.length, where % 3, sign);
    }
    return signs.join('');
  });

test('it takes what JSON.parse takes, and nothing else, wherever the pieces are cut', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        almost,
        json.map((value) => JSON.stringify(value)),
        fc.string(),
      ),
      piece,
      (text, size) => {
        const sent = Buffer.from(text).toString();
        expect(scan(sent, size).finish()).toBe(parsed(sent));
      },
    ),
    { numRuns: 5_000 },
  );
});

test.each([
  [
    '',
    '01',
    '1.',
    '.5',
    '1e',
    '-',
    '+1',
    '1 2',
    '[1,]',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a" 1}',
    '[1}',
    '{"a":1]',
  ],
  ['"\\x"', '"\\u00g0"', '"\t"', 'tru', 'truee', 'nul', 'NaN', '[', '{', '"', '[[]', '{}}', '\u00a01'],
  ['0', '-0.5e-10', '[]', '{}', ' [ 1 , {"a":[ ]} ] ', '"\\u00e1\\n"', 'true', 'null', '[[[[]]]]'],
])('every form of %s and its like', (...texts) => {
  for (const text of texts) expect(scan(text, 1).finish(), text).toBe(parsed(text));
});

test('it gives the root’s fields as JSON.parse does, once all are seen', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('rutOtec', 'token', 'x', 'lista'), json),
      piece,
      (body, size) => {
        const { fields } = scan(JSON.stringify(body), size);
        const isSeen = FIELDS.every((name) => name in body);
        expect(fields !== null).toBe(isSeen);
        for (const name of isSeen ? FIELDS : []) {
          const value = body[name];
          const isPlain = typeof value !== 'object' || value === null;
          expect(fields?.[name]).toEqual(isPlain ? JSON.parse(JSON.stringify(value)) : undefined);
        }
      },
    ),
  );
  expect(scan('{"tok\\u0065n":1,"rutOtec":2}').fields).toEqual({ token: 1, rutOtec: 2 });
  expect(scan('{"token":1,"rutOtec":2,"token":3}').fields).toEqual({ token: 3, rutOtec: 2 });
  expect(scan('{"a":{"token":1},"rutOtec":2}').fields).toBe(null);
  expect(scan(`{"token":"${'x'.repeat(2_000)}","rutOtec":2}`).fields).toEqual({ rutOtec: 2 });
});

test('it says where each item of the list stands', () => {
  fc.assert(
    fc.property(fc.array(json), fc.constantFrom(undefined, 2), piece, (lista, spaces, size) => {
      const text = JSON.stringify({ otra: [[1]], dentro: { lista: [1] }, lista, fin: [2] }, null, spaces);
      const { items, lists } = scan(text, size);
      expect(lists).toBe(1);
      const bytes = Buffer.from(text);
      const found: string[] = [];
      for (let i = 0; i < items.length; i += 2) found.push(bytes.toString('utf8', items[i], items[i + 1]));
      expect(found.map((item) => JSON.parse(item))).toEqual(JSON.parse(JSON.stringify(lista)));
    }),
  );
});
