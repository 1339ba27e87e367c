import { useEffect } from 'react';
import { anotado, anotar } from './anotado.ts';

const CLAVE = 'puente:sin-atajos';

/** Whether single letters do something: whoever speaks to the computer turns them off (WCAG 2.1.4). */
export const conAtajos = () => anotado(CLAVE) === null;

export function usarAtajos(si: boolean): void {
  anotar(CLAVE, si ? null : 'sí');
}

/** Hears the keys that are meant for nobody else: not what is being written, not what a dialog is asked. */
export function useTeclas(hacer: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || isWriting(event.target)) return;
      hacer(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, dialog') !== null;
}
