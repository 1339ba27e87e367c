import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { type Of, pedir } from '../api.ts';
import { rutDe } from '../format.ts';
import { rutaOtec, useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Campo, Selector } from '../parts/campo.tsx';
import { Falla } from '../parts/estado.tsx';
import { Plegado } from '../parts/plegado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { CampoGestor, CampoToken } from './otec-campos.tsx';
import { ResultadoDePrueba } from './otec-prueba.tsx';

type Instalacion = Of<'instalacion'>;

/** Who reports, with which token. */
export function PasoOtec({ instalacion }: { instalacion: Instalacion }) {
  const { otecs, falta } = instalacion;
  const sinToken = otecs.find(({ tokenDe }) => tokenDe === null);
  const [rut, setRut] = useState((falta.includes('token') ? sinToken : otecs[0])?.rut);
  return (
    <>
      <Titulo texto="¿Qué OTEC informa?">
        Puente envía a SENCE en nombre de su OTEC. Para eso necesita su RUT y el token que SENCE le entregó.
      </Titulo>
      {otecs.length > 1 && (
        <div className="ancha acciones">
          <Selector
            etiqueta="OTEC"
            value={rut}
            onChange={(event) => setRut(event.currentTarget.value)}
            opciones={otecs.map((otec) => ({ valor: otec.rut, texto: otec.nombre ?? rutDe(otec.rut) }))}
          />
        </div>
      )}
      <Formulario key={rut} instalacion={instalacion} otec={otecs.find((otec) => otec.rut === rut) ?? null} />
    </>
  );
}

function Formulario({
  instalacion: { gestor, gestorOficial },
  otec,
}: {
  instalacion: Instalacion;
  otec: Instalacion['otecs'][number] | null;
}) {
  const ref = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();
  const probar = useMutation({
    mutationFn: ({ rut, ...body }: Datos) =>
      pedir<'prueba'>('POST', `${rutaOtec(rut)}/prueba`, {
        ...(body.gestor !== '' && { gestor: body.gestor }),
        ...(body.token !== '' && { token: body.token }),
      }),
  });
  const guardar = useCambio(
    async ({ rut, nombre, token, ...datos }: Datos) => {
      if (datos.gestor !== '' && datos.gestor !== gestor) {
        const tokens = otec !== null && token !== '' ? { [otec.rut]: token } : {};
        await pedir<'instalacion'>('PUT', '/api/instalacion', { gestor: datos.gestor, tokens });
      }
      return pedir<'instalacion'>('PUT', rutaOtec(rut), {
        ...(nombre !== '' && { nombre }),
        ...(token !== '' && { token }),
      });
    },
    () => navigate({ to: '/instalacion', search: { paso: 'fuente' } }),
  );
  return (
    <form
      ref={ref}
      className="columna ancha"
      onChange={() => probar.reset()}
      onSubmit={(event) => {
        event.preventDefault();
        guardar.mutate(datosDe(event.currentTarget));
      }}
    >
      <Campo
        etiqueta="RUT de la OTEC"
        name="rut"
        defaultValue={otec?.rut}
        readOnly={otec !== null}
        maxLength={20}
        autoComplete="off"
        required
        ayuda={
          otec === null ? (
            'Por ejemplo, 76.123.456-0. Da lo mismo con puntos o sin ellos.'
          ) : (
            <>
              ¿No es este, o informa por otra OTEC más? Se quitan y se agregan en{' '}
              <Link to="/ajustes">Ajustes</Link>.
            </>
          )
        }
      />
      <Campo
        etiqueta="Nombre (opcional)"
        name="nombre"
        defaultValue={otec?.nombre ?? ''}
        maxLength={300}
        autoComplete="organization"
        ayuda="Como quiere verla en este panel y en los avisos."
      />
      <CampoToken guardado={otec !== null && otec.tokenDe !== null} />
      <Plegado titulo="Voy a ensayar con otro Gestor Intermedio" abierto={!gestorOficial}>
        <CampoGestor gestor={gestor} />
      </Plegado>
      <div className="fila">
        <button
          type="button"
          disabled={probar.isPending}
          onClick={() => {
            if (ref.current?.reportValidity()) probar.mutate(datosDe(ref.current));
          }}
        >
          {probar.isPending ? 'Probando…' : 'Probar la conexión'}
        </button>
        <BotonGuardar guardando={guardar.isPending}>Guardar y seguir</BotonGuardar>
      </div>
      {(guardar.error ?? probar.error) && <Falla error={guardar.error ?? probar.error ?? new Error()} />}
      {probar.data && <ResultadoDePrueba prueba={probar.data} sinGuardar />}
    </form>
  );
}

interface Datos {
  rut: string;
  nombre: string;
  token: string;
  gestor: string;
}

function datosDe(form: HTMLFormElement): Datos {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name)).trim();
  return { rut: text('rut'), nombre: text('nombre'), token: text('token'), gestor: text('gestor') };
}
