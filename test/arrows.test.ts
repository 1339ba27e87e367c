import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which of our packages each may import; `types` only as types. The arrows of the house, see docs/decisions. */
const ARROWS: Record<string, { any: string[]; types?: string[] }> = {
  protocol: { any: [] },
  store: { any: [] },
  client: { any: ['protocol'] },
  sources: { any: ['protocol'] },
  engine: { any: ['protocol', 'store', 'client'], types: ['sources'] },
  gestor: { any: ['protocol', 'store'] },
  app: { any: ['protocol', 'store', 'client', 'sources', 'engine'] },
  panel: { any: ['protocol', 'engine', 'app'] },
  cli: { any: ['protocol', 'store', 'client', 'sources', 'engine', 'app', 'gestor', 'panel'] },
  // Only what is no part of the product may import it: tests, e2e, bench.
  testing: { any: ['protocol', 'store', 'client', 'sources', 'engine', 'gestor'] },
};

interface Import {
  from: string;
  specifier: string;
  typeOnly: boolean;
}

/** Of files that have been read. */
const READ = new Map<string, Import[]>();

const packages = readdirSync(join(root, 'packages')).filter((name) =>
  existsSync(join(root, 'packages', name, 'package.json')),
);

it('every package has its arrows', () => {
  expect(packages.filter((name) => ARROWS[name] === undefined)).toEqual([]);
});

describe.each(packages)('%s', (name) => {
  const folder = join(root, 'packages', name);
  const imports = importsBelow(join(folder, 'src')).filter(({ from }) => !from.endsWith('.test.ts'));
  const bare = imports.filter(({ specifier }) => !specifier.startsWith('.'));

  it('imports only the packages that it may', () => {
    const { any = [], types = [] } = ARROWS[name] ?? {};
    const wrong = bare.filter(({ specifier, typeOnly }) => {
      const ours = /^@puente-sic\/([^/]+)/.exec(specifier)?.[1];
      return ours !== undefined && !any.includes(ours) && !(typeOnly && types.includes(ours));
    });
    expect(wrong).toEqual([]);
  });

  it('imports nothing that its package.json does not declare', () => {
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const undeclared = bare.filter(
      ({ specifier }) => !isBuiltin(specifier) && !Object.hasOwn(dependencies, packageOf(specifier)),
    );
    expect(undeclared).toEqual([]);
  });

  it('reaches into no other folder, and into no other package by a path', () => {
    const escaping = imports.filter(({ from, specifier }) => {
      const target = relative(join(folder, 'src'), join(root, from, '..', specifier));
      return specifier.startsWith('.') && target.split(sep)[0] === '..';
    });
    const deep = bare.filter(({ specifier }) => /^@puente-sic\/[^/]+\//.test(specifier));
    expect([...escaping, ...deep]).toEqual([]);
  });
});

it('protocol is pure: nothing of Node', () => {
  const imports = importsBelow(join(root, 'packages/protocol/src')).filter(
    ({ from }) => !from.endsWith('.test.ts'),
  );
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter(({ specifier }) => isBuiltin(specifier))).toEqual([]);
});

/** A world is given whole to the parts by which it acts; they are one thing in three files. */
const ONE_THING = /^packages\/testing\/src\/simulation\/(world|acts|service)\.ts$/;

it('no file imports itself by way of others, not even for a type', () => {
  const imports = ['packages', 'bench', 'e2e', 'scripts', 'test']
    .flatMap((folder) => importsBelow(join(root, folder)))
    .map(({ from, specifier }) => ({ from: posix(from), specifier }))
    .filter(({ from }) => !ONE_THING.test(from));
  const files = new Map<string, string[]>();
  for (const { from, specifier } of imports) {
    const ours = /^@puente-sic\/(\w+)$/.exec(specifier)?.[1];
    const to = ours
      ? `packages/${ours}/src/index.ts`
      : specifier.startsWith('.') && join(from, '..', specifier);
    files.set(from, [...(files.get(from) ?? []), ...(to ? [posix(to)] : [])]);
  }
  expect(files.size).toBeGreaterThan(1000);
  expect(inCircles(files)).toEqual([]);
});

/** What is left when whoever imports nothing that is left, or is imported by nothing that is left, is taken away. */
function inCircles(files: ReadonlyMap<string, readonly string[]>): string[] {
  let left = new Set(files.keys());
  for (let before = Number.POSITIVE_INFINITY; left.size < before; ) {
    before = left.size;
    const imported = new Set([...left].flatMap((file) => files.get(file) ?? []));
    left = new Set(
      [...left].filter((file) => imported.has(file) && files.get(file)?.some((other) => left.has(other))),
    );
  }
  return [...left].sort();
}

function posix(path: string): string {
  return path.split(sep).join('/');
}

function importsBelow(folder: string): Import[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(path))
    .flatMap((path) => importsOf(join(folder, path)));
}

function importsOf(path: string): Import[] {
  const known = READ.get(path);
  if (known) return known;
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const from = relative(root, path);
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean): void => {
    if (node && ts.isStringLiteralLike(node)) found.push({ from, specifier: node.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  READ.set(path, found);
  return found;
}

/** `import type …`, or nothing but `type` names between the braces. */
function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

/** `@scope/name` or `name` of a specifier that may go deeper. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
