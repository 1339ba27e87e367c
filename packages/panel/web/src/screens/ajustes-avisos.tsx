import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { rutDe } from '../format.ts';
import { Vacio } from '../parts/estado.tsx';
import { Canales } from './canales.tsx';
import { Seccion } from './seccion.tsx';

/** Who is told, provider by provider. */
export function AjustesAvisos({ instalacion: { otecs } }: { instalacion: Of<'instalacion'> }) {
  return (
    <Seccion
      id="avisos"
      titulo="Avisos"
      texto="A quién se avisa cuando algo sale mal, quién recibe cada mañana el resumen de la noche, y quién, los lunes, lo que está por cerrar."
    >
      {otecs.length === 0 && (
        <Vacio titulo="Todavía no hay ninguna OTEC.">
          <p>
            <Link to="/instalacion">Poner en marcha</Link>
          </p>
        </Vacio>
      )}
      {otecs.map((otec) => (
        <div key={otec.rut} className="separadas">
          {otecs.length > 1 && <h3>{otec.nombre ?? rutDe(otec.rut)}</h3>}
          <Canales otec={otec} />
        </div>
      ))}
    </Seccion>
  );
}
