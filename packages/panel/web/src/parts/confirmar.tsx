import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Dialogo } from './dialogo.tsx';
import { Falla } from './estado.tsx';

/** Asks before something is taken away. */
export function Confirmar<R>({
  titulo,
  children,
  quitar,
  onClose,
}: {
  titulo: string;
  children: ReactNode;
  quitar: UseMutationResult<R, Error, void>;
  onClose: () => void;
}) {
  return (
    <Dialogo titulo={titulo} onClose={onClose}>
      <p>{children}</p>
      {quitar.isError && <Falla error={quitar.error} />}
      <div className="fila">
        <button type="button" className="peligro" disabled={quitar.isPending} onClick={() => quitar.mutate()}>
          {quitar.isPending ? 'Quitando…' : 'Quitar'}
        </button>
        <button type="button" onClick={onClose}>
          Cancelar
        </button>
      </div>
    </Dialogo>
  );
}
