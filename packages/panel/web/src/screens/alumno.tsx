import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { leer, type Of, rutaCurso } from '../api.ts';
import { cuando, duracion, numero, rutDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Aviso, Cargando, Consulta, Falla, Vacio } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { Avances, type Curva } from '../parts/plot.tsx';
import { Registros } from '../parts/registros.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { Explicacion } from './alumno-explicacion.tsx';
import { useArreglos } from './arreglos.tsx';
import { Botones } from './botones.tsx';
import { gruposDe } from './problemas.ts';

const route = getRouteApi('/cursos/$rutOtec/$codigoOferta/$codigoGrupo/alumnos/$rut');

type Historia = Of<'alumno'>;

/** One student of a course: what is pending and how it is mended, what SENCE has, and how that came to be. */
export function Alumno() {
  const { rut, ...clave } = route.useParams();
  const ruta = `${rutaCurso(clave)}/alumnos/${encodeURIComponent(rut)}`;
  const alumno = useInfiniteQuery({
    queryKey: ['alumno', clave, rut],
    queryFn: ({ pageParam }) => leer<'alumno'>(ruta, { antes: pageParam ?? undefined }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ anteriores }: Historia) => anteriores,
  });
  const mas = {
    hay: alumno.hasNextPage,
    cargando: alumno.isFetchingNextPage,
    pedir: () => void alumno.fetchNextPage(),
  };
  const primera = alumno.data?.pages[0];
  // The heading is as long as the names in it.
  if (alumno.isPending) return <Cargando />;
  return (
    <>
      <div>
        <p className="migas">
          <Link to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo" params={clave}>
            {primera?.titulo ?? 'El curso'}
          </Link>
          <Icono de={ChevronRight} />
          <span>{rutDe(rut)}</span>
        </p>
        <Titulo
          texto={primera?.nombre ?? (primera === undefined ? 'Alumno' : 'Sin nombre en la planilla')}
          ventana="Alumno"
        >
          {rutDe(rut)}
        </Titulo>
      </div>
      <Consulta de={alumno}>
        {({ pages: [ultima, ...anteriores] }) =>
          ultima && (
            <>
              <Contenido alumno={{ ...ultima, enviados: enviadosOf([ultima, ...anteriores]) }} mas={mas} />
              <Explicacion ruta={ruta} />
            </>
          )
        }
      </Consulta>
    </>
  );
}

/** Oldest first; pages come newest first. */
function enviadosOf(pages: Historia[]): Historia['enviados'] {
  return pages.toReversed().flatMap(({ enviados }) => enviados);
}

/** Nights before those that are shown. */
interface Mas {
  hay: boolean;
  cargando: boolean;
  pedir: () => void;
}

function Contenido({ alumno, mas }: { alumno: Historia; mas: Mas }) {
  const decir = useDecir();
  return (
    <>
      <Pendiente errores={alumno.errores} />
      <Aceptados alumno={alumno} />
      {alumno.enviados.length > 0 && (
        <Avances
          titulo={decir('Avance que SENCE ha recibido, por módulo')}
          curvas={curvasOf(alumno.enviados)}
        />
      )}
      <section>
        <h2>Noche a noche</h2>
        {alumno.enviados.length === 0 ? (
          <Vacio titulo="Nunca se ha enviado nada de esta persona en este curso." />
        ) : (
          <Registros registros={alumno.enviados.toReversed()} />
        )}
        {mas.hay && (
          <p>
            <button type="button" disabled={mas.cargando} onClick={mas.pedir}>
              {mas.cargando ? 'Cargando…' : 'Mostrar noches anteriores'}
            </button>
          </p>
        )}
        <SinDetalle {...alumno.sinDetalle} />
      </section>
    </>
  );
}

