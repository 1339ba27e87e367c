import { useMutation } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { descargar } from '../api.ts';
import { Falla } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';

/** An Excel sheet to fill in, for who has none yet. */
export function DescargarPlantilla() {
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => descargar('/api/planillas/plantilla', {}),
  });
  return (
    <>
      <p className="suave">
        <button type="button" className="llano" disabled={isPending} onClick={() => mutate()}>
          <Icono de={FileDown} /> Descargar una planilla para llenar
        </button>{' '}
        Trae las columnas, una fila de ejemplo y qué va en cada una.
      </p>
      {error && <Falla error={error} />}
    </>
  );
}
