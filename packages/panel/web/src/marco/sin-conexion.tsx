import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { hora } from '../format.ts';

/** What is on the screen was true; nobody should take it for the present. The page stays, and what was read with it. */
export function SinConexion() {
  const queryClient = useQueryClient();
  const [desde] = useState(() => new Date().toISOString());
  return (
    <div className="aviso espera con-acciones" role="alert">
      <div>
        <p>
          <strong>No hay conexión con Puente.</strong> Lo que ve es de las {hora(desde)}.
        </p>
        <p>
          Se intenta de nuevo cada pocos segundos. Si no vuelve en un par de minutos, revise que el computador
          de Puente esté encendido y que haya red hasta él.
        </p>
      </div>
      <button type="button" onClick={() => void queryClient.invalidateQueries()}>
        Intentar ahora
      </button>
    </div>
  );
}
