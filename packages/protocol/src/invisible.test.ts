import { expect, it } from 'vitest';
import { showInvisible, withoutInvisible } from './invisible.ts';

it.each([
  ['\u200e12345678-5', '⟨U+200E⟩12345678-5', '12345678-5'],
  ['PRES\u200b\u00ad1\ufeff', 'PRES⟨U+200B⟩⟨U+00AD⟩1⟨U+FEFF⟩', 'PRES1'],
  ['a\u0000b', 'a⟨U+0000⟩b', 'ab'],
  ['Ñandú\u00a01\t2\n', 'Ñandú\u00a01\t2\n', 'Ñandú\u00a01\t2\n'],
])('%j', (text, shown, clean) => {
  expect(showInvisible(text)).toBe(shown);
  expect(withoutInvisible(text)).toBe(clean);
});
