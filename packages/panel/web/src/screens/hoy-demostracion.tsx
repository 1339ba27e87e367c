import { useMutation } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import { traer } from '../api.ts';
import { Falla } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { useMirarPlanilla } from '../planilla.ts';

/** In a rehearsal with an invented provider: what it is, and what there is to try. */
export function Demostracion({ archivos }: { archivos: readonly string[] }) {
  const mirar = useMirarPlanilla();
  const tomar = useMutation({
    mutationFn: async (archivo: string) =>
      new File([await traer(`/api/ejemplos/${encodeURIComponent(archivo)}`)], archivo),
    onSuccess: mirar,
  });
  if (archivos.length === 0) return null;
  return (
    <section className="tarjeta demostracion" aria-labelledby="demostracion">
      <h2 id="demostracion">Esto es un ensayo: la OTEC y sus alumnos son inventados</h2>
      <ol>
        <li>Mire en «Lo pendiente» quién no llegó y por qué. Ahí mismo están los botones para arreglarlo.</li>
        <li>
          Suba una planilla ya corregida: antes de enviar nada verá qué cambia, por nombre.
          <span className="fila">
            {archivos.map((archivo) => (
              <span key={archivo} className="fila">
                <button
                  type="button"
                  className="chico"
                  disabled={tomar.isPending}
                  onClick={() => tomar.mutate(archivo)}
                >
                  <Icono de={FileSpreadsheet} menudo />
                  Probar {archivo}
                </button>
                <a href={`/api/ejemplos/${encodeURIComponent(archivo)}`} download={archivo} className="chico">
                  Bajar<span className="solo-lector"> {archivo}</span>
                </a>
              </span>
            ))}
          </span>
        </li>
        <li>Envíela ahora, o espere las 22:00 de este ensayo: la noche dura diez minutos.</li>
      </ol>
      {tomar.isError && <Falla error={tomar.error} />}
      <p className="suave chico">
        Para usar Puente con su OTEC, detenga el ensayo y siga «Poner en marcha» en el manual: no queda nada
        de lo que haga aquí.
      </p>
    </section>
  );
}
