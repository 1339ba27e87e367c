import { useNavigate } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';

/** The file that somebody chose or dropped, until it was decided about: it goes from any page to that of sheets. */
let elegida: File | null = null;
const oyentes = new Set<() => void>();

export const ACEPTA = '.csv,.xlsx,.ods,.json';

export function elegir(file: File | null): void {
  elegida = file;
  for (const tell of oyentes) tell();
}

export function usePlanillaElegida(): File | null {
  return useSyncExternalStore(
    (tell) => {
      oyentes.add(tell);
      return () => oyentes.delete(tell);
    },
    () => elegida,
  );
}

/** Takes a file to the page that shows what it would change. */
export function useMirarPlanilla(): (file: File) => void {
  const navigate = useNavigate();
  return (file) => {
    elegir(file);
    void navigate({ to: '/planilla' });
  };
}
