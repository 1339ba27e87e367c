import { useMutation, useQuery } from '@tanstack/react-query';
import { pedir } from '../api.ts';
import { hoyQuery } from '../consultas.ts';
import { Aviso, Consulta, Falla } from '../parts/estado.tsx';

/** Whether SENCE can be reached and takes each provider's token. */
export function Pruebas() {
  const hoy = useQuery(hoyQuery);
  return (
    <section>
      <h2>Conexión con SENCE</h2>
      <Consulta de={hoy}>
        {({ proveedores }) =>
          proveedores.map(({ rutOtec, nombre }) => <Prueba key={rutOtec} rutOtec={rutOtec} nombre={nombre} />)
        }
      </Consulta>
    </section>
  );
}

function Prueba({ rutOtec, nombre }: { rutOtec: string; nombre: string }) {
  const probar = useMutation({ mutationFn: () => pedir<'prueba'>('POST', '/api/conexion', { rutOtec }) });
  return (
    <div className="tarjeta">
      <div className="fila medio">
        <span>
          <strong>{nombre}</strong> {nombre !== rutOtec && <span className="suave">{rutOtec}</span>}
        </span>
        <button type="button" disabled={probar.isPending} onClick={() => probar.mutate()}>
          {probar.isPending ? 'Probando…' : 'Probar la conexión y el token'}
        </button>
      </div>
      {probar.isError && <Falla error={probar.error} />}
      {probar.data && (
        <div className="separada" role="status">
          <Aviso tono={probar.data.alcanzado && probar.data.tokenAceptado ? 'bien' : 'mal'}>
            <p>
              <strong>{probar.data.mensaje}</strong>
            </p>
            {probar.data.queHacer !== '' && <p>{probar.data.queHacer}</p>}
          </Aviso>
        </div>
      )}
    </div>
  );
}
