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

function importsBelow(folder: string): Import[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => importsOf(join(folder, path)));
}

function importsOf(path: string): Import[] {
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
