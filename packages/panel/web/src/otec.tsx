import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Of } from './api.ts';
import { hoyQuery } from './consultas.ts';

/** Which provider the pages are about; null: all. */
interface Eleccion {
  rutOtec: string | null;
  elegir: (rutOtec: string | null) => void;
}

const OtecContext = createContext<Eleccion>({ rutOtec: null, elegir: () => {} });
/** Where this tab keeps it: a page that is loaded again shows the same provider. */
const GUARDADA = 'otec';

export function ConOtec({ children }: { children: ReactNode }) {
  const [rutOtec, setRutOtec] = useState(() => window.sessionStorage.getItem(GUARDADA));
  const eleccion = useMemo(
    () => ({
      rutOtec,
      elegir: (elegida: string | null) => {
        setRutOtec(elegida);
        if (elegida === null) window.sessionStorage.removeItem(GUARDADA);
        else window.sessionStorage.setItem(GUARDADA, elegida);
      },
    }),
    [rutOtec],
  );
  return <OtecContext value={eleccion}>{children}</OtecContext>;
}

/** The provider that was chosen, if puente still reports for it. */
export function useOtec(): Eleccion & { todas: Of<'hoy'>['proveedores']; nombre: string } {
  const { rutOtec, elegir } = useContext(OtecContext);
  const todas = useQuery(hoyQuery).data?.proveedores ?? [];
  const isKnown = todas.length === 0 || todas.some((otec) => otec.rutOtec === rutOtec);
  const nombre = todas.find((otec) => otec.rutOtec === rutOtec)?.nombre ?? 'Todas';
  return { rutOtec: isKnown ? rutOtec : null, elegir, todas, nombre };
}

/** Of what belongs to providers, what belongs to the one that was chosen. */
export function useDeLaOtec<T extends { rutOtec: string }>(todo: readonly T[]): T[] {
  const { rutOtec } = useOtec();
  return useMemo(() => todo.filter((one) => rutOtec === null || one.rutOtec === rutOtec), [todo, rutOtec]);
}
