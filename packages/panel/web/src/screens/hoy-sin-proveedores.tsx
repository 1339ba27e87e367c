import { Link } from '@tanstack/react-router';
import { Vacio } from '../parts/estado.tsx';
import { Encabezado } from '../parts/titulo.tsx';
import { useSesion } from '../sesion.ts';

/** Nobody is reported: puente is not set up, or no course is chosen. */
export function SinProveedores({ sinCursos }: { sinCursos: boolean }) {
  const { rol } = useSesion();
  const isAdministrador = rol === 'administrador';
  if (sinCursos) {
    return (
      <>
        <Encabezado texto="Ningún curso se está informando." ventana="Hoy" />
        <Vacio titulo="No hay ningún curso elegido: esta noche no sale nada.">
          {isAdministrador ? (
            <p>
              <Link className="boton principal" to="/instalacion" search={{ paso: 'cursos' }}>
                Elegir cursos
              </Link>
            </p>
          ) : (
            <p>Pídale a quien administra este panel que los elija.</p>
          )}
        </Vacio>
      </>
    );
  }
  return (
    <>
      <Encabezado texto="Falta poner en marcha Puente." ventana="Hoy" />
      <Vacio titulo="Puente todavía no tiene a quién informar.">
        {isAdministrador ? (
          <>
            <p>
              Falta decirle qué OTEC informa y de dónde salen los datos. Se hace paso a paso, en unos minutos.
            </p>
            <p>
              <Link className="boton principal" to="/instalacion">
                Poner en marcha
              </Link>
            </p>
          </>
        ) : (
          <p>Pídale a quien administra este panel que lo ponga en marcha.</p>
        )}
      </Vacio>
    </>
  );
}
