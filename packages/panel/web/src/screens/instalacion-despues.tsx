import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { trabajoQuery } from '../consultas.ts';
import { cuantos } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';

const claveDe = ({ codigoOferta, codigoGrupo }: Of<'envioHecho'>) => `${codigoOferta} ${codigoGrupo}`;

/** Where to go on from once the send has ended. */
export function Despues({ id, ensayo }: { id: string; ensayo: boolean }) {
  const { data } = useQuery(trabajoQuery(id));
  const envios = data?.resultado?.envios;
  if (envios === undefined || envios.length === 0) return null;
  const cursos = new Set(envios.filter(({ aceptados }) => aceptados > 0).map(claveDe)).size;
  const pendientes = new Set(
    envios.flatMap((envio) =>
      envio.errores.map(({ rut, lugar, mensaje }) => `${claveDe(envio)} ${rut ?? lugar ?? mensaje}`),
    ),
  ).size;
  return (
    <div role="status">
      {cursos > 0 && (
        <Aviso tono="bien">
          <p>
            <strong>
              {ensayo
                ? `El ensayo funcionó: ese Gestor aceptó el avance de ${cuantos(cursos, 'curso')}. A SENCE no llegó nada.`
                : `SENCE aceptó el avance de ${cuantos(cursos, 'curso')}.`}
            </strong>
          </p>
          <p>
            Desde ahora Puente lo hace solo cada noche. Cada mañana, en <Link to="/">Hoy</Link> se ve cómo le
            fue.
          </p>
        </Aviso>
      )}
      {pendientes > 0 && (
        <Aviso tono="espera">
          <p>
            <strong>
              {pendientes === 1 ? 'Queda 1 alumno' : `Quedan ${cuantos(pendientes, 'alumno')}`} por corregir.
            </strong>
          </p>
          <p>
            En <Link to="/por-corregir">Por corregir</Link> está cada uno, con lo que hay que hacer.
          </p>
        </Aviso>
      )}
      <p>
        <Link className="boton" to="/instalacion" search={{ paso: 'ventana' }}>
          Seguir: ventana y avisos
        </Link>
      </p>
    </div>
  );
}
