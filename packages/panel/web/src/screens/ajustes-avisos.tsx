import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { instalacionQuery } from '../consultas.ts';
import { rutDe } from '../format.ts';
import { Consulta, Vacio } from '../parts/estado.tsx';
import { SoloLectura } from '../parts/solo-lectura.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { Canales } from './canales.tsx';

/** Who is told, provider by provider. */
export function AjustesAvisos() {
  const instalacion = useQuery(instalacionQuery);
  return (
    <>
      <Titulo texto="Avisos">
        A quién se avisa cuando algo sale mal, y quién recibe cada mañana el resumen de la noche.
      </Titulo>
      <Consulta de={instalacion}>
        {(data) => (
          <>
            <SoloLectura de={data} />
            {data.otecs.length === 0 && (
              <Vacio titulo="Todavía no hay ninguna OTEC.">
                <p>
                  <Link to="/instalacion">Poner en marcha</Link>
                </p>
              </Vacio>
            )}
            {data.otecs.map((otec) => (
              <section key={otec.rut}>
                <h2>{otec.nombre ?? rutDe(otec.rut)}</h2>
                <p className="suave">El resumen de la mañana sale a las {otec.resumenA}, hora de Santiago.</p>
                <Canales otec={otec} />
              </section>
            ))}
          </>
        )}
      </Consulta>
    </>
  );
}
