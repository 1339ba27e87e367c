import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { leer, type Of, rutaCurso } from '../api.ts';
import { cuando, duracion, numero } from '../format.ts';
import { Aviso, Consulta, Vacio } from '../parts/estado.tsx';
import { Avances, type Curva } from '../parts/plot.tsx';
import { Registros } from '../parts/registros.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { Explicacion } from './alumno-explicacion.tsx';
import { enPalabras } from './corregir.ts';

const route = getRouteApi('/cursos/$rutOtec/$codigoOferta/$codigoGrupo/alumnos/$rut');

type Historia = Of<'alumno'>;

/** One student of a course: what SENCE has, how it came to be, and every record that was sent. */
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
  return (
    <>
      <p className="chico una-linea">
        <Link to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo" params={clave}>
          ← {alumno.data?.pages[0]?.titulo ?? 'El curso'}
        </Link>
      </p>
      <Titulo texto={`Alumno ${rut}`} />
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
  return (
    <>
      {alumno.errores.map((error) => (
        <Aviso key={error.id} tono="mal">
          <p>
            <strong>{enPalabras(error)}</strong>{' '}
            {error.codigo !== null && <span className="codigo">código {error.codigo}</span>}
          </p>
          <p>
            <strong>Qué hacer:</strong> {error.queHacer}
            {error.lugar !== null && ` (${error.lugar})`}
          </p>
          {error.url !== null && (
            <p>
              <a href={error.url} target="_blank" rel="noreferrer">
                Corregir en el LMS
              </a>
            </p>
          )}
        </Aviso>
      ))}
      <Aceptados aceptados={alumno.aceptados} />
      {alumno.enviados.length > 0 && (
        <Avances titulo="Avance enviado, por módulo" curvas={curvasOf(alumno.enviados)} />
      )}
      <h2>Registros enviados</h2>
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
    </>
  );
}

/** What is not in the list, so that nobody takes it for all that there was. */
function SinDetalle({ vencidos, porPreparar }: Historia['sinDetalle']) {
  return (
    <>
      {porPreparar > 0 && (
        <p className="suave chico">
          Faltan {porPreparar} envíos de una versión anterior de puente, que se están preparando para
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

function Aceptados({ aceptados }: { aceptados: Historia['aceptados'] }) {
  if (aceptados.length === 0) {
    return (
      <Aviso tono="espera">
        <p>
          <strong>SENCE todavía no ha aceptado nada de esta persona en este curso.</strong>
        </p>
      </Aviso>
    );
  }
  return (
    <div className="cifras">
      {aceptados.map(({ codigoModulo, porcentajeAvance, tiempoConectividad, cuando: instante }) => (
        <div key={codigoModulo} className="tarjeta">
          <div className="suave chico">{codigoModulo}</div>
          <div className="cifra">{numero(porcentajeAvance)} %</div>
          <div className="chico">
            {tiempoConectividad !== null && `${duracion(tiempoConectividad)} conectado. `}Aceptado el{' '}
            {cuando(instante)}.
          </div>
        </div>
      ))}
    </div>
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
