import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../api.ts';

/** What was asked of the server, or the reason why it is not here; while it comes, its place is kept. */
export function Consulta<T>({ de, children }: { de: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (de.data !== undefined) {
    return (
      <>
        {de.isError && <Falla error={de.error} reintentar={() => de.refetch()} />}
        {children(de.data)}
      </>
    );
  }
  if (de.isError) return <Falla error={de.error} reintentar={() => de.refetch()} />;
  return <Cargando />;
}

export function Cargando() {
  return (
    <p className="cargando" role="status">
      Cargando…
    </p>
  );
}

/** What happened, why, what to do. */
export function Falla({ error, reintentar }: { error: Error; reintentar?: () => void }) {
  const { message, queHacer } = tell(error);
  return (
    <div className="aviso mal" role="alert">
      <p>
        <strong>{message}</strong>
      </p>
      <p>{queHacer}</p>
      {reintentar && (
        <button type="button" onClick={reintentar}>
          Reintentar
        </button>
      )}
    </div>
  );
}

export function Vacio({ titulo, children }: { titulo: string; children?: ReactNode }) {
  return (
    <div className="tarjeta vacio">
      <p>
        <strong>{titulo}</strong>
      </p>
      {children}
    </div>
  );
}

/** `urgente`: told at once by a screen reader, whatever it is reading. */
export function Aviso({
  tono,
  urgente = false,
  children,
}: {
  tono?: 'bien' | 'mal' | 'espera';
  urgente?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={tono ? `aviso ${tono}` : 'aviso'} {...(urgente && { role: 'alert' })}>
      {children}
    </div>
  );
}

function tell(error: Error): { message: string; queHacer: string } {
  if (error instanceof ApiError) return { message: error.message, queHacer: error.queHacer };
  if (error instanceof TypeError) {
    return {
      message: 'No se pudo hablar con el panel.',
      queHacer: 'Revise que Puente siga en marcha y que haya red hasta él; después reintente.',
    };
  }
  return {
    message: 'El panel falló al mostrar esto.',
    queHacer: 'Vuelva a cargar la página. Si sigue, avise a quien administra Puente.',
  };
}
