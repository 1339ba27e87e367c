import type { ReactNode } from 'react';
import { useSesion } from '../sesion.ts';
import { Vacio } from './estado.tsx';
import { Titulo } from './titulo.tsx';

/** What only an administrator may see; to others it says whom to ask. */
export function SoloAdministrador({ titulo, children }: { titulo: string; children: ReactNode }) {
  if (useSesion().rol === 'administrador') return children;
  return (
    <>
      <Titulo texto={titulo} />
      <Vacio titulo="Esta página es de quien administra el panel.">
        <p>Pídale a esa persona lo que necesite cambiar.</p>
      </Vacio>
    </>
  );
}
