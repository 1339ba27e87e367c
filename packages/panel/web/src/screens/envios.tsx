import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { EnvioLinea } from '../../../src/api.ts';
import { leer, type Of } from '../api.ts';
import { cuando, hora, noche, numero } from '../format.ts';
import { Consulta, Vacio } from '../parts/estado.tsx';
import { EstadoEnvio, OPCIONES } from '../parts/estado-envio.tsx';
import { Titulo } from '../parts/titulo.tsx';

const route = getRouteApi('/envios');

/** Every call to SENCE, newest first. */
export function Envios() {
  const filtro = route.useSearch();
  const envios = useInfiniteQuery({
    queryKey: ['envios', filtro],
    queryFn: ({ pageParam }) => leer<'envios'>('/api/envios', { ...filtro, antes: pageParam ?? undefined }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ siguiente }: Of<'envios'>) => siguiente,
  });
  return (
    <>
      <Titulo texto="Envíos">Cada llamada a SENCE, con lo que se envió y lo que respondió.</Titulo>
      <Filtro />
      <Consulta de={envios}>
        {({ pages }) => {
          const filas = pages.flatMap((page) => page.envios);
          if (filas.length === 0) return <Nada conFiltro={Object.keys(filtro).length > 0} />;
          return (
            <>
              <Tabla envios={filas} />
              {envios.hasNextPage && (
                <p>
                  <button
                    type="button"
                    disabled={envios.isFetchingNextPage}
                    onClick={() => envios.fetchNextPage()}
                  >
                    {envios.isFetchingNextPage ? 'Cargando…' : 'Mostrar anteriores'}
                  </button>
                </p>
              )}
            </>
          );
        }}
      </Consulta>
    </>
  );
}

function Filtro() {
  const { buscar = '', estado = '', noche: fecha = '' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <form
      className="fila"
      // A new form when the address changes, so that the fields tell what is shown.
      key={`${buscar}|${estado}|${fecha}`}
      onSubmit={(event) => {
        event.preventDefault();
        const entries = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '');
        navigate({ search: Object.fromEntries(entries) });
      }}
    >
      <label>
        Buscar
        <input name="buscar" defaultValue={buscar} placeholder="id_proceso o codigoEnvio" maxLength={80} />
      </label>
      <label>
        Noche
        <input name="noche" type="date" defaultValue={fecha} />
      </label>
      <label>
        Estado
        <select name="estado" defaultValue={estado}>
          <option value="">Todos</option>
          {OPCIONES.map((opcion) => (
            <option key={opcion.estado} value={opcion.estado}>
              {opcion.texto}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Buscar</button>
    </form>
  );
}

function Nada({ conFiltro }: { conFiltro: boolean }) {
  return conFiltro ? (
    <Vacio titulo="Ningún envío coincide.">
      <p>Revise el número: el id_proceso va completo; del codigoEnvio basta el comienzo.</p>
      <p>
        <Link to="/envios">Ver todos los envíos</Link>
      </p>
    </Vacio>
  ) : (
    <Vacio titulo="Aún no se ha enviado nada.">
      <p>El primer envío aparecerá aquí apenas comience.</p>
    </Vacio>
  );
}

function Tabla({ envios }: { envios: EnvioLinea[] }) {
  return (
    <div className="tabla separada">
      <table className="apilada">
        <thead>
          <tr>
            <th scope="col">Envío</th>
            <th scope="col">Curso</th>
            <th scope="col">Estado</th>
            <th scope="col" className="n">
              Aceptados
            </th>
            <th scope="col" className="n">
              Rechazados
            </th>
            <th scope="col" className="n">
              id_proceso
            </th>
          </tr>
        </thead>
        <tbody>
          {envios.map((envio) => (
            <tr key={envio.codigoEnvio}>
              <th scope="row">
                <Link to="/envios/$codigoEnvio" params={{ codigoEnvio: envio.codigoEnvio }}>
                  {noche(envio.noche)}
                </Link>
                <div className="suave chico">{envio.codigoEnvio}</div>
              </th>
              <td data-titulo="Curso">
                {envio.titulo}
                <div className="suave chico">
                  {envio.enviado === null ? 'Todavía no sale' : `Enviado el ${cuando(envio.enviado)}`}
                </div>
              </td>
              <td data-titulo="Estado">
                <EstadoEnvio estado={envio.estado} />
                {envio.espera && (
                  <div className="suave chico">
                    Puente le pregunta al historial de SENCE; se sabrá con certeza desde las{' '}
                    {hora(envio.espera.hasta)}. No lo envíe otra vez.
                  </div>
                )}
              </td>
              <td className="n" data-titulo="Aceptados">
                {numero(envio.aceptados)} de {numero(envio.registros)}
              </td>
              <td className="n" data-titulo="Rechazados">
                {numero(envio.rechazados)}
              </td>
              <td className="n" data-titulo="id_proceso">
                {envio.idProceso ?? '—'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
