import type { UseQueryResult } from '@tanstack/react-query';
import { CircleCheck, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../api.ts';
import { Icono } from './icono.tsx';

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

/** Nothing for a moment, then the form of what comes. */
export function Cargando() {
  return (
    <div className="cargando" role="status">
      <span className="solo-lector">Cargando…</span>
      {HUESOS.map((height) => (
        <span key={height} style={{ height }} />
      ))}
    </div>
  );
}

const HUESOS = ['3.5rem', '9rem', '14rem'];

/** What happened, why, what to do. */
export function Falla({ error, reintentar }: { error: Error; reintentar?: () => void }) {
  const { message, queHacer, detalle } = tell(error);
  return (
    <div className="aviso mal" role="alert">
      <p>
        <strong>{message}</strong>
      </p>
      <p>{queHacer}</p>
      {(reintentar || detalle !== null) && (
        <div className="fila">
          {reintentar && (
            <button type="button" onClick={reintentar}>
              Reintentar
            </button>
          )}
          {detalle !== null && <Copiar texto={detalle}>Copiar el detalle para su técnico</Copiar>}
        </div>
      )}
    </div>
  );
}

/** Puts a text where it can be pasted from, and says that it did. */
export function Copiar({
  texto,
  clase = '',
  children,
}: {
  texto: string;
  clase?: string;
  children: ReactNode;
}) {
  const [copiado, setCopiado] = useState(false);
  return (
    <button
      type="button"
      className={clase}
      onClick={() => navigator.clipboard.writeText(texto).then(() => setCopiado(true))}
    >
      {copiado ? 'Copiado' : children}
    </button>
  );
}

export function Vacio({
  titulo,
  bien = false,
  children,
}: {
  titulo: string;
  /** That there is nothing is good news. */
  bien?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={bien ? 'tarjeta vacio bien' : 'tarjeta vacio'}>
      <Icono de={bien ? CircleCheck : SearchX} />
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
  tono?: 'bien' | 'mal' | 'espera' | 'marca';
  urgente?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={tono ? `aviso ${tono}` : 'aviso'} {...(urgente && { role: 'alert' })}>
      {children}
    </div>
  );
}

/** `detalle`: for whoever can do something about a failure of ours; it names nobody. */
function tell(error: Error): { message: string; queHacer: string; detalle: string | null } {
  if (error instanceof ApiError) {
    const detalle = error.status >= 500 ? `HTTP ${error.status}, ${error.codigo}: ${error.message}` : null;
    return { message: error.message, queHacer: error.queHacer, detalle };
  }
  if (error instanceof TypeError) {
    return {
      message: 'No se pudo hablar con el panel.',
      queHacer: 'Revise que Puente siga en marcha y que haya red hasta él; después reintente.',
      detalle: null,
    };
  }
  return {
    message: 'No se pudo mostrar esta página.',
    queHacer:
      'Fue una falla interna de Puente. Si se repite al cargarla de nuevo, copie el detalle para su técnico.',
    detalle: `${error.name}: ${error.message}`,
  };
}
