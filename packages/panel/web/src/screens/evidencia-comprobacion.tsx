import { useQuery } from '@tanstack/react-query';
import { leer } from '../api.ts';
import { cuando, cuantos } from '../format.ts';
import { Aviso, Falla } from '../parts/estado.tsx';
import { Plegado } from '../parts/plegado.tsx';

/** Whether somebody changed what was written down, looked at now. */
export function Comprobacion() {
  const { data, error } = useQuery({
    queryKey: ['evidencia', 'comprobacion'],
    queryFn: () => leer<'comprobacion'>('/api/evidencia/comprobacion'),
  });
  return (
    <section className="tarjeta" aria-labelledby="comprobacion">
      <h2 id="comprobacion">¿Alguien cambió la bitácora?</h2>
      <div aria-live="polite" className="separadas">
        {error !== null && <Falla error={error} />}
        {data === undefined && error === null && <p className="suave">Comprobando: todavía no se sabe.</p>}
        {data?.roto === null && (
          <p>
            No:{' '}
            {data.hechos === 1
              ? 'su único hecho está como se escribió'
              : `sus ${cuantos(data.hechos, 'hecho')} están como se escribieron`}
            . Comprobado el {cuando(data.cuando)}.
          </p>
        )}
        {data !== undefined && data.roto !== null && (
          <Aviso tono="mal">
            <p>
              <strong>
                El hecho número {data.roto} no está como se escribió, o falta. Comprobado el{' '}
                {cuando(data.cuando)}.
              </strong>
            </p>
            <p>Avise a su técnico, y compare con la marca que llega al pie del correo de la mañana.</p>
          </Aviso>
        )}
      </div>
      <Plegado titulo="Para su técnico: cómo se comprueba">
        <p>
          Cada hecho de la bitácora lleva una huella que incluye la del anterior: si alguien cambia o borra
          uno, la cadena deja de calzar y aquí se dice desde cuál. La prueba que se descarga de un curso trae
          la huella de cada archivo en su manifiesto.
        </p>
      </Plegado>
    </section>
  );
}
