import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { trabajoQuery } from '../consultas.ts';
import { cuantos, numero } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';

/** Where to go on from once the send has ended. */
export function Despues({ id, ensayo }: { id: string; ensayo: boolean }) {
  const { data } = useQuery(trabajoQuery(id));
  const envios = data?.resultado?.envios;
  if (envios === undefined || envios.length === 0) return null;
  const total = (count: (envio: Of<'envioHecho'>) => number) =>
    envios.reduce((sum, envio) => sum + count(envio), 0);
  const aceptados = total((envio) => envio.aceptados);
  const pendientes = total(({ rechazados, retenidos }) => rechazados + retenidos);
  return (
    <div role="status">
      {aceptados > 0 && (
        <Aviso tono="bien">
          <p>
            <strong>
              {ensayo
                ? `El ensayo funcionó: ese Gestor aceptó ${cuantos(aceptados, 'registro')}. A SENCE no llegó nada.`
                : `Su avance ya está en SENCE: aceptó ${cuantos(aceptados, 'registro')}.`}
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
              {pendientes === 1 ? 'Queda 1 problema' : `Quedan ${numero(pendientes)} problemas`} por corregir
              en los datos.
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
