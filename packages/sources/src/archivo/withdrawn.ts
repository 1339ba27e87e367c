import type { Issue } from '@puente-sic/protocol';
import { cellAt } from './cells.ts';
import type { Column } from './column-names.ts';
import { normalise } from './columns.ts';
import type { Doubt } from './entry.ts';
import { several, warning } from './finding.ts';
import { cellText, gridPlace, type Row } from './grid.ts';
import type { Table } from './table-parts.ts';

/** What a row says of its person beside the figures. */
export interface Remark {
  /** `doNotSend`: that the row is not to be reported; `left`: that the person has left. */
  says: 'doNotSend' | 'left';
  /** `«RETIRADO» en «Observaciones»`. */
  shown: string;
}

/** Words are looked for in every cell that is no figure, date or code that is sent; the state has a word of its own. */
const WORDS = new Set<Column>(['alumno.nombre', 'alumno.apellidos', 'curso.nombreCurso']);
const STATES = new Set<Column>(['alumno.estado', 'modulo.estado']);
const NAMES = new Set<Column>(['alumno.nombre', 'alumno.apellidos']);

const DO_NOT_SEND =
  /(?<!\p{L})no\s+(?:se\s+)?(?:deben?\s+)?(?:informar|informado|enviar|reportar|declarar|considerar|incluir|subir|cargar|corresponde(?:\s+(?:informar|enviar))?|va)(?:se|lo|la)?(?!\p{L})|(?<!\p{L})(?:excluir|excluid[oa]|omitir)(?!\p{L})|^\W*(?:eliminar|borrar|quitar)(?:\s+(?:fila|alumno|alumna|de\s.*|del\s.*))?\W*$|^\W*(?:(?:fila|registro|alumn[oa]|rut|inscripci[oó]n)\s+)?(?:duplicad[oa]|repetid[oa])(?:\s+(?:con|en|de|del)\s.*)?\W*$/iu;
const LEFT =
  /(?<!\p{L})(?:retirad[oa]|retiro|se\s+retir[oó]|deserci[oó]n|finiquitad[oa]|ya\s+no\s+(?:trabaja|pertenece|est[aá])|no\s+contin[uú]a|desert(?:or|ora|[oó])|desisti[oó]|renunci(?:[oó]|ad[oa])|dad[oa]\s+de\s+baja|de\s+baja|eliminad[oa]|anulad[oa]|abandon(?:[oó]|a)|fallecid[oa]|desvinculad[oa]|(?:cambi(?:[oó]|ad[oa])|traslad(?:o|[oó]|ad[oa])|traspas(?:o|[oó]|ad[oa])|pas[oó])\s+(?:de|al?)\s+(?:otr[oa]\s+)?(?:curso|secci[oó]n|grupo|otec|empresa))(?!\p{L})|^\W*baja(?:\s+(?:voluntaria|m[eé]dica|del?|al?|desde|\d).*)?\W*$/iu;
/** `no retirado`, `sin baja`. */
const DENIED = /(?<!\p{L})(?:no|nunca|sin|ni)\s+(?:(?:se\s+)?ha\s+|est[aá]\s+|fue\s+)?$/iu;

/** `Retirado: sí`, `Fecha de retiro: 05-10-2026`; and `Informar: no`. */
const LEFT_HEADER =
  /^(?:retirad[oa]s?a?|retiro|fecha(?:de)?(?:retiro|baja)|baja|desercion|desertor|desertora?)$/;
const SEND_HEADER = /^(?:se)?(?:informar?|enviar?|reportar?|declarar?|sube|subir)(?:a|al|en)?(?:sence|sic)?$/;
const NO = /^(?:no?|0|false|falso|-+)$/i;
const YES_OR_DAY = /^(?:s[ií]?|x|1|true|verdadero|\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4})(?!\p{L})/iu;

/** A column that says of each row whether its person left, or is to be reported. */
export function isRemarkHeader(header: string): boolean {
  const name = normalise(header);
  return LEFT_HEADER.test(name) || SEND_HEADER.test(name);
}

/** What rows say in words of whether their person is still to be reported. */
export function remarksOf({ titles, columns, rows }: Table): Map<Row, Remark> {
  const used = new Map([...columns].map(([column, { index }]) => [index, column]));
  return new Map(
    rows.flatMap((row) => {
      const remark = remarkOf(row, titles, used);
      return remark === null ? [] : [[row, remark] as const];
    }),
  );
}

function remarkOf(
  { cells }: Row,
  titles: readonly string[],
  used: ReadonlyMap<number, Column>,
): Remark | null {
  let left: Remark | null = null;
  for (const [index, cell] of cells.entries()) {
    const column = used.get(index);
    if (column !== undefined && !WORDS.has(column) && !STATES.has(column)) continue;
    const text = cellText(cell);
    if (text === '') continue;
    const header = titles[index] ?? '';
    const shown = `«${text}» en ${header === '' ? 'una columna sin nombre' : `«${header}»`}`;
    const name = normalise(header);
    if (DO_NOT_SEND.test(text) || (column === undefined && SEND_HEADER.test(name) && NO.test(text)))
      return { says: 'doNotSend', shown };
    if (column !== undefined && STATES.has(column)) continue;
    if (saysLeft(text, column) || (column === undefined && LEFT_HEADER.test(name) && YES_OR_DAY.test(text)))
      left ??= { says: 'left', shown };
  }
  return left;
}

/** Somebody's surname may be any word: behind a name only what is in brackets or behind a hyphen speaks of the person. */
function saysLeft(text: string, column: Column | undefined): boolean {
  const words =
    column !== undefined && NAMES.has(column) ? (/[([*/]|\s[-–—]\s?/u.exec(text)?.index ?? text.length) : 0;
  const rest = text.slice(words);
  const found = LEFT.exec(rest);
  return found !== null && !DENIED.test(rest.slice(0, found.index));
}

/** A row that says not to be reported. */
export function doNotSendDoubt({ shown }: Remark, name: string): Doubt {
  return {
    message: `La fila${name === '' ? '' : ` de «${name}»`} dice ${shown}, y no se sabe si debe enviarse.`,
    fix: 'Si no debe enviarse, bórrela del archivo; si debe, borre eso y guárdelo.',
  };
}

/** Whose rows say that they have left: they are sent as the others are, and SENCE knows them until SIC does without. */
export function leftRows(table: Table, remarks: ReadonlyMap<Row, Remark>): Issue[] {
  const { grid } = table;
  const people = new Map<string, string>();
  for (const [row, { says, shown }] of remarks) {
    const who = whoIn(table, row);
    if (says === 'left' && !people.has(who)) people.set(who, `${who} (${shown}, ${grid.unit} ${row.number})`);
  }
  if (people.size === 0) return [];
  const one = people.size === 1;
  return [
    warning({
      message: `En ${gridPlace(grid)} ${one ? 'hay una persona cuya fila dice que se retiró o se cambió, y se envía' : `hay ${people.size} personas cuyas filas dicen que se retiraron o se cambiaron, y se envían`} igual: ${several([...people.values()], 3)}.`,
      fix: 'Si no deben enviarse, borre sus filas del archivo. Si siguen inscritas en SIC y lo que hicieron debe informarse, no hay nada que hacer.',
      place: gridPlace(grid),
    }),
  ];
}

function whoIn(table: Table, row: Row): string {
  const name = [cellAt(table, row, 'alumno.nombre'), cellAt(table, row, 'alumno.apellidos')]
    .map((cell) => cellText(cell))
    .filter((text) => text !== '')
    .join(' ');
  return name === '' ? cellText(cellAt(table, row, 'alumno.rutAlumno')) : name;
}
