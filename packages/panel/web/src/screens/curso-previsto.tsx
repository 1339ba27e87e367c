import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CursoClave } from '../../../src/api.ts';
import { leer, rutaCurso } from '../api.ts';
import { Consulta } from '../parts/estado.tsx';
import { Texto } from '../parts/texto.tsx';

/** The very JSON that would be sent; for the technician, so only when asked for. */
export function CuerpoPrevisto({ clave }: { clave: CursoClave }) {
  const [abierto, setAbierto] = useState(false);
  const previsto = useQuery({
    queryKey: ['previsto', clave],
    queryFn: () => leer<'previsto'>(`${rutaCurso(clave)}/prevision`),
    enabled: abierto,
  });
  return (
    <details onToggle={(event) => setAbierto(event.currentTarget.open)}>
      <summary>Para su técnico: lo que se enviaría, sin el token</summary>
      {abierto && (
        <Consulta de={previsto}>
          {({ cuerpos }) => (
            <Texto nombre="Lo que se enviaría">
              {cuerpos.length === 0
                ? 'Nada: todo está retenido o ya aceptado.'
                : JSON.stringify(cuerpos, null, 2)}
            </Texto>
          )}
        </Consulta>
      )}
    </details>
  );
}
