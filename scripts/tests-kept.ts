import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * `npx tsx scripts/tests-kept.ts [COMMIT]`: every test that stood at a commit (5cf6e4e, before the suite was parted in
 * two) stands today by its name, wherever its file is, or is told in docs/decisions/017-tests-kept.md with its reason and
 * what stands instead. Names are read from the text, before parameters are filled in. Needs the whole history of git.
 */
const COMMIT = process.argv[2] ?? '5cf6e4e';
const PAGE = 'docs/decisions/017-tests-kept.md';

interface Named {
  readonly file: string;
  readonly name: string;
}

const then = committed(COMMIT);
const today = standing();
const told = readTable();
const gone = missingFrom(then, today);
const standingNames = new Set(today.map(({ name }) => name));
const wrong = [
  ...gone
    .filter((one) => !told.some(({ file, name }) => file === one.file && name === one.name))
    .map(({ file, name }) => `gone without a reason: ${file}: ${name}`),
  ...told
    .filter((one) => !gone.some(({ file, name }) => file === one.file && name === one.name))
    .map(({ file, name }) => `told as gone, and is not: ${file}: ${name}`),
  ...told
    .filter(({ instead }) => !standingNames.has(instead))
    .map(({ name, instead }) => `stands in place of «${name}» and does not: ${instead}`),
];
console.log(
  `${then.length} tests at ${COMMIT}: ${then.length - gone.length} stand by their name, ${gone.length} are gone; ` +
    `${today.length} stand today.`,
);
for (const line of wrong) console.error(line);
process.exitCode = wrong.length > 0 ? 1 : 0;

/** A name that stood twice has to stand twice. */
function missingFrom(before: readonly Named[], after: readonly Named[]): Named[] {
  const left = new Map<string, number>();
  for (const { name } of after) left.set(name, (left.get(name) ?? 0) + 1);
  return before.filter(({ name }) => {
    const times = left.get(name) ?? 0;
    left.set(name, times - 1);
    return times <= 0;
  });
}

function committed(commit: string): Named[] {
  return testFiles(git('ls-tree', '-r', '--name-only', commit)).flatMap((file) =>
    namesIn(file, git('show', `${commit}:${file}`)),
  );
}

function standing(): Named[] {
  const files = testFiles(git('ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'));
  return files.flatMap((file) => namesIn(file, readFileSync(file, 'utf8')));
}

/** Tests stand in test files, and in suites that several of them call. */
function testFiles(list: string): string[] {
  return list.split('\n').filter((path) => /\.test\.ts$|(^|\/)(test|e2e)\/.*\.ts$/.test(path));
}

function namesIn(file: string, text: string): Named[] {
  const found: Named[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [name, body] = node.arguments;
      if (body !== undefined && name !== undefined && /^(test|it)$/.test(called(node.expression)))
        if (ts.isStringLiteralLike(name)) found.push({ file, name: name.text });
        else if (ts.isTemplateExpression(name)) found.push({ file, name: name.getText().slice(1, -1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** `test` of `test.each(rows)(…)`, of `test.skipIf(…)(…)` and of itself. */
function called(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression))
    return called(expression.expression);
  return ts.isTaggedTemplateExpression(expression) ? called(expression.tag) : '';
}

function readTable(): (Named & { readonly instead: string })[] {
  const rows = readFileSync(PAGE, 'utf8').matchAll(/^\| `(.+?)` \| `(.+?)` \|[^|]+\| `(.+?)` \|$/gm);
  return [...rows].map(([, file = '', name = '', instead = '']) => ({ file, name, instead }));
}

function git(...words: string[]): string {
  return execFileSync('git', words, { encoding: 'utf8', maxBuffer: 1 << 26 });
}
