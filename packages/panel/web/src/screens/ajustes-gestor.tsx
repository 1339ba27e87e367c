import { useState } from 'react';
import { type Of, pedir } from '../api.ts';
import { rutDe } from '../format.ts';
import { useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Campo } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Falla } from '../parts/estado.tsx';
import { CampoGestor } from './otec-campos.tsx';

interface Props {
  instalacion: Pick<Of<'instalacion'>, 'gestor' | 'otecs'>;
  onClose: () => void;
}

/** For a rehearsal, and back. Another server is not handed the tokens of this one: they are asked for again. */
export function CambiarGestor({ instalacion: { gestor, otecs }, onClose }: Props) {
  const [escrita, setEscrita] = useState(gestor);
  const conToken = servidorDe(escrita) === servidorDe(gestor) ? [] : otecs.filter((otec) => otec.tokenDe);
  const guardar = useCambio(
    (cambio: { gestor: string; tokens: Record<string, string> }) =>
      pedir<'instalacion'>('PUT', '/api/instalacion', cambio),
    onClose,
  );
  return (
    <Dialogo titulo="A qué Gestor Intermedio se envía" onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const tokens = conToken.map(({ rut }) => [rut, String(form.get(`token ${rut}`)).trim()]);
          guardar.mutate({ gestor: escrita.trim(), tokens: Object.fromEntries(tokens) });
        }}
      >
        <CampoGestor gestor={gestor} onChange={setEscrita} />
        {conToken.map(({ rut, nombre }) => (
          <Campo
            key={rut}
            etiqueta={`Token de ${nombre ?? rutDe(rut)} en ese Gestor`}
            name={`token ${rut}`}
            type="password"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            required
            ayuda="Es otro servidor: el token guardado no se le manda por sí solo."
          />
        ))}
        {guardar.isError && <Falla error={guardar.error} />}
        <div className="fila">
          <BotonGuardar guardando={guardar.isPending} />
          <button type="button" onClick={onClose}>
            Cancelar
          </button>
        </div>
      </form>
    </Dialogo>
  );
}

/** Null while what is typed is no address yet. */
function servidorDe(direccion: string): string | null {
  return URL.canParse(direccion.trim()) ? new URL(direccion.trim()).origin : null;
}
