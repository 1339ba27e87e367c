import { useInfiniteQuery } from '@tanstack/react-query';
import { leer, type Of } from '../api.ts';
import { cuando } from '../format.ts';
import { Consulta } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';

/** Who did what. */
export function AjustesBitacora() {
  const bitacora = useInfiniteQuery({
    queryKey: ['bitacora'],
    queryFn: ({ pageParam }) => leer<'bitacora'>('/api/bitacora', { antes: pageParam ?? undefined }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ siguiente }: Of<'bitacora'>) => siguiente,
  });
  return (
    <>
      <Titulo texto="Bitácora">Quién hizo qué, y desde dónde. Lo más nuevo primero.</Titulo>
      <Consulta de={bitacora}>
        {({ pages }) => (
          <div className="tabla">
            <table className="apilada">
              <thead>
                <tr>
                  <th scope="col">Cuándo</th>
                  <th scope="col">Quién</th>
                  <th scope="col">Qué</th>
                </tr>
              </thead>
              <tbody>
                {pages
                  .flatMap(({ hechos }) => hechos)
                  .map((hecho) => (
                    <tr key={hecho.id}>
                      <th scope="row">{cuando(hecho.cuando)}</th>
                      <td data-titulo="Quién">
                        {hecho.quien ?? 'Alguien sin sesión'}{' '}
                        <span className="suave chico">desde {hecho.direccion}</span>
                      </td>
                      <td>{hecho.detalle}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        )}
      </Consulta>
      {bitacora.hasNextPage && (
        <p>
          <button
            type="button"
            disabled={bitacora.isFetchingNextPage}
            onClick={() => bitacora.fetchNextPage()}
          >
            Mostrar anteriores
          </button>
        </p>
      )}
    </>
  );
}
