import type { Of } from '../api.ts';
import { Aviso } from './estado.tsx';

/** Why nothing of the set-up can be changed from here, and what to do. */
export function SoloLectura({ de: { soloLectura } }: { de: Of<'instalacion'> }) {
  if (soloLectura === null) return null;
  return (
    <Aviso tono="espera">
      <p>
        <strong>{soloLectura.mensaje}</strong>
      </p>
      <p>{soloLectura.queHacer}</p>
    </Aviso>
  );
}
