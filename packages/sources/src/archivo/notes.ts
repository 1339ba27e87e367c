import type { Issue } from '@puente-sic/protocol';
import { several, warning } from './finding.ts';

interface Note {
  count: number;
  /** The first different ones, as written and as read. */
  first: { written: string; read: string; place: string }[];
}

/** So many are shown with their place. */
const SHOWN = 3;

export type NoteKind =
  | 'dates'
  | 'serials'
  | 'midnights'
  | 'zones'
  | 'wrapped'
  | 'thousands'
  | 'decimals'
  | 'formulas'
  | 'marks'
  | 'unreadMarks'
  | 'rounded'
  | 'counts'
  | 'estados'
  | 'equals'
  | 'invisible'
  | 'signs'
  | 'codes'
  | 'words'
  | 'rutWords'
  | 'companies'
  | 'nothing'
  | 'broken'
  | 'lists'
  | 'struck'
  | 'struckLists';

/** What was read in a way that a person may want to check: told once per file and kind, never once per cell. */
export class Notes {
  readonly #file: string;
  readonly #notes = new Map<NoteKind, Note>();

  constructor(file: string) {
    this.#file = file;
  }

  /** `place` is the cell's, within the file or with its name. */
  add(kind: NoteKind, written: string, read: string, place: string): void {
    const note = this.#notes.get(kind) ?? { count: 0, first: [] };
    this.#notes.set(kind, note);
    note.count++;
    if (note.first.length < SHOWN && note.first.every((seen) => seen.written !== written))
      note.first.push({ written, read, place });
  }

  findings(): Issue[] {
    return [...this.#notes].map(([kind, note]) => {
      const { one, many, fix, verb } = TEXTS[kind];
      const seen = note.first.map(
        ({ written, read, place }) =>
          `«${written}»${verb ? ` ${verb} ${read}` : ''} (${this.#within(place)})`,
      );
      const rest = note.count - note.first.length;
      const examples = rest > 0 ? `${seen.join(', ')} y ${rest} más` : several(seen);
      return warning({
        message: `En ${this.#file}, ${note.count} ${note.count === 1 ? one : many}: ${examples}.`,
        fix,
        place: this.#file,
      });
    });
  }

  #within(place: string): string {
    return place.startsWith(`${this.#file}, `) ? place.slice(this.#file.length + 2) : place;
  }
}

