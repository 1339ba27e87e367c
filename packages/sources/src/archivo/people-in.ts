import { formatRut, isValidRut, readingOfRut } from '@puente-sic/protocol';
import type { Column } from './column-names.ts';
import { meaningOf } from './columns.ts';
import { cellText, type Grid, type Row } from './grid.ts';

/** What people write below a table, in the column of the names. */
const SUMMARY = /^\W*((sub)?total(es)?|suma|promedio|media)(?!\p{L})/iu;

/**
 * Who stands below a header that cannot be used: by name where it has one, and by RUT, or by what stands in its place.
 * A RUT that all rows repeat beside another one is a company's.
 */
export function peopleIn(grid: Grid, header: Row): string[] {
  const at = (column: Column): number =>
    header.cells.findIndex((cell) => meaningOf(cellText(cell))?.column === column);
  const [name, rutColumn] = [at('alumno.nombre'), at('alumno.rutAlumno')];
  const rows = grid.rows.filter(
    ({ number, cells }) =>
      number > header.number && meaningOf(cellText(cells[rutColumn]))?.column !== 'alumno.rutAlumno',
  );
  const company = companysColumn(rows);
  const people = new Set<string>();
  for (const { cells } of rows) {
    const ruts = rutsOf(cells).flatMap(([index, rut]) => (index === company ? [] : rut));
    const called = name < 0 ? '' : cellText(cells[name]);
    const [rut] = ruts;
    const odd = rutColumn < 0 || rutColumn === company ? '' : cellText(cells[rutColumn]);
    if (rut !== undefined) people.add(called === '' ? rut : `${called} (${rut})`);
    else if (called !== '' && !SUMMARY.test(called))
      people.add(`${called} (${odd === '' ? 'sin RUT' : `«${odd}»`})`);
    else if (/\d/.test(odd)) people.add(`«${odd}»`);
    for (const other of ruts.slice(1)) people.add(other);
  }
  return [...people];
}

function rutsOf(cells: Row['cells']): [index: number, rut: string][] {
  return Array.from(cells, cellText).flatMap((text, index) => {
    const reading = readingOfRut(text);
    return reading.kind === 'rut' && isValidRut(reading.rut) ? [[index, formatRut(reading.rut)]] : [];
  });
}

/** A column of one RUT beside a column of several. */
function companysColumn(rows: readonly Row[]): number | undefined {
  const columns = new Map<number, Set<string>>();
  for (const { cells } of rows)
    for (const [index, rut] of rutsOf(cells))
      columns.set(index, (columns.get(index) ?? new Set<string>()).add(rut));
  const single = [...columns].filter(([, ruts]) => ruts.size === 1);
  return single.length < columns.size ? single[0]?.[0] : undefined;
}
