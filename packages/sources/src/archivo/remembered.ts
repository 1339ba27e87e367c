import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Issue } from '@puente-sic/protocol';
import type { ColumnAnswers } from './decide/answers.ts';
import { warning } from './finding.ts';

/** What people said of the columns of the files beside it: a name that no reading takes for data. */
const REMEMBERED = '.columnas.json';

/** Where the words about the columns of a source are kept: in its folder, or beside its file. */
export async function rememberedFile(ruta: string): Promise<string> {
  const isFolder = await stat(ruta).then(
    (stats) => stats.isDirectory(),
    () => path.extname(ruta) === '',
  );
  return path.join(isFolder ? ruta : path.dirname(ruta), REMEMBERED);
}

/** What was said in the panel of the columns of a source; what puente.yaml says of a column counts before it. */
export async function rememberedColumns(
  ruta: string,
): Promise<{ answers: ColumnAnswers; findings: Issue[] }> {
  const file = await rememberedFile(ruta);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return { answers: {}, findings: [] };
  try {
    const kept: unknown = JSON.parse(text);
    if (isAnswers(kept)) return { answers: kept, findings: [] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { answers: {}, findings: [damaged(file)] };
}

function isAnswers(value: unknown): value is ColumnAnswers {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((field) => typeof field === 'string')
  );
}

function damaged(file: string): Issue {
  return warning({
    message: `Lo que se recordaba de las columnas no se pudo leer: ${file} está dañado.`,
    fix: 'Suba la planilla en el panel y diga otra vez qué es cada columna, o borre ese archivo.',
    place: file,
  });
}
