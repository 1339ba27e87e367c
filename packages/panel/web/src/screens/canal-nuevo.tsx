import { useState } from 'react';
import type { CanalNuevo } from '../../../src/api.ts';
import { pedir } from '../api.ts';
import { rutaOtec, useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Campo, Opciones, Selector } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Falla } from '../parts/estado.tsx';
import { CamposCorreo } from './canal-correo.tsx';
import { CamposRecibe, recibeDe, TODO } from './canal-recibe.tsx';

type Tipo = CanalNuevo['tipo'];

const TIPOS: { valor: Tipo; texto: string; ayuda: string }[] = [
  { valor: 'correo', texto: 'Correo', ayuda: 'A una o más personas, desde una casilla de su organización.' },
  { valor: 'webhook', texto: 'Slack, Teams u otro programa', ayuda: 'Con la dirección de un webhook.' },
];

/** Another way of telling that something went wrong. */
export function CanalNuevoDialogo({ rut, onClose }: { rut: string; onClose: () => void }) {
  const [tipo, setTipo] = useState<Tipo>('correo');
  const crear = useCambio(
    (canal: CanalNuevo) => pedir<'instalacion'>('POST', `${rutaOtec(rut)}/alertas`, { canal }),
    onClose,
  );
  return (
    <Dialogo titulo="Agregar un aviso" onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          crear.mutate(canalDe(tipo, new FormData(event.currentTarget)));
        }}
      >
        <Opciones
          titulo="¿Por dónde avisar?"
          nombre="tipo"
          opciones={TIPOS}
          elegida={tipo}
          onElegir={setTipo}
        />
        {tipo === 'correo' ? <CamposCorreo /> : <CamposWebhook />}
        <CamposRecibe elegidos={TODO} />
        {crear.isError && <Falla error={crear.error} />}
        <div className="fila">
          <BotonGuardar guardando={crear.isPending}>Agregar</BotonGuardar>
          <button type="button" onClick={onClose}>
            Cancelar
          </button>
        </div>
      </form>
    </Dialogo>
  );
}

function CamposWebhook() {
  return (
    <>
      <Selector
        etiqueta="De qué programa"
        name="formato"
        opciones={[
          { valor: 'slack', texto: 'Slack' },
          { valor: 'teams', texto: 'Microsoft Teams' },
          { valor: 'json', texto: 'Otro (recibe JSON)' },
        ]}
      />
      <Campo
        etiqueta="Dirección del webhook"
        name="url"
        type="url"
        autoComplete="off"
        maxLength={2000}
        required
        ayuda="La entrega el otro programa. Quien la conoce puede escribir ahí: se guarda cifrada y no se vuelve a mostrar."
      />
      <Campo
        etiqueta="Clave para firmar (opcional)"
        name="clave"
        type="password"
        autoComplete="off"
        maxLength={2000}
        ayuda="Si el otro programa la conoce, puede comprobar que cada aviso es de Puente. Slack y Teams no la usan."
      />
    </>
  );
}

function canalDe(tipo: Tipo, form: FormData): CanalNuevo {
  const text = (name: string) => String(form.get(name)).trim();
  const recibe = recibeDe(form);
  if (tipo === 'webhook') {
    const formato = text('formato');
    return {
      tipo,
      recibe,
      formato: formato === 'slack' || formato === 'teams' ? formato : 'json',
      url: text('url'),
      ...(text('clave') !== '' && { clave: text('clave') }),
    };
  }
  return {
    tipo,
    recibe,
    servidor: text('servidor'),
    puerto: Number(text('puerto')),
    tls: form.get('tls') === 'on',
    usuario: text('usuario') || null,
    clave: text('clave') || null,
    de: text('de'),
    para: text('para')
      .split(/[,;\s]+/)
      .filter((uno) => uno !== ''),
  };
}
