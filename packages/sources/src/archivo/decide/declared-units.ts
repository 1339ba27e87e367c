import type { Issue } from '@puente-sic/protocol';
import type { Column } from '../column-names.ts';
import { meaningOf } from '../columns.ts';
import { several, warning } from '../finding.ts';
import { cellText, gridPlace, type Row } from '../grid.ts';
import { type Statement, unitOf } from '../qualified.ts';
import type { Table } from '../table.ts';
import { type ColumnAnswers, nameOf } from './answers.ts';

const TIMES: readonly Column[] = ['alumno.tiempoConectividad', 'modulo.tiempoConectividad'];
/** `Tiempos en minutos`, `Tiempo de conexión: horas` */
const TITLE = /\btiempos?\b[^\d]*?(?:\ben\b|:)\s*\(?\s*(\p{L}+)/iu;

/** What a sheet states of one of its columns. */
interface Stated {
  column: Column;
  header: string;
  text: string;
  states: Statement;
}

/**
 * The units and scales that a sheet states outside of its cells: in the name of a column (`Tiempo (min)`), in a row
 * below the names (`(minutos)`) or in a line above them. They count as an answer about those columns does, and are told;
 * what a person answered about the very column wins.
 */
export function declaredUnits(
  table: Table,
  answered: ColumnAnswers,
): { answers: ColumnAnswers; findings: Issue[] } {
  const stated = [...inNames(table), ...besidesNames(table)].filter(
    ({ column }) => !Object.keys(answered).some((name) => meaningOf(name)?.column === column),
  );
  const texts = [...new Set(stated.filter(({ states }) => states !== 'segundos').map(({ text }) => text))];
  return {
    answers: Object.fromEntries(
      stated.toReversed().map(({ column, header, states }) => [nameOf(column, header), states]),
    ),
    findings: texts.map((text) => {
      const headers = stated.filter((each) => each.text === text).map(({ header }) => `«${header}»`);
      return warning({
        message: `En ${gridPlace(table.grid)} dice «${text}» de ${several(headers)}, y así se leen sus números, si pueden serlo.`,
        fix: 'Si no es así, corríjalo en la hoja.',
        place: gridPlace(table.grid),
      });
    }),
  };
}

function inNames(table: Table): Stated[] {
  return [...table.columns].flatMap(([column, { header }]) => {
    const said = meaningOf(header, table.role === 'modulos')?.said;
    return said?.states ? [{ column, header, text: said.text, states: said.states }] : [];
  });
}

function besidesNames(table: Table): Stated[] {
  const [below] = table.rows;
  const title = linesAbove(table).flatMap((text) => TITLE.exec(text)?.[1] ?? []);
  return TIMES.flatMap((column) => {
    const place = table.columns.get(column);
    if (place === undefined) return [];
    const under = cellText(below?.cells[place.index] ?? null).replace(/^[\s([]*(en\s+)?|[\s)\].]*$/gi, '');
    const text = [under, ...title].find((each) => unitOf(each) !== undefined);
    const states = text === undefined ? undefined : unitOf(text);
    return text === undefined || states === undefined ? [] : [{ column, header: place.header, text, states }];
  });
}

function linesAbove({ grid, rows }: Table): string[] {
  const first = rows[0]?.number ?? 0;
  return grid.rows.filter(({ number }) => number < first).flatMap((row) => onlyText(row));
}

/** A title stands alone in its row; a row of names does not. */
function onlyText({ cells }: Row): string[] {
  const texts = cells.map(cellText).filter((text) => text !== '');
  return texts.length === 1 ? texts : [];
}
