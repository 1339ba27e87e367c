import { COLUMNS, type Column, type ModuloColumn } from '../column-names.ts';
import { normalise, templateHeader } from '../columns.ts';
import type { ColumnAnswers } from '../decide/answers.ts';
import { isModule, moduleTitled, type NamedModule } from './module-names.ts';

/** `modulo PRES028008000558`: what code a module has that a sheet calls otherwise. */
const CODE_OF = /^m[oó]dulo\s+(\S.*)$/iu;

/** Fields of a module by the template's name, but for its code. */
const FIELDS = new Map<string, ModuloColumn>(
  (Object.keys(COLUMNS) as Column[]).flatMap((column): [string, ModuloColumn][] =>
    column.startsWith('modulo.') && column !== 'modulo.codigoModulo'
      ? [[templateHeader(column), column.slice('modulo.'.length) as ModuloColumn]]
      : [],
  ),
);

/** What a person said of one column of a wide sheet; `module`: null where its name says of which it is. */
export interface SaidOfColumn {
  field: ModuloColumn;
  module: NamedModule | null;
}

/** `moduloPorcentajeAvance` or `moduloPorcentajeAvance M1`; null: the answer is about something else. */
export function saidOfColumn(answer: string): SaidOfColumn | null {
  const [name = '', ...rest] = answer.trim().split(/\s+/);
  const field = FIELDS.get(name);
  if (field === undefined) return null;
  return { field, module: rest.length === 0 ? null : moduleTitled(rest.join(' ')) };
}

/** The answer to what a column is, by its name. */
export function answerFor(answers: ColumnAnswers, header: string): string | undefined {
  const name = normalise(header);
  return name === '' ? undefined : Object.entries(answers).find(([key]) => normalise(key) === name)?.[1];
}

/** The code that a module has by its name or by what was said of it; null: nobody said it. */
export function codeOf(module: NamedModule, answers: ColumnAnswers): string | null {
  for (const [key, answer] of Object.entries(answers)) {
    const code = CODE_OF.exec(answer ?? '')?.[1];
    if (code !== undefined && isModule(module, key)) return code.trim();
  }
  return module.code;
}

/** Whether an answer tells a module's code, or that a column is of a module. */
export function isAboutModules(answer: string): boolean {
  return CODE_OF.test(answer) || saidOfColumn(answer) !== null;
}

/** How the answer to a module's code is written. */
export function asCode(code: string): string {
  return `modulo ${code}`;
}
