import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Printer, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { leer, type Of } from '../api.ts';
import { bajarExcel } from '../excel.ts';
import { cuantos, fechaDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useOtec } from '../otec.tsx';
import { BajarExcel } from '../parts/bajar-excel.tsx';
import { useColumnas } from '../parts/columnas.tsx';
import { Consulta, Vacio } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { SinRespuesta } from './envios-sin-respuesta.tsx';
import { TablaDeNoches } from './envios-tabla.tsx';
import { type ColumnaDeEnvio, ENVIOS } from './excel-columnas.ts';

const route = getRouteApi('/envios');
type Pagina = Of<'nochesEnviadas'>;
type Cuales = Exclude<keyof Pagina['cuentas'], 'todas'>;

/** What left, one line per course and night, counted in students; what waits for an answer first. */
export function Envios() {
  const decir = useDecir();
  const filtro = route.useSearch();
  const { rutOtec, nombre } = useOtec();
  const columnas = useColumnas<ColumnaDeEnvio>('envios', {
    estado: 'Estado',
    alumnos: 'Alumnos',
    salio: 'Salió',
    partes: 'Partes',
    tardo: 'Tardó',
  });
  const noches = useInfiniteQuery({
    queryKey: ['envios', 'noches', filtro, rutOtec],
    queryFn: ({ pageParam }) =>
      leer<'nochesEnviadas'>('/api/noches', {
        ...filtro,
        rutOtec: rutOtec ?? undefined,
        antes: pageParam ?? undefined,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ siguiente }: Pagina) => siguiente,
  });
  return (
    <Consulta de={noches}>
      {({ pages }) => {
        const [first] = pages;
        const lineas = pages.flatMap((page) => page.lineas);
        const cuentas = first?.cuentas ?? SIN_NADA;
        const conFiltro = Object.keys(filtro).length > 0;
        return (
          <>
            <Titulo
              texto={decir(fraseDe(cuentas))}
              ventana="Envíos"
              acciones={
                <>
                  <BajarExcel
                    bajar={() =>
                      bajarExcel({
                        ...{ de: 'Envíos', cuenta: null, columnas: columnas.deExcel(ENVIOS) },
                        otec: nombre,
                        hoy: fechaDe(new Date().toISOString()),
                        filas: lineas,
                      })
                    }
                  />
                  <button
                    type="button"
                    className="icono"
                    aria-label="Imprimir"
                    onClick={() => window.print()}
                  >
                    <Icono de={Printer} />
                  </button>
                </>
              }
            >
              {decir(
                'Una línea por curso y noche. Aquí está todo lo que salió y lo que SENCE contestó, tal como llegó.',
              )}
            </Titulo>
            <SinRespuesta lineas={lineas} />
            <section className="tabla" aria-labelledby="envios">
              <Barra cuentas={cuentas} elegir={columnas.elegir} />
              {lineas.length === 0 ? (
                <Nada conFiltro={conFiltro} />
              ) : (
                <TablaDeNoches lineas={lineas} ve={columnas.ve} filas={columnas.filas} />
              )}
              <div className="tabla-pie">
                <span>
                  Los alumnos se cuentan una vez por curso y noche. Un curso muy largo sale en partes.
                </span>
              </div>
            </section>
            {noches.hasNextPage && (
              <p>
                <button
                  type="button"
                  disabled={noches.isFetchingNextPage}
                  onClick={() => noches.fetchNextPage()}
                >
                  {noches.isFetchingNextPage ? 'Cargando…' : 'Mostrar noches anteriores'}
                </button>
              </p>
            )}
          </>
        );
      }}
    </Consulta>
  );
}

const SIN_NADA: Pagina['cuentas'] = { todas: 0, 'sin-respuesta': 0, 'con-rechazados': 0, 'a-mano': 0 };

function fraseDe({ todas, 'sin-respuesta': esperan }: Pagina['cuentas']): string {
  if (esperan > 0)
    return `${cuantos(esperan, 'envío')} ${esperan === 1 ? 'espera' : 'esperan'} la respuesta de SENCE`;
  return todas === 0 ? 'No hay ningún envío que mostrar' : 'Ningún envío espera la respuesta de SENCE';
}

const FICHAS: readonly { cuales: Cuales | ''; texto: string }[] = [
  { cuales: '', texto: 'Todos' },
  { cuales: 'sin-respuesta', texto: 'Sin respuesta' },
  { cuales: 'con-rechazados', texto: 'Con rechazados' },
  { cuales: 'a-mano', texto: 'Pedidos por una persona' },
];

/** What is sought is kept in the address; the number of each is the length of its list. */
function Barra({ cuentas, elegir }: Pick<Pagina, 'cuentas'> & { elegir: ReactNode }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const ir = (change: typeof search) =>
    void navigate({
      search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)),
      replace: true,
    });
  return (
    <div className="tabla-barra">
      <h2 id="envios">Envíos</h2>
      <form
        className="buscar"
        // Anew when the address changes, so that the field tells what is shown.
        key={search.buscar}
        onSubmit={(event) => {
          event.preventDefault();
          ir({ buscar: String(new FormData(event.currentTarget).get('buscar')).trim() });
        }}
      >
        <Icono de={Search} />
        <input
          type="search"
          name="buscar"
          defaultValue={search.buscar ?? ''}
          aria-label="Buscar curso, RUT o número de proceso"
          placeholder="Curso, RUT o proceso"
          maxLength={80}
        />
      </form>
      <fieldset className="fichas">
        <legend className="solo-lector">Cuáles</legend>
        {FICHAS.map(({ cuales, texto }) => (
          <button
            key={cuales}
            type="button"
            className="ficha"
            aria-pressed={(search.cuales ?? '') === cuales}
            onClick={() => ir({ cuales })}
          >
            {texto} <b>{cuentas[cuales === '' ? 'todas' : cuales].toLocaleString('es-CL')}</b>
          </button>
        ))}
      </fieldset>
      <input
        type="date"
        aria-label="Noche"
        value={search.noche ?? ''}
        onChange={({ currentTarget }) => ir({ noche: currentTarget.value })}
      />
      <div className="final">{elegir}</div>
    </div>
  );
}

function Nada({ conFiltro }: { conFiltro: boolean }) {
  return conFiltro ? (
    <Vacio titulo="Ningún envío coincide.">
      <p>
        <Link to="/envios">Quitar la búsqueda</Link>
      </p>
    </Vacio>
  ) : (
    <Vacio titulo="Aún no se ha enviado nada.">
      <p>El primer envío aparecerá aquí apenas comience.</p>
    </Vacio>
  );
}
