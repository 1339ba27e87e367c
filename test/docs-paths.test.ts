import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('..', import.meta.url);

it.each(['docs/protocol.md', 'docs/glossary.md'])('%s names only files that exist', (document) => {
  const text = readFileSync(new URL(document, root), 'utf8');
  const inCode = [...text.matchAll(/`(packages\/[^`]+)`/g)].map(([, path = '']) => new URL(path, root));
  const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(
    ([, path = '']) => new URL(path, new URL(document, root)),
  );
  expect([...inCode, ...links].filter((place) => !existsSync(place)).map(String)).toEqual([]);
});
