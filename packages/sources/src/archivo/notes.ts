import type { Issue } from '@puente-sic/protocol';
import { warning } from './finding.ts';

interface Note {
  count: number;
  /** The first one, as written and as read. */
  written: string;
  read: string;
  place: string;
}

export type NoteKind = 'dates' | 'serials' | 'thousands' | 'formulas';

/** What was read in a way that a person may want to check: told once per file, never once per cell. */
export class Notes {
  readonly #file: string;
  readonly #notes = new Map<NoteKind, Note>();

  constructor(file: string) {
    this.#file = file;
  }

  add(kind: NoteKind, written: string, read: string, place: string): void {
    const note = this.#notes.get(kind);
    if (note) note.count++;
    else this.#notes.set(kind, { count: 1, written, read, place });
  }

  findings(): Issue[] {
    return [...this.#notes].map(([kind, note]) =>
      warning({ ...TEXTS[kind](note, this.#file), place: note.place }),
    );
  }
}

const TEXTS: Record<NoteKind, (note: Note, file: string) => Pick<Issue, 'message' | 'fix'>> = {
  dates: ({ count, written, read }, file) => ({
    message: `En ${file}, ${times(count, 'fecha se leyó', 'fechas se leyeron')} como día-mes-año: «${written}» es ${read}.`,
    fix: 'Si era así, no hay nada que hacer. Para evitar dudas, escriba las fechas como AAAA-MM-DD.',
  }),
  serials: ({ count, written, read }, file) => ({
    message: `En ${file}, ${times(count, 'fecha estaba', 'fechas estaban')} como número de Excel: ${written} es ${read}.`,
    fix: 'Si era así, no hay nada que hacer. Para evitar dudas, dé formato de fecha a esa columna.',
  }),
  thousands: ({ count, written, read }, file) => ({
    message: `En ${file}, ${times(count, 'número se leyó', 'números se leyeron')} con separador de miles: «${written}» es ${read}.`,
    fix: 'Si era así, no hay nada que hacer. Para evitar dudas, escriba los segundos sin puntos ni comas.',
  }),
  formulas: ({ count, written }, file) => ({
    message: `En ${file}, ${times(count, 'celda tiene', 'celdas tienen')} un error o una fórmula sin calcular («${written}»), y no se pueden leer.`,
    fix: 'Abra el archivo en Excel, corrija las celdas con error, guárdelo y vuelva a intentarlo.',
  }),
};

function times(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
