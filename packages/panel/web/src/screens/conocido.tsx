import { useState } from 'react';
import type { ErrorAbierto } from '../../../src/api.ts';
import { rutDe } from '../format.ts';
import { Campo } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Motivos } from '../parts/motivos.tsx';
import type { Arreglos } from './arreglos.tsx';

const SE_ENVIA = 'Se sigue enviando cada noche.';
const NO_SE_ENVIA = 'Desde esta noche no se envía.';
const MOTIVOS = [
  { texto: 'Se retiró', ayuda: NO_SE_ENVIA },
  { texto: 'No es parte del curso', ayuda: NO_SE_ENVIA },
  { texto: 'Ya se consultó a SENCE', ayuda: SE_ENVIA },
  { texto: 'Otro motivo', ayuda: SE_ENVIA },
] as const;

/** Nobody has to correct it: it is counted apart, with who said so and why, until it changes or somebody undoes it. */
export function MarcarConocido({
  error,
  arreglos,
  onClose,
}: {
  error: ErrorAbierto;
  arreglos: Arreglos;
  onClose: () => void;
}) {
  const [motivo, setMotivo] = useState<string | null>(null);
  const quien = error.nombre ?? (error.rut === null ? error.titulo : rutDe(error.rut));
  return (
    <Dialogo titulo={`Marcar como conocido a ${quien}`} onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          const nota = String(new FormData(event.currentTarget).get('nota')).trim();
          const { rutOtec, codigoOferta, codigoGrupo, rut } = error;
          const nueva = {
            ...{ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo: null },
            motivo: [motivo, nota].filter(Boolean).join('. '),
          };
          const isLeftOut = MOTIVOS.some(({ texto, ayuda }) => texto === motivo && ayuda === NO_SE_ENVIA);
          arreglos.decidir(
            [
              { ...nueva, tipo: 'conocido' },
              // Of a course as a whole nothing is left out by this.
              ...(isLeftOut && rut !== null ? [{ ...nueva, tipo: 'no-informar' as const }] : []),
            ],
            [error],
            `${quien}: caso conocido. ${isLeftOut ? NO_SE_ENVIA : SE_ENVIA}`,
          );
          onClose();
        }}
      >
        <p>
          Deja de contarse entre los pendientes y pasa a «Conocidos». Vuelve solo a la lista si el problema
          cambia.
        </p>
        <Motivos motivos={MOTIVOS} elegido={motivo} onElegir={setMotivo} />
        <Campo etiqueta="Nota" name="nota" maxLength={300} required={motivo === 'Otro motivo'} />
        <div className="acciones">
          <button type="button" onClick={onClose}>
            Cancelar
          </button>
          <button type="submit" className="principal" disabled={motivo === null}>
            Marcar como conocido
          </button>
        </div>
      </form>
    </Dialogo>
  );
}
