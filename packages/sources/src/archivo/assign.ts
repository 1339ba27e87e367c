import type { Column } from './column-names.ts';
import { type Meaning, meaningOf, normalise } from './columns.ts';
import { cellText, type Row } from './grid.ts';
import type { Role, Second, Table } from './table-parts.ts';
import { isRemarkHeader } from './withdrawn.ts';

/** Columns that providers keep beside the others and that no rule is about: not worth a word. */
export const NEVER_MISSED =
  /^(n|no|nro|numero|num|id|correo|correoelectronico|email|mail|telefono|fono|celular|movil|comuna|region|ciudad|direccion|sexo|genero|edad|fechanacimiento|nacionalidad|empresa|rutempresa|razonsocial|observacion|observaciones|comentario|comentarios|usuario|username|nombremodulo|modulonombre|nombredelmodulo|idregistro|idprocesoexterno|estadoregistro|obsregistro|modobligatorio|actestado|segundoapellido|apellidomaterno|apmaterno|idsistema|codigoenvio|fecha(?:de)?l?(?:reporte|envio|informe|corte|actualizacion|ultimoacceso|ultimaconexion)|ultimoacceso|ultimaconexion|ultimoingreso)$/;

interface Assigned {
  columns: Table['columns'];
  /** Names that mean one column, of which none can be preferred. */
  twice: [Column, string[]][];
  /** Names that are not known. */
  unused: string[];
  /** Names with more words than that of the column that is used. */
  doubled: Second[];
  /** Other names of a column that is called as in the template. */
  passedOver: Second[];
  /** Of modules in a table of students, or of students in one of modules. */
  misplaced: string[];
}

/** Which column of a table each of its names is. */
export function assign(headers: string[], role: Role): Assigned {
  const candidates = new Map<Column, Candidate[]>();
  const unused: string[] = [];
  const misplaced: string[] = [];
  for (const [index, header] of headers.entries()) {
    const meaning = ofRole(meaningOf(header, role === 'modulos'), header, role);
    if (meaning === null) misplaced.push(header);
    else if (meaning)
      candidates.set(meaning.column, [...(candidates.get(meaning.column) ?? []), { index, header, meaning }]);
    else if (header !== '' && !NEVER_MISSED.test(normalise(header)) && !isRemarkHeader(header))
      unused.push(header);
  }
  const columns: Table['columns'] = new Map();
  const twice: [Column, string[]][] = [];
  const doubled: Second[] = [];
  const passedOver: Second[] = [];
  for (const [column, all] of candidates) {
    const best = bestOf(all);
    const [first, ...others] = best;
    if (first === undefined) continue;
    const states = first.meaning.said?.states;
    const used = { index: first.index, header: first.header, ...(states && { states }) };
    columns.set(column, used);
    if (NAMES.has(column)) continue;
    for (const candidate of all) {
      const { index, header, meaning } = candidate;
      if (meaning.said && !first.meaning.said) doubled.push({ index, header, used });
      else if (!best.includes(candidate)) passedOver.push({ index, header, used });
    }
    if (others.length > 0) twice.push([column, best.map(({ header }) => header)]);
  }
  return { columns, twice, unused, doubled, passedOver, misplaced };
}

interface Candidate {
  index: number;
  header: string;
  meaning: Meaning;
}

/** Shown and never sent. */
const NAMES = new Set<Column>(['alumno.nombre', 'alumno.apellidos', 'curso.nombreCurso']);

/** What a name means in a table of a role; null: nothing that the table can hold. */
function ofRole(meaning: Meaning | undefined, header: string, role: Role): Meaning | null | undefined {
  if (meaning === undefined || role === 'plana') return meaning;
  if (role === 'modulos') {
    const isOwn = !meaning.column.startsWith('alumno.') || /\.(rut|dv|nombre|apellidos)/.test(meaning.column);
    return isOwn ? meaning : null;
  }
  if (!meaning.column.startsWith('modulo.')) return meaning;
  // A mark of whom a table of students is about is the student's.
  return MARK.test(normalise(header)) ? { ...meaning, column: 'alumno.evaluacionFinal', own: false } : null;
}

const MARK = /^notas?(?![a-z]*mod)/;

/** The template's own name, else another name; of each kind, one that says no more than its name before `Tiempo (min)`. */
function bestOf(all: Candidate[]): Candidate[] {
  const own = all.filter(({ meaning }) => meaning.own);
  const left = own.length > 0 ? own : all;
  const plain = left.filter(({ meaning }) => !meaning.said);
  return plain.length > 0 ? plain : left;
}

/** Whether a column that is not used says something else than the one that is. */
export function differ(rows: readonly Row[], { index, used }: Second): boolean {
  return rows.some(({ cells }) => {
    const [one, other] = [cellText(cells[index]), cellText(cells[used.index])];
    return one !== '' && plain(one) !== plain(other);
  });
}

/** `12.345.678-5` and `12345678-5`, `45` and `45,0` say the same. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[.,]0+$/, '')
    .replace(/[\s.%]/g, '');
}

/** Headers of modules with a number, in a table of students: `Avance Módulo 1`, `Nota M2`; one alone may be anything. */
export function modulesIn(unused: string[]): string[] {
  const numbered = unused.filter((header) => {
    const bare = normalise(header).replace(/m?\d+/, '');
    return (
      bare !== normalise(header) &&
      [bare, `modulo${bare}`].some((name) => meaningOf(name)?.column.startsWith('modulo.'))
    );
  });
  return numbered.length < 2 ? [] : numbered;
}
