import type { CambioDeOtec, OtecInstalada } from '../../../src/api.ts';
import { pedir } from '../api.ts';
import { rutDe } from '../format.ts';
import { rutaOtec, useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Campo, CampoHora } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Falla } from '../parts/estado.tsx';
import { CampoToken } from './otec-campos.tsx';
import { CamposVentana, ventanaDe } from './otec-ventana.tsx';

export function CambiarOtec({ otec, onClose }: { otec: OtecInstalada; onClose: () => void }) {
  return (
    <DialogoDeOtec
      titulo={`Cambiar los datos de ${otec.nombre ?? rutDe(otec.rut)}`}
      cambioDe={(form) => {
        const nombre = texto(form, 'nombre');
        return {
          rut: otec.rut,
          cambio: {
            ...(nombre !== '' && { nombre }),
            ...ventanaDe(form),
            graciaDias: Number(texto(form, 'graciaDias')),
            resumenA: texto(form, 'resumenA'),
          },
        };
      }}
      onClose={onClose}
    >
      <Campo
        etiqueta="Nombre"
        name="nombre"
        defaultValue={otec.nombre ?? ''}
        maxLength={300}
        required={otec.nombre !== null}
      />
      <CamposVentana otec={otec} />
      <Campo
        etiqueta="Días que se sigue enviando un curso terminado"
        name="graciaDias"
        type="number"
        min={0}
        max={366}
        defaultValue={otec.graciaDias}
        required
        ayuda="Para lo que se corrige después del último día."
      />
      <CampoHora
        etiqueta="Hora del resumen de la mañana"
        name="resumenA"
        defaultValue={otec.resumenA}
        ayuda="Hora de Santiago. Llega por los avisos."
      />
    </DialogoDeOtec>
  );
}

export function NuevaOtec({ onClose }: { onClose: () => void }) {
  return (
    <DialogoDeOtec
      titulo="Agregar una OTEC"
      cambioDe={(form) => {
        const [nombre, token] = [texto(form, 'nombre'), texto(form, 'token')];
        return {
          rut: texto(form, 'rut'),
          cambio: { ...(nombre !== '' && { nombre }), ...(token !== '' && { token }) },
        };
      }}
      onClose={onClose}
    >
      <Campo
        etiqueta="RUT de la OTEC"
        name="rut"
        maxLength={20}
        autoComplete="off"
        required
        ayuda="Da lo mismo con puntos o sin ellos."
      />
      <Campo etiqueta="Nombre (opcional)" name="nombre" maxLength={300} autoComplete="organization" />
      <CampoToken />
    </DialogoDeOtec>
  );
}

function DialogoDeOtec({
  titulo,
  cambioDe,
  onClose,
  children,
}: {
  titulo: string;
  cambioDe: (form: HTMLFormElement) => { rut: string; cambio: CambioDeOtec };
  onClose: () => void;
  children: React.ReactNode;
}) {
  const guardar = useCambio(
    ({ rut, cambio }: ReturnType<typeof cambioDe>) => pedir<'instalacion'>('PUT', rutaOtec(rut), cambio),
    onClose,
  );
  return (
    <Dialogo titulo={titulo} onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          guardar.mutate(cambioDe(event.currentTarget));
        }}
      >
        {children}
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

function texto(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name)).trim();
}
