import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer.ts';

const NOTICE = '<br />\n<b>Deprecated</b>: strlen(): Passing null (array [0 => {x}]) in <b>/lib/a.php</b>\n';

describe('readAnswer', () => {
  it.each<[string, unknown, string | null]>([
    ['[]', [], null],
    [' {"a": [1]} ', { a: [1] }, null],
    ['"{\\"id\\":\\"1\\"}"', '{"id":"1"}', null],
    ['\uFEFF{"a": "\\\\"}', { a: '\\' }, null],
    ['[{"a": "]"}]\ndataflow/3.DEBUG: shutdown [] []\n', [{ a: ']' }], 'dataflow/3.DEBUG: shutdown [] []'],
    ['\uFEFF[]<br />\n<b>Warning</b>: x', [], '<br />\n<b>Warning</b>: x'],
    [`${NOTICE}[{"id": 1, "roles": []}]`, [{ id: 1, roles: [] }], NOTICE.trim()],
    [`${NOTICE}{"warnings": []}${NOTICE}`, { warnings: [] }, `${NOTICE} ${NOTICE}`.trim()],
  ])('%j', (body, value, around) => expect(readAnswer(body)).toEqual({ kind: 'value', value, around }));

  it.each([
    '',
    '<html></html>',
    '[{"id": 1, "roles": []}, {"id": 2',
    '{"courses":\n  []',
    '"cut short [1]',
    `${NOTICE}[{"id": 1, "roles": []`,
    `${NOTICE}{"courses": [], "warnings": []`,
  ])('takes no part for the whole: %j', (body) => expect(readAnswer(body)).toEqual({ kind: 'unreadable' }));

  it('finds the error in JSON and in XML, whatever stands around', () => {
    const json = '{"exception":"core\\\\x","errorcode":"invalidtoken","message":"m","debuginfo":"d"}';
    for (const body of [json, NOTICE + json, json + NOTICE, `[]${json}`, `{"courses":[]}${NOTICE}${json}`])
      expect(readAnswer(body)).toEqual({ kind: 'exception', errorcode: 'invalidtoken', message: 'm d' });
    const xml = `${NOTICE}<EXCEPTION class="x">\n<ERRORCODE>invalidtoken</ERRORCODE>\n<MESSAGE>m</MESSAGE></EXCEPTION>`;
    expect(readAnswer(xml)).toEqual({ kind: 'exception', errorcode: 'invalidtoken', message: 'm' });
  });
});
