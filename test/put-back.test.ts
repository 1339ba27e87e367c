import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PUT_BACK } from '../scripts/put-back/faults.ts';

// A fault whose text stands nowhere any more would be put back into nothing, and be found by nobody.
test.each(PUT_BACK.map((fault) => [fault.name, fault] as const))(
  '%s: what it changes stands in the code',
  (_name, fault) => {
    const code = readFileSync(new URL(`../${fault.file}`, import.meta.url), 'utf8');
    for (const [text] of fault.replace) expect(code).toContain(text);
  },
);
