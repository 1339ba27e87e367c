import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CursoClave, NocheDeCurso } from '../../../src/api.ts';
import { leer, rutaCurso } from '../api.ts';
import { cuantos, dia, noche, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useAncho } from '../parts/ancho.ts';
import { Falla } from '../parts/estado.tsx';
import { ESTADO_NOCHE, resumen } from '../parts/noches.tsx';

const A_LA_VISTA = 28;
const ALTO = 150;
const ABAJO = 22;
const ARRIBA = 8;

/** How each night of the course went, from puente's own ledger: it is there also while the source is down. */
export function NocheANoche({ clave: { rutOtec, codigoOferta, codigoGrupo } }: { clave: CursoClave }) {
  const decir = useDecir();
  const clave = { rutOtec, codigoOferta, codigoGrupo };
  const calendario = useQuery({
    queryKey: ['noches', clave],
    queryFn: () => leer<'calendario'>(`${rutaCurso(clave)}/noches`),
  });
  const noches = calendario.data?.noches ?? null;
  return (
    <section className="tarjeta partida grafico" aria-labelledby="noche-a-noche">
      <h2 id="noche-a-noche">Noche a noche</h2>
      {calendario.isError && <Falla error={calendario.error} reintentar={() => calendario.refetch()} />}
      <p className="suave chico">
        {decir(`parte de lo enviado que SENCE recibió, últimas ${A_LA_VISTA} noches`)}
      </p>
      <Barras noches={(noches ?? []).slice(-A_LA_VISTA)} leidas={noches !== null} />
      <p className="resumen-noches">{noches === null ? 'Cargando…' : <Resumen noches={noches} />}</p>
      <details>
        <summary>Ver las noches en una tabla</summary>
        {noches !== null && noches.length > 0 && <Tabla noches={noches} />}
      </details>
    </section>
  );
}

/** As high with no night as with all of them. */
function Barras({ noches, leidas }: { noches: NocheDeCurso[]; leidas: boolean }) {
  const decir = useDecir();
  const [lugar, ancho] = useAncho<HTMLDivElement>(480);
  const paso = ancho / A_LA_VISTA;
  const lleno = ALTO - ABAJO - ARRIBA;
  return (
    <div ref={lugar}>
      <svg
        className="plot noche-a-noche"
        width={ancho}
        height={ALTO}
        viewBox={`0 0 ${ancho} ${ALTO}`}
        role="img"
        aria-label={leidas ? decir(`Noche por noche: ${resumen(noches)}`) : 'Se está leyendo'}
      >
        <line className="eje" x1="0" x2={ancho} y1={ALTO - ABAJO} y2={ALTO - ABAJO} />
        {noches.map((one, at) => {
          const { estado, aceptados, rechazados } = one;
          const parte = aceptados / Math.max(1, aceptados + rechazados);
          const x = at * paso + 2;
          const width = Math.max(3, paso - 4);
          const rojo = rechazados === 0 ? 0 : Math.max(6, lleno * (1 - parte));
          const verde = aceptados === 0 ? 0 : lleno - rojo;
          return (
            <g key={one.noche} className="noche">
              <title>{decir(`${noche(one.noche)}: ${ESTADO_NOCHE[estado].texto}`)}</title>
              {estado === 'perdida' ? (
                <rect
                  className="noche-perdida"
                  x={x + 1}
                  y={ARRIBA + 1}
                  width={width - 2}
                  height={lleno - 2}
                  rx="2"
                />
              ) : (
                <>
                  <rect
                    className="llegaron"
                    x={x}
                    y={ALTO - ABAJO - verde}
                    width={width}
                    height={verde}
                    rx="2"
                  />
                  {rojo > 0 && (
                    <rect className="no-llegaron" x={x} y={ARRIBA} width={width} height={rojo - 2} rx="2" />
                  )}
                  {verde + rojo === 0 && (
                    <rect className="nada" x={x} y={ALTO - ABAJO - 4} width={width} height="4" />
                  )}
                </>
              )}
            </g>
          );
        })}
        {noches.map(
          (one, at) =>
            (at === 0 || at % 7 === 0) &&
            at < A_LA_VISTA - 2 && (
              <text key={one.noche} x={at * paso + 2} y={ALTO - 6}>
                {dia(one.noche)}
              </text>
            ),
        )}
      </svg>
    </div>
  );
}

/** Its height is the same before and after the nights are known. */
function Resumen({ noches }: { noches: NocheDeCurso[] }) {
  const decir = useDecir();
  const [primera] = noches;
  if (primera === undefined)
    return <>Todavía no hay ninguna noche de este curso. La primera aparecerá aquí.</>;
  const perdidas = noches.filter(({ estado }) => estado === 'perdida');
  const llegaron = noches.filter(({ aceptados, estado }) => aceptados > 0 && estado !== 'perdida');
  return (
    <>
      {decir(
        `Desde el ${dia(primera.noche)}, SENCE aceptó avances en ${cuantos(llegaron.length, 'noche')} de ${numero(noches.length)}.`,
      )}{' '}
      {perdidas.length > 0 && (
        <strong className="mal">
          {perdidas.length === 1 ? 'Se perdió una noche' : `Se perdieron ${numero(perdidas.length)} noches`}:{' '}
          {fechas(perdidas)}.
        </strong>
      )}
    </>
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
  const decir = useDecir();
  return (
    <section className="tabla desplazable" aria-label="Las noches">
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
                {decir(ESTADO_NOCHE[estado].texto)}
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
    </section>
  );
}