const TEXTS: Record<NoteKind, { one: string; many: string; fix: string; verb?: string }> = {
  dates: {
    one: 'fecha se leyó como día-mes-año',
    many: 'fechas se leyeron como día-mes-año',
    verb: 'es',
    fix: 'Si era así, anótelo una vez en puente.yaml, en «columnas» de la fuente, y no se vuelve a decir: «ordenFechas: dia-mes». Si llevan el mes delante, «ordenFechas: mes-dia». O escriba las fechas como AAAA-MM-DD.',
  },
  serials: {
    one: 'fecha estaba como número de Excel',
    many: 'fechas estaban como número de Excel',
    verb: 'es',
    fix: 'Si era así, no hay nada que hacer. Para evitar dudas, dé formato de fecha a esa columna.',
  },
  midnights: {
    one: 'fecha venía a medianoche de otra zona horaria y se leyó como ese día',
    many: 'fechas venían a medianoche de otra zona horaria y se leyeron como ese día',
    verb: 'es',
    fix: 'Si era así, no hay nada que hacer. Para evitar dudas, escriba las fechas como AAAA-MM-DD.',
  },
  zones: {
    one: 'fecha venía con la hora de otra zona y es otro día en Santiago',
    many: 'fechas venían con la hora de otra zona y son otro día en Santiago',
    verb: 'se leyó como',
    fix: 'Si era así, no hay nada que hacer. Si es la hora de Chile con una Z de más, escriba las fechas como AAAA-MM-DD.',
  },
  wrapped: {
    one: 'tiempo es más largo que lo que muestra la hoja, y se leyó entero',
    many: 'tiempos son más largos que lo que muestra la hoja, y se leyeron enteros',
    verb: 'es',
    fix: 'Si era así, no hay nada que hacer. Para verlos enteros en la hoja, dé a la columna el formato [h]:mm:ss.',
  },
  thousands: {
    one: 'número se leyó con separador de miles',
    many: 'números se leyeron con separador de miles',
    verb: 'es',
    fix: 'Si era así, no hay nada que hacer. Para evitar dudas, escriba los segundos sin puntos ni comas.',
  },
  decimals: {
    one: 'número se leyó con tres decimales',
    many: 'números se leyeron con tres decimales',
    verb: 'es',
    fix: 'Si era así, no hay nada que hacer. Para evitar dudas, escriba los segundos sin puntos ni comas.',
  },
  formulas: {
    one: 'celda tiene un error o una fórmula sin calcular y no se puede leer',
    many: 'celdas tienen un error o una fórmula sin calcular y no se pueden leer',
    fix: 'Abra el archivo en Excel, corrija las celdas con error, guárdelo y vuelva a intentarlo.',
  },
  marks: {
    one: 'nota no es de la escala anotada y no se envía',
    many: 'notas no son de la escala anotada y no se envían',
    fix: 'Si aún no hay nota, deje la celda en blanco; si la hay, corríjala en la planilla.',
  },
  unreadMarks: {
    one: 'nota no se entiende como porcentaje de 0 a 100 y no se envía',
    many: 'notas no se entienden como porcentaje de 0 a 100 y no se envían',
    fix: 'Escríbala de 0 a 100 en la planilla; si aún no hay nota, en blanco también sirve.',
  },
  rounded: {
    one: 'número está en notación científica, que pierde cifras, y no se envía',
    many: 'números están en notación científica, que pierde cifras, y no se envían',
    fix: 'Dé formato de número, sin decimales, a esa columna en el programa de origen, y guarde el archivo de nuevo.',
  },
  counts: {
    one: 'cantidad de actividades no es un número entero y no se envía',
    many: 'cantidades de actividades no son un número entero y no se envían',
    fix: 'Escriba un número de 0 en adelante; en blanco también sirve.',
  },
  estados: {
    one: 'estado no se reconoce y no se envía',
    many: 'estados no se reconocen y no se envían',
    fix: 'Escriba 1 (cursando), 2 (aprobado) o 3 (reprobado), o la palabra; en blanco también sirve.',
  },
  equals: {
    one: 'celda venía entre =" y " y se leyó lo de dentro',
    many: 'celdas venían entre =" y " y se leyó lo de dentro',
    verb: 'es',
    fix: 'No hay nada que hacer: así escriben los textos algunos programas.',
  },
  invisible: {
    one: 'celda tenía caracteres que no se ven y se leyó sin ellos',
    many: 'celdas tenían caracteres que no se ven y se leyeron sin ellos',
    verb: 'es',
    fix: 'No hay nada que hacer. Suelen venir de copiar y pegar; se van al escribir de nuevo la celda.',
  },
  signs: {
    one: 'código se leyó con guiones y espacios corrientes',
    many: 'códigos se leyeron con guiones y espacios corrientes',
    verb: 'es',
    fix: 'Si en SIC están así, no hay nada que hacer; si no, escriba los códigos de nuevo.',
  },
  codes: {
    one: 'código se leyó sin lo que un programa o el teclado le agregó',
    many: 'códigos se leyeron sin lo que un programa o el teclado les agregó',
    verb: 'es',
    fix: 'Si en SIC están así, no hay nada que hacer; si no, escriba los códigos de nuevo.',
  },
  words: {
    one: 'código venía entre otras palabras y se leyó sin ellas',
    many: 'códigos venían entre otras palabras y se leyeron sin ellas',
    verb: 'es',
    fix: 'Si es ese, no hay nada que hacer; si no, escriba en la celda solo el código, como está en SIC.',
  },
  rutWords: {
    one: 'RUT venía con la palabra delante y se leyó sin ella',
    many: 'RUT venían con la palabra delante y se leyeron sin ella',
    verb: 'es',
    fix: 'No hay nada que hacer. Para no ver más este aviso, deje en la celda solo el RUT.',
  },
  companies: {
    one: 'RUT es de los que llevan las empresas, no las personas, y se envía como está',
    many: 'RUT son de los que llevan las empresas, no las personas, y se envían como están',
    fix: 'Si la columna es de la empresa, cámbiele el nombre («RUT empresa») y llame «rutAlumno» a la del alumno.',
  },
  nothing: {
    one: 'celda se leyó como vacía',
    many: 'celdas se leyeron como vacías',
    fix: 'Si no hay dato, no hay nada que hacer; si lo hay, escríbalo.',
  },
  lists: {
    one: 'celda parece traer varias actividades, y se envía como una sola',
    many: 'celdas parecen traer varias actividades, y cada una se envía como una sola',
    fix: 'Si son varias, sepárelas con | o póngalas en líneas distintas de la celda; si es una, no hay nada que hacer.',
  },
  struck: {
    one: 'celda está tachada y no se envía',
    many: 'celdas están tachadas y no se envían',
    fix: 'Si vale, quítele el tachado; si no, no hay nada que hacer.',
  },
  struckLists: {
    one: 'lista de actividades tiene algo tachado y se envía como si no',
    many: 'listas de actividades tienen algo tachado y se envían como si no',
    fix: 'Borre lo tachado, o quítele el tachado.',
  },
  broken: {
    one: 'texto tiene letras que se perdieron o cambiaron al guardar el archivo',
    many: 'textos tienen letras que se perdieron o cambiaron al guardar el archivo',
    fix: 'Guarde el archivo de nuevo desde el programa de origen, como «CSV UTF-8» o como .xlsx.',
  },
};
