import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Of } from './api.ts';
import { instalacionQuery } from './consultas.ts';

type Instalacion = Of<'instalacion'>;

/** The steps of the guided set-up, in order; `texto` is short, for the list of them. */
export const PASOS = [
  { paso: 'otec', texto: 'OTEC' },
  { paso: 'fuente', texto: 'Fuente' },
  { paso: 'cursos', texto: 'Cursos' },
  { paso: 'primer-envio', texto: 'Primer envío' },
  { paso: 'ventana', texto: 'Ventana y avisos' },
] as const;
export type Paso = (typeof PASOS)[number]['paso'];

/** The step that sees to what is missing. */
export const PASO_DE: Record<Instalacion['falta'][number], Paso> = {
  otec: 'otec',
  token: 'otec',
  fuente: 'fuente',
  cursos: 'cursos',
};

export function rutaOtec(rut: string): string {
  return `/api/instalacion/otecs/${encodeURIComponent(rut)}`;
}

export function rutaFuente(nombre: string): string {
  return `/api/instalacion/fuentes/${encodeURIComponent(nombre)}`;
}

/** A change of how puente is set up: what it answers is shown at once, and Hoy is asked again; so is whether it is a rehearsal. */
export function useCambio<V = void>(cambio: (vars: V) => Promise<Instalacion>, despues?: () => unknown) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: cambio,
    onSuccess: (instalacion) => {
      queryClient.setQueryData(['instalacion'], instalacion);
      for (const key of ['hoy', 'prevision', 'sesion'])
        void queryClient.invalidateQueries({ queryKey: [key] });
      return despues?.();
    },
  });
}

/** Whether changes can be kept here; false also while that is not known. */
export function useSePuedeGuardar(): boolean {
  return useQuery(instalacionQuery).data?.soloLectura === null;
}
