import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { Fragment } from 'react';
import type { ErrorAbierto } from '../../../src/api.ts';
import { erroresQuery, inciertosQuery } from '../consultas.ts';
import { numero, rutDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Falla } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { useArreglos } from './arreglos.tsx';
import { Botones } from './botones.tsx';
import { Incierto } from './corregir-averiguando.tsx';
import { type Grupo, gruposDe, personasDe } from './problemas.ts';

const A_LA_VISTA = 6;
const NOMBRES_A_LA_VISTA = 3;

/** What waits for somebody: each problem once, whom it is about by name, and the button that mends it. */
export function LoPendiente({ rutOtec }: { rutOtec: string }) {
  const decir = useDecir();
  const arreglos = useArreglos();
  const errores = (useQuery(erroresQuery).data?.errores ?? []).filter(
    (error) => error.rutOtec === rutOtec && error.conocido === null,
  );
  const inciertos = (useQuery(inciertosQuery).data?.envios ?? []).filter(
    (envio) => envio.rutOtec === rutOtec,
  );
  const grupos = gruposDe(errores);
  const sobran = grupos.slice(A_LA_VISTA);
  if (grupos.length + inciertos.length === 0) return null;
  return (
    <>
      {inciertos.map((envio) => (
        <Incierto key={envio.codigoEnvio} envio={envio} />
      ))}
      {arreglos.falla && <Falla error={arreglos.falla} />}
      {arreglos.marcha}
      {grupos.length > 0 && (
        <section className="tarjeta partida" aria-labelledby="lo-pendiente">
          <div className="tarjeta-cabeza">
            <h2 id="lo-pendiente">Lo pendiente</h2>
            <Link className="boton principal bajo" to="/por-corregir">
              {personasDe(errores) === 1 ? 'Corregir' : `Corregir los ${numero(personasDe(errores))}`}
            </Link>
          </div>
          <ul className="pendientes">
            {grupos.slice(0, A_LA_VISTA).map((grupo) => (
              <li key={grupo.clave}>
                <span className={`cuanto ${grupo.tono}`}>
                  {numero(personasDe(grupo.errores))}
                  <span className="solo-lector">
                    {personasDe(grupo.errores) === 1 ? ' alumno' : ' alumnos'}
                  </span>
                </span>
                <div>
                  <div className="que">{decir(grupo.titulo)}</div>
                  <div className="nombres">
                    <Nombres grupo={grupo} />
                  </div>
                  {grupo.errores.every((error) => arreglos.listo(error) !== null) && (
                    <div className="sello mudo">
                      <Icono de={Check} />
                      {grupo.errores[0] && arreglos.listo(grupo.errores[0])?.texto}
                    </div>
                  )}
                </div>
                <div className="hacer">
                  <Botones grupo={grupo} arreglos={arreglos} solo />
                </div>
              </li>
            ))}
            {sobran.length > 0 && (
              <li>
                <span />
                <Link to="/por-corregir">
                  Ver{' '}
                  {sobran.length === 1 ? 'el otro problema' : `los otros ${numero(sobran.length)} problemas`}
                </Link>
              </li>
            )}
          </ul>
        </section>
      )}
    </>
  );
}

/** `Camila Rojas y Pedro Ñancupil · Excel intermedio`. */
function Nombres({ grupo: { errores } }: { grupo: Grupo }) {
  const personas = [
    ...new Map(errores.map((error) => [`${error.titulo} ${error.rut ?? error.id}`, error])).values(),
  ];
  const vistas = personas.slice(0, NOMBRES_A_LA_VISTA);
  const cursos = [...new Set(errores.map(({ titulo }) => titulo))];
  return (
    <>
      {vistas.map((error, at) => (
        <Fragment key={error.id}>
          {at > 0 && (at === vistas.length - 1 && personas.length === vistas.length ? ' y ' : ', ')}
          <Nombre error={error} />
        </Fragment>
      ))}
      {personas.length > vistas.length && ` y ${numero(personas.length - vistas.length)} más`}
      {` · ${cursos.length === 1 ? cursos[0] : `${cursos.length} cursos`}`}
    </>
  );
}

function Nombre({
  error: { rutOtec, codigoOferta, codigoGrupo, rut, nombre, alumnos },
}: {
  error: ErrorAbierto;
}) {
  if (rut === null) return <>{alumnos > 1 ? 'Todo el curso' : 'Sin RUT que se pueda leer'}</>;
  return (
    <Link
      to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo/alumnos/$rut"
      params={{ rutOtec, codigoOferta, codigoGrupo, rut }}
      preload={false}
    >
      {nombre ?? rutDe(rut)}
    </Link>
  );
}
