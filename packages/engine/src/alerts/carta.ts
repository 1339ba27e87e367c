/** A mail to a person, before it is written as text and as HTML, which say the same. Names people, never by RUT. */
export interface Carta {
  asunto: string;
  /** What cannot wait; null: nothing. */
  franja: string | null;
  titulo: string;
  bajo: string;
  filas: Fila[];
  partes: Parte[];
  /** The one thing to do; null: nothing is to be done. */
  boton: Enlace | null;
  bajoBoton: string;
  /** When such a mail goes out. */
  pie: string;
}

/** Students with the same problem, or something else that is counted. */
export interface Fila {
  /** Null: nothing is counted. */
  cuantos: number | null;
  tono: 'mal' | 'espera';
  titulo: string;
  /** Who, course by course. */
  quienes: string[];
  /** What to look at. */
  detalle: string;
}

export interface Parte {
  titulo: string;
  texto: string;
  enlace?: Enlace;
}

export interface Enlace {
  texto: string;
  /** A page of the panel, from its root, or an address of its own. */
  ruta: string;
}

/** Who a letter comes from, and where its links lead. */
export interface Remite {
  otec: string;
  /** Where browsers find the panel; null: nowhere, and the letter has no links. */
  panel: string | null;
}

/** An empty letter to build on. */
export const EN_BLANCO: Omit<Carta, 'asunto' | 'titulo'> = {
  franja: null,
  bajo: '',
  filas: [],
  partes: [],
  boton: null,
  bajoBoton: '',
  pie: '',
};

/** Every sentence through `say`: a rehearsal speaks of its own Gestor. */
export function withWords(carta: Carta, say: (sentence: string) => string): Carta {
  return {
    asunto: say(carta.asunto),
    franja: carta.franja === null ? null : say(carta.franja),
    titulo: say(carta.titulo),
    bajo: say(carta.bajo),
    filas: carta.filas.map((fila) => ({ ...fila, titulo: say(fila.titulo), detalle: say(fila.detalle) })),
    partes: carta.partes.map((parte) => ({ ...parte, texto: say(parte.texto) })),
    boton: carta.boton,
    bajoBoton: say(carta.bajoBoton),
    pie: say(carta.pie),
  };
}

/** Where a link leads; null: nowhere, for want of a panel's address. */
export function hrefOf({ ruta }: Enlace, { panel }: Remite): string | null {
  if (/^https?:/.test(ruta)) return ruta;
  return panel === null ? null : new URL(ruta, panel).href;
}