/** Each problem with its button, as in «Por corregir». */
function Pendiente({ errores }: { errores: Historia['errores'] }) {
  const decir = useDecir();
  const arreglos = useArreglos();
  return (
    <>
      {arreglos.falla && <Falla error={arreglos.falla} />}
      {arreglos.marcha}
      {gruposDe(errores).map((grupo) => (
        <div key={grupo.clave} className={`aviso ${grupo.tono} con-acciones`}>
          <div>
            <p>
              <strong>{decir(grupo.titulo)}</strong>
            </p>
            <p>{decir(grupo.porQue)}</p>
            {grupo.errores.map((error) => (
              <p key={error.id} className="chico">
                {[decir(grupo.revise(error)), error.lugar].filter(Boolean).join(' · ')}
                {arreglos.listo(error) !== null && <strong> {arreglos.listo(error)?.texto}</strong>}
              </p>
            ))}
          </div>
          <div className="fila">
            <Botones grupo={grupo} arreglos={arreglos} />
          </div>
        </div>
      ))}
    </>
  );
}

/** What is not in the list, so that nobody takes it for all that there was. */
function SinDetalle({ vencidos, porPreparar }: Historia['sinDetalle']) {
  return (
    <>
      {porPreparar > 0 && (
        <p className="suave chico">
          Faltan {porPreparar} envíos de una versión anterior de Puente, que se están preparando para
          mostrarlos alumno por alumno.
        </p>
      )}
      {vencidos > 0 && (
        <p className="suave chico">
          De {vencidos} envíos más antiguos del curso solo quedan las cuentas: su plazo de conservación
          terminó.
        </p>
      )}
    </>
  );
}

function Aceptados({ alumno: { aceptados, errores } }: { alumno: Historia }) {
  const decir = useDecir();
  if (aceptados.length === 0) {
    return (
      <Aviso tono="espera">
        <p>
          <strong>{decir('SENCE todavía no ha aceptado nada de esta persona en este curso.')}</strong>
        </p>
      </Aviso>
    );
  }
  return (
    <section className="tabla" aria-labelledby="tiene">
      <div className="tabla-barra">
        <h2 id="tiene">{decir('Qué tiene SENCE')}</h2>
      </div>
      <table className="apilada">
        <thead>
          <tr>
            <th scope="col">Módulo</th>
            <th scope="col" className="n">
              {decir('SENCE tiene')}
            </th>
            <th scope="col" className="n">
              Conectado
            </th>
            <th scope="col">{decir('SENCE al día')}</th>
            <th scope="col">Pendiente</th>
          </tr>
        </thead>
        <tbody>
          {aceptados.map(({ codigoModulo, porcentajeAvance, tiempoConectividad, cuando: instante }) => {
            const suyo = errores.find((error) => error.codigoModulo === codigoModulo);
            return (
              <tr key={codigoModulo}>
                <th scope="row">{codigoModulo}</th>
                <td className="n" data-titulo={decir('SENCE tiene')}>
                  <strong>{numero(porcentajeAvance)} %</strong>
                </td>
                <td className="n" data-titulo="Conectado">
                  {tiempoConectividad === null ? '—' : duracion(tiempoConectividad)}
                </td>
                <td data-titulo={decir('SENCE al día')}>{cuando(instante)}</td>
                <td data-titulo="Pendiente">
                  {suyo === undefined ? (
                    <span className="cero">Nada</span>
                  ) : (
                    <span className={`sello ${suyo.origen === 'gestor' ? 'mal' : 'espera'}`}>
                      {suyo.origen === 'gestor' ? 'Rechazado' : 'Retenido'}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function curvasOf(enviados: Historia['enviados']): Curva[] {
  const modulos = new Set(enviados.map(({ codigoModulo }) => codigoModulo));
  return [...modulos].map((nombre) => ({
    nombre,
    puntos: enviados
      .filter(({ codigoModulo }) => codigoModulo === nombre)
      .map(({ noche, porcentajeAvance }) => ({ fecha: noche, valor: porcentajeAvance })),
  }));
}
