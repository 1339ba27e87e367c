import { useEffect, useSyncExternalStore } from 'react';
import { useTeclas } from './atajos.ts';

/** Something that was done: what, and what may still be done about it. */
interface Hecho {
  texto: string;
  acciones: readonly { texto: string; hacer: () => void }[];
}

let dicho: Hecho | null = null;
const oyentes = new Set<() => void>();

/** Tells it at the foot of whatever page is shown, for as long as it takes to read and to think twice. */
export function brindar(hecho: Hecho | null): void {
  dicho = hecho;
  for (const tell of oyentes) tell();
}

export function Brindis() {
  const hecho = useSyncExternalStore(
    (tell) => {
      oyentes.add(tell);
      return () => oyentes.delete(tell);
    },
    () => dicho,
  );
  useEffect(() => {
    if (hecho === null) return;
    const timer = setTimeout(() => brindar(null), A_LA_VISTA_MS);
    return () => clearTimeout(timer);
  }, [hecho]);
  useTeclas((event) => {
    const deshacer = hecho?.acciones.find(({ texto }) => texto === DESHACER);
    if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || deshacer === undefined) return;
    event.preventDefault();
    brindar(null);
    deshacer.hacer();
  });
  return (
    <div role="status">
      {hecho !== null && (
        <div className="brindis">
          <span>{hecho.texto}</span>
          {hecho.acciones.map(({ texto, hacer }) => (
            <button
              key={texto}
              type="button"
              onClick={() => {
                brindar(null);
                hacer();
              }}
            >
              {texto}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** The one of its deeds that Ctrl+Z does. */
const DESHACER = 'Deshacer';
const A_LA_VISTA_MS = 10_000;
