import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CursoClave, NocheDeCurso } from '../../../src/api.ts';
import { leer, rutaCurso } from '../api.ts';
import { cuantos, dia, noche, numero } from '../format.ts';
import { CalendarioSvg, Leyenda } from '../parts/calendario.tsx';
import { Falla } from '../parts/estado.tsx';
import { ESTADO_NOCHE, resumen } from '../parts/noches.tsx';

/** How each night of the course went, from puente's own ledger: it is there also while the source is down. */
export function Calendario({ clave }: { clave: CursoClave }) {
  const calendario = useQuery({
    queryKey: ['noches', clave],
    queryFn: () => leer<'calendario'>(`${rutaCurso(clave)}/noches`),
  });
  const noches = calendario.data?.noches ?? null;
  return (
    <section>
      <h2>Noche por noche</h2>
      {calendario.isError && <Falla error={calendario.error} reintentar={() => calendario.refetch()} />}
      <div className="tarjeta calendario">
        <div>
          <CalendarioSvg
            noches={noches ?? []}
            titulo={noches === null ? 'Se está leyendo' : `Noche por noche: ${resumen(noches)}`}
          />
          <Resumen noches={noches} />
        </div>
        <Leyenda />
      </div>
      <details className="separada">
        <summary>Ver las noches en una tabla</summary>
        {noches !== null && noches.length > 0 && <Tabla noches={noches} />}
      </details>
    </section>
  );
}

/** Its height is the same before and after the nights are known. */
function Resumen({ noches }: { noches: NocheDeCurso[] | null }) {
  const [primera] = noches ?? [];
  if (noches === null) return <p className="calendario-resumen suave">Cargando…</p>;
  if (primera === undefined) {
    return (
      <p className="calendario-resumen suave">
        Todavía no hay ninguna noche de este curso. La primera aparecerá aquí.
      </p>
    );
  }
  const perdidas = noches.filter(({ estado }) => estado === 'perdida');
  const llegaron = noches.filter(({ aceptados, estado }) => aceptados > 0 && estado !== 'perdida');
  return (
    <p className="calendario-resumen">
      Desde el {dia(primera.noche)}, SENCE aceptó avances en {cuantos(llegaron.length, 'noche')} de{' '}
      {numero(noches.length)}.{' '}
      {perdidas.length > 0 && (
        <strong className="mal">
          {perdidas.length === 1 ? 'Se perdió una noche' : `Se perdieron ${numero(perdidas.length)} noches`}:{' '}
          {fechas(perdidas)}.
        </strong>
      )}
    </p>
  );
}

/** `3 jul, 9 jul y 4 más`: the latest ones first, never an endless list. */
function fechas(perdidas: NocheDeCurso[]): string {
  const nuevas = perdidas.map((one) => dia(one.noche)).reverse();
  const resto = nuevas.length - A_NOMBRAR;
  const nombradas = nuevas.slice(0, A_NOMBRAR).join(', ');
  return resto > 0 ? `${nombradas} y ${numero(resto)} más` : nombradas;
}

const A_NOMBRAR = 3;

function Tabla({ noches }: { noches: NocheDeCurso[] }) {
  return (
    <div className="tabla separada calendario-tabla">
      <table className="apilada">
        <thead>
          <tr>
            <th scope="col">Noche</th>
            <th scope="col">Qué pasó</th>
            <th scope="col" className="n">
              Aceptados
            </th>
            <th scope="col" className="n">
              Rechazados
            </th>
          </tr>
        </thead>
        <tbody>
          {noches.toReversed().map(({ noche: fecha, estado, aceptados, rechazados }) => (
            <tr key={fecha}>
              <th scope="row">
                <Link to="/envios" search={{ noche: fecha }}>
                  {noche(fecha)}
                </Link>
              </th>
              <td className={ESTADO_NOCHE[estado].tono} data-titulo="Qué pasó">
                {ESTADO_NOCHE[estado].texto}
              </td>
              <td className="n" data-titulo="Aceptados">
                {numero(aceptados)}
              </td>
              <td className="n" data-titulo="Rechazados">
                {numero(rechazados)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
