import type { Issue } from '@puente-sic/protocol';
import type { Column } from '../column-names.ts';
import { several, warning } from '../finding.ts';
import { cellText, gridPlace, type Row } from '../grid.ts';
import type { Table } from '../table.ts';
import type { ColumnAnswers, TimeUnit } from './answers.ts';

const TIMES: readonly Column[] = ['alumno.tiempoConectividad', 'modulo.tiempoConectividad'];
const UNITS: readonly [RegExp, TimeUnit][] = [
  [/^(minutos?|mins?)$/i, 'minutos'],
  [/^(horas?|hrs?)$/i, 'horas'],
];
/** `Tiempos en minutos`, `Tiempo de conexión: horas` */
const TITLE = /\btiempos?\b[^\d]*?(?:\ben\b|:)\s*\(?\s*(\p{L}+)/iu;

/**
 * The units of time that a sheet states outside of its cells: in a row below its names (`(minutos)`) or in a line above
 * them. They count as an answer about those columns does, and are told.
 */
export function declaredUnits(table: Table): { answers: ColumnAnswers; findings: Issue[] } {
  const columns = TIMES.flatMap((column) => table.columns.get(column) ?? []);
  const [below] = table.rows;
  const title = linesAbove(table).flatMap((text) => TITLE.exec(text)?.[1] ?? []);
  const stated = columns.flatMap(({ index, header }) => {
    const under = cellText(below?.cells[index] ?? null).replace(/^[\s([]*(en\s+)?|[\s)\].]*$/gi, '');
    const text = [under, ...title].find((each) => unitOf(each) !== undefined);
    const unit = text === undefined ? undefined : unitOf(text);
    return text === undefined || unit === undefined ? [] : [{ header, text, unit }];
  });
  if (stated.length === 0) return { answers: {}, findings: [] };
  const [first] = stated;
  const names = several(stated.map(({ header }) => `«${header}»`));
  const finding = warning({
    message: `En ${gridPlace(table.grid)} dice «${first?.text}» de ${names}, y así se leyeron sus números.`,
    fix: 'Si no es así, borre esa nota de la hoja.',
    place: gridPlace(table.grid),
  });
  return {
    answers: Object.fromEntries(stated.map(({ header, unit }) => [header, unit])),
    findings: [finding],
  };
}

function unitOf(text: string): TimeUnit | undefined {
  return UNITS.find(([words]) => words.test(text))?.[1];
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
