import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const names = readdirSync(new URL('packages/', root));

describe.each(names)('@puente-sic/%s', (name) => {
  const folder = new URL(`packages/${name}/`, root);
  const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

  test('has the licence of the whole', () => {
    expect(read('LICENSE')).toBe(readFileSync(new URL('LICENSE', root), 'utf8'));
  });

  test('has a README that bears its name, and links only to what there is', () => {
    const text = read('README.md');
    expect(text.split('\n')[0]).toBe(`# @puente-sic/${name}`);
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
      ([, path = '']) => new URL(path, folder),
    );
    expect(links.filter((place) => !existsSync(place)).map(String)).toEqual([]);
  });
});
