import type { Of } from '../api.ts';
import { cuantos } from '../format.ts';
import { Aviso } from './estado.tsx';

interface Hallado {
  mensaje: string;
  queHacer: string;
  lugar?: string | undefined;
  rut?: string | null | undefined;
  codigoModulo?: string | null | undefined;
  ruta?: string;
}

/** What was found in the data: folded, since it can be long. */
export function Hallazgos({ de, titulo }: { de: Hallado[]; titulo: string }) {
  if (de.length === 0) return null;
  return (
    <details className="aviso espera">
      <summary>
        <strong>
          {cuantos(de.length, 'observación', 'observaciones')} {titulo}
        </strong>
      </summary>
      <ul>
        {de.map(({ mensaje, queHacer, lugar, rut, codigoModulo, ruta }) => (
          <li key={`${ruta} ${rut} ${codigoModulo} ${mensaje}`}>
            {mensaje} <strong>Qué hacer:</strong> {queHacer}
            {lugar !== undefined && <span className="suave"> ({lugar})</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Sources that could not be read. */
export function Fallas({ de }: { de: Of<'fallaFuente'>[] }) {
  return de.map(({ fuente, mensaje, queHacer }) => (
    <Aviso key={fuente} tono="mal">
      <p>
        <strong>{mensaje}</strong>
      </p>
      <p>{queHacer}</p>
    </Aviso>
  ));
}
