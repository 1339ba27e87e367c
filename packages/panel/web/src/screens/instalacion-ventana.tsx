import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { type Of, pedir } from '../api.ts';
import { rutaOtec, useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Selector } from '../parts/campo.tsx';
import { Falla, Vacio } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { Canales } from './canales.tsx';
import { CamposVentana, ventanaDe } from './otec-ventana.tsx';

type Otec = Of<'otecInstalada'>;

/** When it is sent, and who is told when something goes wrong. */
export function PasoVentana({ instalacion: { otecs } }: { instalacion: Of<'instalacion'> }) {
  const [rut, setRut] = useState(otecs[0]?.rut);
  const otec = otecs.find((una) => una.rut === rut) ?? otecs[0];
  return (
    <>
      <Titulo texto="Cuándo se envía y a quién se avisa">
        Puente envía solo cada noche. Si algo sale mal, conviene que alguien lo sepa.
      </Titulo>
      {otec === undefined ? (
        <Vacio titulo="Primero hace falta la OTEC.">
          <p>
            <Link to="/instalacion" search={{ paso: 'otec' }}>
              Ir al paso «OTEC»
            </Link>
          </p>
        </Vacio>
      ) : (
        <>
          {otecs.length > 1 && (
            <div className="ancha acciones">
              <Selector
                etiqueta="OTEC"
                value={otec.rut}
                onChange={(event) => setRut(event.currentTarget.value)}
                opciones={otecs.map((una) => ({ valor: una.rut, texto: una.nombre ?? una.rut }))}
              />
            </div>
          )}
          <DeUnaOtec key={otec.rut} otec={otec} />
        </>
      )}
    </>
  );
}

function DeUnaOtec({ otec }: { otec: Otec }) {
  const id = useId();
  const navigate = useNavigate();
  const guardar = useCambio(
    (cambio: ReturnType<typeof ventanaDe>) => pedir<'instalacion'>('PUT', rutaOtec(otec.rut), cambio),
    () => navigate({ to: '/' }),
  );
  return (
    <>
      <form
        id={id}
        className="columna ancha"
        onSubmit={(event) => {
          event.preventDefault();
          guardar.mutate(ventanaDe(event.currentTarget));
        }}
      >
        <CamposVentana otec={otec} />
      </form>
      <h2>Avisos</h2>
      <Canales otec={otec} />
      <p className="separada">
        <BotonGuardar form={id} guardando={guardar.isPending}>
          Terminar
        </BotonGuardar>
      </p>
      {guardar.isError && <Falla error={guardar.error} />}
    </>
  );
}
