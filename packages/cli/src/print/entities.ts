import type { EntityReview } from '@puente-sic/sources';
import type { Terminal } from '../terminal.ts';
import { count, whole } from './words.ts';

/** Each entity with the column that each of its data was found in, and what the first row holds there. */
export function printEntities(terminal: Terminal, { entities, courses }: EntityReview): void {
  const { colors } = terminal;
  for (const { entity, place, rows, columns, extra, trouble } of entities) {
    if (place === null) {
      terminal.line(colors.dim(`  – ${entity}: no se entrega`));
      continue;
    }
    const mark = trouble ? colors.red('✖') : colors.green('✔');
    terminal.line(`  ${mark} ${entity} ${colors.dim(`(${place})`)}: ${rowsOf(rows)}`);
    const found = columns.filter(({ column }) => column !== null);
    const indent = '      ';
    for (const { field, column, example } of found) {
      const name = column === field ? field : `${field} ← «${column}»`;
      terminal.line(`${indent}${name}${colors.dim(rows === 0 ? '' : `  ${shown(example)}`)}`);
    }
    const absent = columns.filter(({ column }) => column === null).map(({ field }) => field);
    if (absent.length > 0) terminal.paragraph(colors.dim(`no está: ${absent.join(', ')}`), indent);
    if (extra.length > 0) terminal.paragraph(colors.dim(`no se lee: ${extra.join(', ')}`), indent);
  }
  for (const { curso, nombre, alumnos, modulos, actividades } of courses)
    terminal.line(
      `  ${colors.bold(nombre ?? curso)} (${curso}): ${count(alumnos, 'persona', 'personas')}, ${count(modulos, 'módulo con código', 'módulos con código')}, ${count(actividades, 'actividad', 'actividades')}`,
    );
}

function rowsOf(rows: number): string {
  return rows === 0 ? 'ninguna fila' : `${whole(rows)} ${rows === 1 ? 'fila' : 'filas'}`;
}

/** The first row's own value, short and with nothing that a terminal would take for an order. */
function shown(example: unknown): string {
  if (example === null || example === undefined || example === '') return '(vacía)';
  const plain = example instanceof Uint8Array ? new TextDecoder().decode(example) : example;
  const text = (typeof plain === 'object' ? JSON.stringify(plain) : String(plain)).replace(
    /[\p{Cc}\p{Cs}]/gu,
    '·',
  );
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}
