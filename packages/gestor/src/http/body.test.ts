import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atOnce } from '../steps.ts';
import { readBody, readLongBody } from './body.ts';
import { JsonScan } from './json-scan.ts';

function read(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return String(error);
  }
}

const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
const lista = fc.array(json, { maxLength: 12 });

/** Text whose root names its list never, once, twice, or as something else; sometimes cut off. */
const bodies = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom('listaAlumnos', 'lista\\u0041lumnos', 'token', '__proto__', 'x'),
        fc.oneof(lista, json),
      ),
    ),
    fc.constantFrom('', '\uFEFF'),
    fc.constantFrom('}', '}', '}', '', ',}', '}]'),
  )
  .map(([fields, mark, end]) => {
    const members = fields.map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
    return Buffer.from(`${mark}{ ${members.join(' , ')}${end}`);
  });

test('a long body read in steps is what it is read at once, also what is wrong with it', () => {
  fc.assert(
    fc.property(bodies, fc.integer({ min: 1, max: 60 }), (body, step) => {
      const scan = new JsonScan(['token'], 'listaAlumnos');
      scan.push(body.subarray(body[0] === 0xef ? 3 : 0));
      expect(read(() => atOnce(readLongBody(body, scan, step)))).toEqual(read(() => readBody(body)));
    }),
    { numRuns: 3_000 },
  );
});
