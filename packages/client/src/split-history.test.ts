import { type ProcesoHistorial, readHistory } from '@puente-sic/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HistorySplitter, MAX_PROCESS_BYTES, type SplitEnd } from './split-history.ts';

function split(raw: string | Buffer, chunkBytes = 7): { end: SplitEnd; processes: ProcesoHistorial[] } {
  const processes: ProcesoHistorial[] = [];
  const splitter = new HistorySplitter((proceso) => processes.push(proceso));
  const bytes = Buffer.from(raw);
  for (let at = 0; at < bytes.length; at += chunkBytes) splitter.push(bytes.subarray(at, at + chunkBytes));
  return { end: splitter.end(), processes };
}

const proceso = (id: number, more: object = {}) => ({
  id_proceso_externo: String(id),
  observaciones: `Proceso ${id} \\" [{`,
  listaregistros: [{ mod_cod: 'M1', obs_registro: 'ñandú, [010]' }],
  ...more,
});
const LIST = JSON.stringify([proceso(1), proceso(2), proceso(3)]);

test('however the bytes arrive, it is what reading it whole says', () => {
  const prefix = fc.constantFrom(
    '',
    '\uFEFF',
    '<div>Notice [0] {x} "[{"</div>\n',
    ' \n',
    '<p>[{"a":1},{"b":[]}]</p>',
  );
  const suffix = fc.constantFrom('', '\n', '<!-- [] -->', ' {');
  const entries = fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 99 }).map((id): unknown => proceso(id)),
      fc
        .integer({ min: 1, max: 99 })
        .map((id): unknown => proceso(id, { detras: { lista: [id] }, estado: '2' })),
      fc.constant<unknown>(proceso(8, { observaciones: 'escrito «]}, ]}]» en un texto' })),
      fc.constantFrom<unknown>(3, null, { x: 1 }, { listaregistros: [1] }, 'a,b'),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(prefix, entries, suffix, fc.integer({ min: 1, max: 40 }), (before, list, behind, size) => {
      const raw = `${before}${JSON.stringify([proceso(7), ...list], null, size % 3)}${behind}`;
      const whole = readHistory(raw);
      const { end, processes } = split(raw, size);
      expect(whole.kind).toBe('processes');
      expect({ ...end, processes }).toEqual(whole);
    }),
  );
});

test('a first entry that cannot be read hides none of the others', () => {
  const { end, processes } = split(`[{"roto":1},${LIST.slice(1)}`);
  expect(end).toEqual({ kind: 'processes', skipped: 1, leaked: false });
  expect(processes.map(({ id_proceso_externo }) => id_proceso_externo)).toEqual(['1', '2', '3']);
});

test('an entry that is no JSON is counted, and the rest is read', () => {
  const { end, processes } = split(LIST.replace('"id_proceso_externo":"2"', '"id_proceso_externo":oops'));
  expect(end).toMatchObject({ kind: 'processes', skipped: 1 });
  expect(processes).toHaveLength(2);
});

test.each(['x', ' "a"'])('an entry with %s behind its end is counted, and the rest is read', (behind) => {
  const { end, processes } = split(`${LIST.slice(0, -1)}${behind},${LIST.slice(1)}`, 1000);
  expect(end).toMatchObject({ kind: 'processes', skipped: 1 });
  expect(processes).toHaveLength(5);
});

test.each([
  ['cut off', LIST.slice(0, -1)],
  ['cut within a process', LIST.slice(0, -9)],
  ['two lists', `${LIST}<hr>${LIST}`],
  ['an HTML page', '<html>[{"a":"b"}]</html>'],
  ['nothing', ''],
  ['a list of other things', '[{"a":1},{"b":2}]'],
])('%s is no history', (_name, raw) => expect(split(raw).end.kind).toBe('unreadable'));

test('an empty history and a refusal are what they are', () => {
  expect(split('[]')).toEqual({ end: { kind: 'processes', skipped: 0, leaked: false }, processes: [] });
  expect(split('<p>x</p>\n[]').end).toMatchObject({ kind: 'processes', leaked: true });
  expect(split('{"error":[{"mensaje":"Token invalido"}]}').end.kind).toBe('refused');
});

test('a process beyond every sensible size is not gathered', () => {
  const chunk = Buffer.alloc(8 * 1024 * 1024, 'x');
  const splitter = new HistorySplitter(() => {});
  splitter.push(Buffer.from(`${LIST.slice(0, -1)},{"id_proceso_externo":"`));
  for (let sent = 0; sent <= MAX_PROCESS_BYTES; sent += chunk.length) splitter.push(chunk);
  expect(splitter.end().kind).toBe('too-large');
});
