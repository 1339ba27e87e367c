import { formatRut, isValidRut, readingOfRut } from '@puente-sic/protocol';
import { meaningOf } from './columns.ts';
import { cellText, type Grid, type Row } from './grid.ts';

/** Who stands below a header that cannot be used: by name where it has one, and by RUT where one can be read. */
export function peopleIn(grid: Grid, header: Row): string[] {
  const name = header.cells.findIndex((cell) => meaningOf(cellText(cell))?.column === 'alumno.nombre');
  const people = new Set<string>();
  for (const { number, cells } of grid.rows) {
    if (number <= header.number) continue;
    const ruts = cells.flatMap((cell) => {
      const reading = readingOfRut(cellText(cell));
      return reading.kind === 'rut' && isValidRut(reading.rut) ? formatRut(reading.rut) : [];
    });
    const called = name < 0 ? '' : cellText(cells[name]);
    const [rut] = ruts;
    if (rut !== undefined) people.add(called === '' ? rut : `${called} (${rut})`);
    for (const other of ruts.slice(1)) people.add(other);
  }
  return [...people];
}
