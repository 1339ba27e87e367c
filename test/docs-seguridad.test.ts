import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const page = readFileSync(new URL('docs/seguridad.md', root), 'utf8');

test('each threat of docs/seguridad.md names a test that there is', () => {
  const [, ...rows] = page.split('\n').filter((line) => line.startsWith('| '));
  const missing = rows.filter((row) => {
    const [, file = '', titles = ''] = /`([^`]+\.test\.ts)` ((?:«[^»]+»(?:, )?)+) \|$/.exec(row) ?? [];
    const place = new URL(file, root);
    if (file === '' || !existsSync(place)) return true;
    const text = readFileSync(place, 'utf8');
    return [...titles.matchAll(/«([^»]+)»/g)].some(([, title = '']) => !text.includes(title));
  });
  expect(missing).toEqual([]);
  expect(rows.length).toBeGreaterThan(30);
});
