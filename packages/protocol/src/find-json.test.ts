import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJson } from './find-json.ts';

const isAnswer = (value: unknown): value is { answer: unknown } =>
  typeof value === 'object' && value !== null && 'answer' in value;
const found = (text: string): unknown[] => findJson(text, isAnswer).map(({ value }) => value.answer);

describe('findJson', () => {
  it.each(['', '<b>Notice</b> '])('takes nothing that is nested without end, behind «%s»', (before) => {
    const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    for (const value of [lists, objects]) {
      expect(found(`${before}{"answer":${value(50)}}`)).toHaveLength(1);
      expect(found(`${before}{"answer":${value(20_000)}}`)).toEqual([]);
    }
  });

  it('finds the value whatever stands around it', () => {
    const around = fc.constantFrom(
      '',
      ' \n',
      '\uFEFF',
      '<br />\n<b>Notice</b>: Undefined index: x in <b>/srv/a.php</b> on line <b>1</b><br />',
      '<style>a { color: red } b::after { content: "{" }</style>',
      '<script>var a = {"b": [1, {"c": "}"}]};</script>',
      'it\'s {broken " [',
      '{"cut": {"off": 1, ',
      '[{]}',
      '}}]]',
    );
    fc.assert(
      fc.property(around, fc.jsonValue(), around, (before, answer, after) => {
        const json = JSON.stringify({ first: '"}', answer });
        expect(found(before + json + after)).toContainEqual(JSON.parse(JSON.stringify(answer)));
      }),
    );
  });

  it('says whether other text stood around it', () => {
    expect(findJson(' {"answer":1}\n', isAnswer)).toEqual([{ value: { answer: 1 }, leaked: false }]);
    expect(findJson('<p>{"answer":1}', isAnswer)).toEqual([{ value: { answer: 1 }, leaked: true }]);
  });

  it('does not look inside a value that is not wanted', () => {
    expect(found('{"a":{"answer":1}}')).toEqual([]);
    expect(found('<p>{"a":{"answer":1}}')).toEqual([]);
  });

  it.each(['{"'.repeat(300_000), '['.repeat(300_000), '{"a":'.repeat(200_000), '[{'.repeat(200_000)])(
    'gives up on hostile text',
    (text) => expect(found(text)).toEqual([]),
  );
});
