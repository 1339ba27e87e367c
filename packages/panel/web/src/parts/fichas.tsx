import { numero } from '../format.ts';

/** A choice of rows: what it is called, and which it keeps. */
export interface Ficha<Fila> {
  texto: string;
  si: (fila: Fila) => boolean;
}

/** Which rows a table shows; the number of each is the length of its list. */
export function Fichas<Clave extends string, Fila>({
  fichas,
  filas,
  elegida,
  onElegir,
}: {
  fichas: Record<Clave, Ficha<Fila>>;
  filas: readonly Fila[];
  elegida: Clave;
  onElegir: (clave: Clave) => void;
}) {
  return (
    <fieldset className="fichas">
      <legend className="solo-lector">Cuáles</legend>
      {(Object.keys(fichas) as Clave[]).map((clave) => (
        <button
          key={clave}
          type="button"
          className="ficha"
          aria-pressed={elegida === clave}
          onClick={() => onElegir(clave)}
        >
          {fichas[clave].texto} <b>{numero(filas.filter(fichas[clave].si).length)}</b>
        </button>
      ))}
    </fieldset>
  );
}
