import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { useSePuedeGuardar } from '../instalacion.ts';

/** Keeps a change of the set-up: tells that it is at it, and is off where nothing can be kept. */
export function BotonGuardar({
  guardando,
  children = 'Guardar',
  ...button
}: { guardando: boolean; children?: ReactNode } & ButtonHTMLAttributes<HTMLButtonElement>) {
  const sePuede = useSePuedeGuardar();
  return (
    <button type="submit" className="principal" {...button} disabled={guardando || !sePuede}>
      {guardando ? 'Guardando…' : children}
    </button>
  );
}
