import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Of } from '../api.ts';
import { bitacoraQuery } from '../consultas.ts';
import { bajarExcel } from '../excel.ts';
import { cuando, fechaDe } from '../format.ts';
import { BajarExcel } from '../parts/bajar-excel.tsx';
import { Selector } from '../parts/campo.tsx';
import { Consulta } from '../parts/estado.tsx';
import { frase } from './bitacora-frases.ts';
import { BITACORA } from './excel-columnas.ts';
import { Seccion } from './seccion.tsx';

type Hecho = Of<'bitacora'>['hechos'][number];

/** Who did what, told as a story. */
export function AjustesBitacora() {
  const bitacora = useInfiniteQuery(bitacoraQuery);
  const [quien, setQuien] = useState('');
  return (
    <Seccion id="bitacora" titulo="Bitácora" texto="Quién hizo qué, y desde dónde. Lo más nuevo primero.">
      <Consulta de={bitacora}>
        {({ pages }) => {
          const hechos = pages.flatMap((page) => page.hechos);
          const personas = [...new Set(hechos.map(nombreDe))].sort((a, b) => a.localeCompare(b, 'es'));
          const vistos = hechos.filter((hecho) => quien === '' || nombreDe(hecho) === quien);
          return (
            <div className="tarjeta partida">
              <div className="tarjeta-cabeza">
                <Selector
                  etiqueta="De quién"
                  value={quien}
                  onChange={({ currentTarget }) => setQuien(currentTarget.value)}
                  opciones={[
                    { valor: '', texto: 'Todas las personas' },
                    ...personas.map((nombre) => ({ valor: nombre, texto: nombre })),
                  ]}
                />
                <BajarExcel
                  bajar={() =>
                    bajarExcel({
                      ...{
                        de: 'Bitácora',
                        otec: 'Todas',
                        hoy: hoyEnSantiago(),
                        cuenta: null,
                        columnas: BITACORA,
                      },
                      filas: vistos,
                    })
                  }
                />
              </div>
              <ul className="historia cuerpo">
                {vistos.map((hecho) => (
                  <li key={hecho.id}>
                    <time dateTime={hecho.cuando}>{cuando(hecho.cuando)}</time>
                    <div>
                      <strong>{nombreDe(hecho)}</strong> {frase(hecho)}{' '}
                      <span className="tenue chico">desde {hecho.direccion}</span>
                    </div>
                  </li>
                ))}
              </ul>
              {bitacora.hasNextPage && (
                <div className="tabla-pie">
                  <button
                    type="button"
                    disabled={bitacora.isFetchingNextPage}
                    onClick={() => bitacora.fetchNextPage()}
                  >
                    Mostrar anteriores
                  </button>
                </div>
              )}
            </div>
          );
        }}
      </Consulta>
    </Seccion>
  );
}

/** The day of this look; what was done carries its own hour. */
function hoyEnSantiago(): string {
  return fechaDe(new Date().toISOString());
}

function nombreDe({ quien }: Hecho): string {
  return quien ?? 'Alguien sin sesión';
}
