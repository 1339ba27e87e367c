import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { createVitest } from 'vitest/node';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The files of each project, as vitest itself finds them. */
const files: Record<string, string[]> = {};

beforeAll(async () => {
  const vitest = await createVitest('test', { root: ROOT, watch: false, run: true });
  try {
    for (const { project, moduleId } of await vitest.globTestSpecifications()) {
      files[project.name] ??= [];
      files[project.name]?.push(relative(ROOT, moduleId).split(sep).join('/'));
    }
  } finally {
    await vitest.close();
  }
});

test('every test file belongs to one project, and to one only', () => {
  expect(Object.keys(files).sort()).toEqual(['rapidas', 'todo']);
  expect(Object.values(files).flat().sort()).toEqual(testFiles().sort());
});

test('e2e in its path is what makes a file part of the whole suite', () => {
  expect(files.rapidas?.filter((file) => /(^|\/)e2e\/|\.e2e\./.test(file))).toEqual([]);
  expect(files.todo?.filter((file) => !/(^|\/)e2e\/|\.e2e\./.test(file))).toEqual([]);
});

test('no quick test starts a program, a browser or a server of databases', () => {
  const starters =
    /'(node:child_process|playwright-core|.*\/browser\.ts)'|start(Postgres|Mariadb)\(|runSeeds\(/;
  const found = (files.rapidas ?? []).flatMap((file) =>
    [...reached(file)].filter((one) => starters.test(read(one))).map((one) => `${file}: ${one}`),
  );
  expect(found).toEqual([]);
});

function testFiles(): string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .flatMap(({ name }) =>
      readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' }).map((file) =>
        [name, ...file.split(sep)].join('/'),
      ),
    )
    .filter((file) => /\.test\.[cm]?[jt]sx?$/.test(file) && !/(^|\/)(node_modules|dist)\//.test(file));
}

/**
 * A test file and the helpers of tests that it imports, one from another. What is tested may start what it wants, and
 * who asks for the project's stores starts servers in the whole suite only.
 */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || /\/src\/(?!.*\.test\.ts$)/.test(file)) return seen;
  const text = read(file);
  if (text.includes("inject('stores')")) return seen;
  seen.add(file);
  for (const [, from = ''] of text.matchAll(/(?:from|import) '(\.[^']+\.ts)'/g))
    reached(
      relative(ROOT, join(ROOT, file, '..', from))
        .split(sep)
        .join('/'),
      seen,
    );
  return seen;
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
