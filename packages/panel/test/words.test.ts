import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const HERE = fileURLToPath(new URL('../web/src', import.meta.url));

/** What no page says: written one way only, and in words that people of an OTEC have. */
const NOWHERE: [RegExp, string][] = [
  [/\bs[óÓ]lo\b/i, 'solo, without an accent'],
  [/\bnpx\b/, 'no command of a terminal'],
  [/«puente [a-z]/, 'no command of a terminal'],
  [/\bpuente (?!alto)(?=[a-záéíóú])/, 'Puente with a capital'],
  [/\bsu clave\b/i, 'contraseña, of a person'],
  [/\b(terminal|consola|línea de comandos)\b/i, 'no command of a terminal'],
];

/** What only whoever sets puente up reads. */
const TECHNICAL: [RegExp, string][] = [
  [/\bJSON\b/, 'no format'],
  [/\bYAML\b|puente\.yaml/i, 'no format'],
  [/porcentajeAvance|codigoEnvio|id_proceso|codigoModulo/, 'no name of a field'],
  [/\bdescenso\b|\bwebhook\b/i, 'no word of the inside'],
];

const COORDINATOR =
  /^(marco|parts|excel|screens\/(hoy|corregir|por-corregir|planilla|curso|alumno|ayuda|botones|problemas|conocido|mantener|arreglos|frases|evidencia|mas|envio|conciliacion|por-cerrar|poner-al-dia|decidir-curso|entrar|primer-uso|instalacion|excel-columnas|registros))/;

/** It names what it takes away. */
const TRANSLATES = 'en-palabras.ts';

test.each(sourceFiles())('%s speaks the words of the panel', (file) => {
  const rules = COORDINATOR.test(file) ? [...NOWHERE, ...TECHNICAL] : NOWHERE;
  const said = textsOf(readFileSync(join(HERE, file), 'utf8'));
  const wrong = said.flatMap((text) =>
    rules.flatMap(([pattern, why]) => (pattern.test(text) ? [`${why}: ${text.trim()}`] : [])),
  );
  expect(wrong).toEqual([]);
});

function sourceFiles(): string[] {
  return readdirSync(HERE, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts') && file !== TRANSLATES);
}

/** What a file puts before people: text of the pages, and literals that are sentences. */
function textsOf(source: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) texts.push(node.text);
    else if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    ) {
      // A literal without a space is a name for the program.
      if (/\S\s+\S/.test(node.text) && !ts.isImportDeclaration(node.parent)) texts.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return texts;
}
