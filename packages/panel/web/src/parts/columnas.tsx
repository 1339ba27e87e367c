import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { anotado, anotar } from './anotado.ts';
import { Icono } from './icono.tsx';

/** Beside the names of columns, in what is remembered: rows are low. */
const COMPACTAS = '@compactas';

/**
 * Which columns of a table are shown, and whether its rows are low, remembered in this browser for each table. `filas`
 * is the class of such a table.
 */
export function useColumnas<C extends string>(tabla: string, todas: Readonly<Record<C, string>>) {
  const [ocultas, setOcultas] = useState(() => recordadas(tabla));
  const claves = Object.keys(todas) as C[];
  const ve = (columna: C) => !ocultas.has(columna);
  return {
    ve,
    /** Of an Excel file's columns, those of columns that are shown, and those that are of none. */
    deExcel: <E extends { de?: C }>(columnas: readonly E[]) =>
      columnas.filter(({ de }) => de === undefined || ve(de)),
    filas: ocultas.has(COMPACTAS) ? 'compacta' : '',
    visibles: claves.filter((columna) => !ocultas.has(columna)),
    elegir: (
      <ElegirColumnas
        {...{ todas, ocultas }}
        onElegir={(columna) => {
          const otras = new Set(ocultas);
          if (!otras.delete(columna)) otras.add(columna);
          anotar(clave(tabla), JSON.stringify([...otras]));
          setOcultas(otras);
        }}
      />
    ),
  };
}

function ElegirColumnas<C extends string>({
  todas,
  ocultas,
  onElegir,
}: {
  todas: Readonly<Record<C, string>>;
  ocultas: ReadonlySet<string>;
  onElegir: (columna: C | typeof COMPACTAS) => void;
}) {
  return (
    <details
      className="elegir-columnas"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary className="boton chico">
        <Icono de={Columns3} menudo />
        Columnas
      </summary>
      <fieldset>
        <legend className="solo-lector">Columnas que se ven</legend>
        {(Object.keys(todas) as C[]).map((columna) => (
          <label key={columna} className="casilla">
            <input type="checkbox" checked={!ocultas.has(columna)} onChange={() => onElegir(columna)} />
            <span>{todas[columna]}</span>
          </label>
        ))}
        <label className="casilla">
          <input type="checkbox" checked={ocultas.has(COMPACTAS)} onChange={() => onElegir(COMPACTAS)} />
          <span>Filas compactas</span>
        </label>
      </fieldset>
    </details>
  );
}

/** A browser that keeps nothing shows all. */
function recordadas(tabla: string): ReadonlySet<string> {
  try {
    const dicho: unknown = JSON.parse(anotado(clave(tabla)) ?? '[]');
    return new Set(Array.isArray(dicho) ? dicho.map(String) : []);
  } catch {
    return new Set();
  }
}

function clave(tabla: string): string {
  return `puente:columnas:${tabla}`;
}
