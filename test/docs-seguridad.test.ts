import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const page = readFileSync(new URL('docs/seguridad.md', root), 'utf8');

test('each threat of docs/seguridad.md names a test that there is', () => {
  const rows = page.split('\n').filter((line) => /^\| (alguien|otra|quien|cualquiera)/.test(line));
  const missing = rows.filter((row) => {
    const [, file = '', title = ''] = /`([^`]+\.test\.ts)` «([^»]+)» \|$/.exec(row) ?? [];
    const place = new URL(file, root);
    return file === '' || !existsSync(place) || !readFileSync(place, 'utf8').includes(title);
  });
  expect(missing).toEqual([]);
  expect(rows.length).toBeGreaterThan(15);
});
