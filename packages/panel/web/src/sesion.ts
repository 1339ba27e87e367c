import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { mandar, type Of } from './api.ts';

/** Who is looking. */
export type Persona = NonNullable<Of<'sesion'>['usuario']>;

/** The code of a link from the console, behind the `#` where no server sees it; null: none. */
export function codigoDeEnlace(): string | null {
  return /^#codigo=([\w-]+)$/.exec(window.location.hash)?.[1] ?? null;
}

/** It is used up: nobody who comes to this browser later finds it in the address. */
export function olvidarEnlace(): void {
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
}

export const SesionContext = createContext<Persona | null>(null);

export function useSesion(): Persona {
  const persona = useContext(SesionContext);
  if (persona === null) throw new Error('No session around this screen');
  return persona;
}

/** Whether what is sent goes to a rehearsal's Gestor, and not to SENCE. */
export const EnsayoContext = createContext(false);

export function useEnsayo(): boolean {
  return useContext(EnsayoContext);
}

/** Who answers, as sentences name it: nobody takes a rehearsal for the real thing. */
export function useGestor(): string {
  return useEnsayo() ? 'el Gestor de ensayo' : 'SENCE';
}

/** Whether puente can be heard: what is sent now would not arrive. */
export const ConectadoContext = createContext(true);

/** Whether this person may send and mark. */
export function usePuedeEnviar(): boolean {
  return useSesion().rol !== 'lector';
}

export function useConectado(): boolean {
  return useContext(ConectadoContext);
}

export function useSalir() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => mandar('DELETE', '/api/sesion'),
    // Nothing of what was seen stays behind for the next person at this computer.
    onSuccess: () => {
      queryClient.clear();
      window.location.assign('/');
    },
  });
}
