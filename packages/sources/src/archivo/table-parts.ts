import type { Column } from './column-names.ts';
import type { Grid, Row } from './grid.ts';
import type { Statement } from './qualified.ts';

/** `plana`: one row per student × module; the other two are joined by course and RUT. */
export type Role = 'plana' | 'alumnos' | 'modulos';

/** A grid whose header is understood. */
export interface Table {
  grid: Grid;
  role: Role;
  /** Where each column stands (from 0), how the file calls it, and what its name states of its figures. */
  columns: Map<Column, { index: number; header: string; states?: Statement }>;
  /** All names of columns, by their place. */
  titles: readonly string[];
  /** Spec field → the file's header, for the places of findings. */
  headers: { alumno: Record<string, string>; modulo: Record<string, string> };
  /** Columns up to the header's last one. */
  width: number;
  /** Below the header, without blank ones. */
  rows: Row[];
}

/** A column that is not used, because another one says the same. */
export interface Second {
  index: number;
  header: string;
  used: { index: number; header: string };
}
