import type { Of } from '../api.ts';
import { duracion } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';

const RELOJ_BIEN = 60;

/** What came of trying a provider's token with SENCE, in words. */
export function ResultadoDePrueba({ prueba, sinGuardar }: { prueba: Of<'prueba'>; sinGuardar: boolean }) {
  const { alcanzado, tokenAceptado, mensaje, queHacer, relojAdelantadoSegundos: reloj } = prueba;
  const bien = alcanzado && tokenAceptado;
  return (
    <div role="status">
      <Aviso tono={bien ? 'bien' : 'mal'}>
        <p>
          <strong>{mensaje}</strong>
        </p>
        {queHacer !== '' && <p>{queHacer}</p>}
        {!bien && sinGuardar && (
          <p>Puede guardar y seguir, pero no se enviará nada a SENCE hasta que el token funcione.</p>
        )}
      </Aviso>
      {reloj !== null && Math.abs(reloj) > RELOJ_BIEN && (
        <Aviso tono="espera">
          <p>
            <strong>
              El reloj de este computador está {duracion(Math.abs(reloj))}{' '}
              {reloj > 0 ? 'adelantado' : 'atrasado'}.
            </strong>
          </p>
          <p>
            Puente envía según este reloj; con otra hora podría enviar fuera del horario de SENCE. Póngalo en
            hora, o pida que se ajuste solo por Internet.
          </p>
        </Aviso>
      )}
    </div>
  );
}
