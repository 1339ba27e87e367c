import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { Icono } from './icono.tsx';

/** Which columns of a table are shown, remembered in this browser for each table. */
export function useColumnas<C extends string>(tabla: string, todas: Readonly<Record<C, string>>) {
  const [ocultas, setOcultas] = useState(() => recordadas(tabla));
  const claves = Object.keys(todas) as C[];
  return {
    ve: (columna: C) => !ocultas.has(columna),
    visibles: claves.filter((columna) => !ocultas.has(columna)),
    elegir: (
      <ElegirColumnas
        {...{ todas, ocultas }}
        onElegir={(columna) => {
          const otras = new Set(ocultas);
          if (!otras.delete(columna)) otras.add(columna);
          recordar(tabla, otras);
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
  onElegir: (columna: C) => void;
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
      </fieldset>
    </details>
  );
}

/** A browser that keeps nothing shows all. */
function recordadas(tabla: string): ReadonlySet<string> {
  try {
    const dicho: unknown = JSON.parse(window.localStorage.getItem(clave(tabla)) ?? '[]');
    return new Set(Array.isArray(dicho) ? dicho.map(String) : []);
  } catch {
    return new Set();
  }
}

function recordar(tabla: string, ocultas: ReadonlySet<string>): void {
  try {
    window.localStorage.setItem(clave(tabla), JSON.stringify([...ocultas]));
  } catch {
    // They are chosen until the page is left.
  }
}

function clave(tabla: string): string {
  return `puente:columnas:${tabla}`;
}
