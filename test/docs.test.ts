import { expect, test } from 'vitest';
import { outdated } from '../scripts/docs.ts';

test('every generated document is current (npm run docs)', () => {
  expect(outdated()).toEqual([]);
});
