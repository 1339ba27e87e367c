import { useState } from 'react';
import type { CambioDeOtec, OtecInstalada } from '../../../src/api.ts';
import { CampoHora, Opciones } from '../parts/campo.tsx';

const TARDIO: { valor: OtecInstalada['tardio']; texto: string; ayuda: string }[] = [
  {
    valor: 'perder',
    texto: 'Esperar a la noche siguiente',
    ayuda:
      'Puente avisa, y el próximo envío lleva todo lo que falta: el avance no se pierde. Respeta el horario de SENCE.',
  },
  {
    valor: 'enviar',
    texto: 'Enviarlo apenas se pueda',
    ayuda: 'Puente insiste fuera de la ventana, hasta que llegue o comience la siguiente.',
  },
];

/** When a provider's progress is sent, and what becomes of what was not sent in time. */
export function CamposVentana({ otec: { ventana, tardio: guardado } }: { otec: OtecInstalada }) {
  const [tardio, setTardio] = useState(guardado);
  return (
    <>
      <div className="fila">
        <CampoHora etiqueta="Enviar desde" name="desde" defaultValue={ventana.desde} />
        <CampoHora etiqueta="Hasta" name="hasta" defaultValue={ventana.hasta} />
      </div>
      <p className="suave">
        Hora de Santiago. SENCE pide enviar entre las 22:00 y las 00:00: así recibe el día completo y, de
        madrugada, lo traspasa a SIC. Cámbielo solo si SENCE le dio otro horario, o para ensayar.
      </p>
      <Opciones
        titulo="Si algo no alcanza a enviarse en ese horario"
        nombre="tardio"
        opciones={TARDIO}
        elegida={tardio}
        onElegir={setTardio}
      />
    </>
  );
}

export function ventanaDe(form: HTMLFormElement): Required<Pick<CambioDeOtec, 'ventana' | 'tardio'>> {
  const data = new FormData(form);
  const hora = (name: string) => String(data.get(name)).trim();
  return {
    ventana: { desde: hora('desde'), hasta: hora('hasta') },
    tardio: data.get('tardio') === 'enviar' ? 'enviar' : 'perder',
  };
}
