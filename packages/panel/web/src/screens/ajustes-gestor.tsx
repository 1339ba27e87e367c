import { pedir } from '../api.ts';
import { useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Falla } from '../parts/estado.tsx';
import { CampoGestor } from './otec-campos.tsx';

/** For a rehearsal, and back. */
export function CambiarGestor({ gestor, onClose }: { gestor: string; onClose: () => void }) {
  const guardar = useCambio(
    (nuevo: string) => pedir<'instalacion'>('PUT', '/api/instalacion', { gestor: nuevo }),
    onClose,
  );
  return (
    <Dialogo titulo="A qué Gestor Intermedio se envía" onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          guardar.mutate(String(new FormData(event.currentTarget).get('gestor')).trim());
        }}
      >
        <CampoGestor gestor={gestor} />
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
