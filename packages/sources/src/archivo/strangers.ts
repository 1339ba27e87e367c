import { formatRut, type Issue, isCompanyRut, isValidRut, readingOfRut, readRut } from '@puente-sic/protocol';
import { meaningOf } from './columns.ts';
import type { Entry } from './entry.ts';
import { error, several, warning } from './finding.ts';
import { cellText, type Grid, type Row, tablePlace } from './grid.ts';

/** Somebody in rows that were not read as a table. */
interface Stranger {
  /** As {@link Entry.key}; of who has no RUT, the words of the name. */
  key: string;
  who: string;
  /** Figures beside the RUT: what a row of progress has. */
  figures: number;
}

/** Who stands in rows of a sheet that belong to no table that is read. */
export interface Strangers {
  place: string;
  people: Stranger[];
}

/** People of the rows, by their RUT; where a sheet without any names its people, by their name. */
export function strangersIn(grid: Grid, rows: readonly Row[]): Strangers[] {
  const people = new Map<string, Stranger>();
  for (const row of rows)
    for (const stranger of inRow(row)) if (!people.has(stranger.key)) people.set(stranger.key, stranger);
  const found = people.size > 0 ? [...people.values()] : byName(rows);
  return found.length === 0 ? [] : [{ place: tablePlace(grid), people: found }];
}

/** Those of them that are in no table of the source. */
export function toldStrangers(all: readonly Strangers[], entries: readonly Entry[]): Issue[] {
  const known = new Set(
    entries.flatMap(({ key, name }) => [key, ...(name === undefined ? [] : [wordsOf(name)])]),
  );
  for (const { curso } of entries) {
    const otec = readRut(curso.rutOtec ?? '');
    if (otec !== null) known.add(formatRut(otec));
  }
  return all.flatMap(({ place, people }) => {
    const unknown = people.filter(({ key }) => !known.has(key));
    if (unknown.length === 0) return [];
    const tell = unknown.some(({ figures }) => figures > 0) ? error : warning;
    return tell({
      message: `En ${place} hay filas que no se leyeron, porque sobre ellas faltan nombres de columna que se conozcan. En ellas están, y en ninguna otra tabla: ${several(unknown.map(({ who }) => who))}.`,
      fix: 'Si son alumnos, péguelos debajo de la tabla que sí se lee, o escriba sobre ellos los nombres de columna de la plantilla («puente plantilla»). Si no lo son, no hay nada que hacer.',
      place,
    });
  });
}

function inRow({ cells }: Row): Stranger[] {
  const texts = cells.map(cellText).filter((text) => text !== '');
  const name = nameAmong(texts);
  return texts.flatMap((text) => {
    const reading = readingOfRut(text);
    if (reading.kind !== 'rut' || !isValidRut(reading.rut) || isCompanyRut(reading.rut.numero)) return [];
    const key = formatRut(reading.rut);
    const figures = texts.filter((each) => each !== text && /^\d/.test(each)).length;
    return { key, who: name === undefined ? key : `${name} (${key})`, figures };
  });
}

/** The longest text of two words or more; no address of mail, and nothing with a remark in brackets. */
function nameAmong(texts: string[]): string | undefined {
  return texts
    .filter((text) => /^\p{L}+\W+\p{L}/u.test(text) && !/[\d@(]/.test(text))
    .sort((a, b) => b.length - a.length)[0];
}

function byName(rows: readonly Row[]): Stranger[] {
  const at = rows.findIndex(({ cells }) => {
    const columns = Array.from(cells, (cell) => meaningOf(cellText(cell))?.column);
    return columns.includes('alumno.nombre') && columns.some((column) => column && PROGRESS.test(column));
  });
  const index = (rows[at]?.cells ?? []).findIndex(
    (cell) => meaningOf(cellText(cell))?.column === 'alumno.nombre',
  );
  return (at < 0 ? [] : rows.slice(at + 1)).flatMap(({ cells }) => {
    const who = cellText(cells[index]);
    return nameAmong([who]) === undefined || SUMMARY.test(who) ? [] : { key: wordsOf(who), who, figures: 1 };
  });
}

const PROGRESS = /\.(porcentajeAvance|tiempoConectividad)$/;
const SUMMARY = /^\W*((sub)?total(es)?|suma|promedio|media)(?!\p{L})/iu;

/** A name's words, whatever their order, accents and case. */
export function wordsOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/\p{L}+/gu) ?? []).sort().join(' ');
}
