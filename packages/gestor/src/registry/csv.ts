import { parse } from 'csv-parse/sync';
import type { RegistryFile } from './json.ts';
import { RegistryError } from './registry.ts';

/**
 * Columns of a registry in CSV: one row per student × module of a course. A row without `rutAlumno` only declares a
 * module; one without `codigoModulo` enrols its student in every module of the course.
 */
export const CSV_COLUMNS = [
  'rutOtec',
  'nombreOtec',
  'token',
  'codigoOferta',
  'codigoGrupo',
  'nombreCurso',
  'fechaInicio',
  'fechaFin',
  'codigoModulo',
  'nombreModulo',
  'rutAlumno',
  'nombreAlumno',
] as const;

type Row = Record<(typeof CSV_COLUMNS)[number], string>;
type Otec = NonNullable<RegistryFile['otecs']>[number];
type Curso = NonNullable<RegistryFile['cursos']>[number];

/** Turns a CSV registry (comma or semicolon, UTF-8) into the JSON one's shape. Throws {@link RegistryError}. */
export function readRegistryCsv(text: string): RegistryFile {
  const otecs = new Map<string, Otec>();
  const cursos = new Map<string, CursoDraft>();
  for (const row of readRows(text)) {
    addOtec(otecs, row);
    const key = JSON.stringify([row.codigoOferta, row.codigoGrupo]);
    const curso = cursos.get(key) ?? new CursoDraft(row);
    cursos.set(key, curso);
    curso.add(row);
  }
  return { otecs: [...otecs.values()], cursos: [...cursos.values()].map((curso) => curso.finish()) };
}

function readRows(text: string): Row[] {
  const header = text.split(/\r?\n/, 1)[0] ?? '';
  const missing = CSV_COLUMNS.slice(0, 1).filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new RegistryError(`El CSV del registro debe tener por encabezado: ${CSV_COLUMNS.join(',')}`);
  }
  try {
    const rows: Partial<Row>[] = parse(text, {
      bom: true,
      columns: true,
      trim: true,
      skip_empty_lines: true,
      delimiter: header.includes(';') ? ';' : ',',
    });
    return rows.map((row) => ({ ...EMPTY_ROW, ...row }));
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? ` en la línea ${String(error.lines)}` : '';
    throw new RegistryError(`El CSV del registro no se puede leer${line}: ¿comillas o columnas que sobran?`, {
      cause: error,
    });
  }
}

const EMPTY_ROW = Object.fromEntries(CSV_COLUMNS.map((column) => [column, ''])) as Row;

function addOtec(otecs: Map<string, Otec>, { rutOtec, nombreOtec, token }: Row): void {
  const known = otecs.get(rutOtec) ?? { rut: rutOtec, nombre: nombreOtec, tokens: [] };
  otecs.set(rutOtec, known);
  const tokens = known.tokens ?? [];
  if (token && !tokens.some((entry) => entry.token === token)) tokens.push({ token });
}

class CursoDraft {
  readonly #row: Row;
  readonly #modulos = new Map<string, string>();
  readonly #alumnos = new Map<string, { nombre: string; modulos: Set<string> | null }>();

  constructor(row: Row) {
    this.#row = row;
  }

  add({ codigoModulo, nombreModulo, rutAlumno, nombreAlumno }: Row): void {
    if (codigoModulo && !this.#modulos.get(codigoModulo)) this.#modulos.set(codigoModulo, nombreModulo);
    if (!rutAlumno) return;
    const alumno = this.#alumnos.get(rutAlumno) ?? { nombre: nombreAlumno, modulos: new Set<string>() };
    if (codigoModulo) alumno.modulos?.add(codigoModulo);
    else alumno.modulos = null;
    this.#alumnos.set(rutAlumno, alumno);
  }

  finish(): Curso {
    const { codigoOferta, codigoGrupo, rutOtec, nombreCurso, fechaInicio, fechaFin } = this.#row;
    return {
      codigoOferta,
      codigoGrupo,
      rutOtec,
      nombre: nombreCurso,
      fechaInicio: fechaInicio || null,
      fechaFin: fechaFin || null,
      modulos: [...this.#modulos].map(([codigoModulo, nombre]) => ({ codigoModulo, nombre })),
      alumnos: [...this.#alumnos].map(([rut, { nombre, modulos }]) =>
        modulos === null ? { rut, nombre } : { rut, nombre, modulos: [...modulos] },
      ),
    };
  }
}
