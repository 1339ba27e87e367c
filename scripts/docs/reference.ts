import { basename, dirname, join } from 'node:path';
import ts from 'typescript';

/** A package of the SDK and where its public names are listed. */
interface SdkPackage {
  name: string;
  index: string;
}

const INTRODUCTION = `# SDK reference

Generated from the docstrings by \`npm run docs\`. Start with [integradores.md](integradores.md) (Spanish) or the READMEs of
[\`@puente-sic/client\`](../packages/client/README.md) and [\`@puente-sic/protocol\`](../packages/protocol/README.md).
Letters in brackets are sources of a rule: S the training slides, I the Instructivo of 2023, M the manuals, O observed,
A an assumption of this project; \`docs/protocol.md\` lists them.
`;

/** The reference of every public name of the SDK's packages, in Markdown. */
export function sdkReference(root: string): string {
  const packages: SdkPackage[] = ['client', 'protocol'].map((name) => ({
    name: `@puente-sic/${name}`,
    index: join(root, 'packages', name, 'src', 'index.ts'),
  }));
  const declarations = emitDeclarations(packages.map(({ index }) => index));
  return [
    INTRODUCTION,
    ...packages.flatMap(({ name, index }) => [
      `## ${name}\n`,
      ...exportedBy(index, declarations).map(section),
    ]),
  ].join('\n');
}

/** What a source file declares to the outside, by its path: its `.d.ts`, without bodies and private members. */
function emitDeclarations(rootNames: string[]): Map<string, ts.SourceFile> {
  const emitted = new Map<string, ts.SourceFile>();
  const program = ts.createProgram({
    rootNames,
    options: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      declaration: true,
      emitDeclarationOnly: true,
      allowImportingTsExtensions: true,
      noCheck: true,
      skipLibCheck: true,
      types: ['node'],
    },
  });
  program.emit(undefined, (_path, text, _bom, _onError, sources) => {
    const [source] = sources ?? [];
    if (!source) return;
    emitted.set(source.fileName, ts.createSourceFile(source.fileName, text, ts.ScriptTarget.ES2023, true));
  });
  return emitted;
}

interface Entry {
  name: string;
  statement: ts.Statement;
  text: string;
}

/** The declarations that an index exports, in its order, one file at a time. */
function exportedBy(index: string, declarations: Map<string, ts.SourceFile>): Entry[] {
  const source = declarations.get(index);
  if (!source) throw new Error(`${basename(dirname(dirname(index)))}: no declarations of its index`);
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return [];
    const file = declarations.get(join(dirname(index), (statement.moduleSpecifier as ts.StringLiteral).text));
    if (!file) throw new Error(`${statement.getText()}: no such file`);
    const wanted =
      statement.exportClause && ts.isNamedExports(statement.exportClause)
        ? new Set(statement.exportClause.elements.map(({ name }) => name.text))
        : null;
    return entriesOf(file).filter(({ name }) => wanted?.has(name) ?? true);
  });
}

function entriesOf(file: ts.SourceFile): Entry[] {
  return file.statements.flatMap((statement) => {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const name = exported ? nameOf(statement) : null;
    return name === null ? [] : [{ name, statement, text: statement.getText(file) }];
  });
}

function nameOf(statement: ts.Statement): string | null {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations[0]?.name.getText() ?? null;
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return named ? (statement.name?.text ?? null) : null;
}

function section({ name, statement, text }: Entry): string {
  const signature = text
    .replace(/^export (declare )?/, '')
    .replace(/^ {4}(#private|private .*);\n/gm, '')
    .replace(/^( {4})+/gm, (indent) => ' '.repeat(indent.length / 2))
    .replace(/ +$/gm, '');
  return [`### ${name}\n`, docOf(statement), '```ts', shortened(statement, signature), '```\n']
    .filter(Boolean)
    .join('\n');
}

/** The type that a long constant or a function's result is inferred to have says less than its docstring. */
function shortened(statement: ts.Statement, signature: string): string {
  const named = ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement);
  const [first = '', ...rest] = signature.split('\n');
  return named || rest.length < 30 || !first.endsWith('{') ? signature : `${first} … };`;
}

function docOf(statement: ts.Statement): string {
  const [doc] = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  if (!doc) return '';
  const tags = (doc.tags ?? []).map((tag) => {
    const subject = ts.isJSDocParameterTag(tag) ? ` \`${tag.name.getText()}\`` : '';
    return `- *${tag.tagName.text}*${subject} ${ts.getTextOfJSDocComment(tag.comment) ?? ''}`.trim();
  });
  const text = [ts.getTextOfJSDocComment(doc.comment) ?? '', tags.join('\n')].filter(Boolean).join('\n\n');
  return `${text.replace(/\{@link (\S+)\}/g, '`$1`')}\n`;
}
