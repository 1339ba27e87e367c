import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { mandar, type Of, pedir } from '../api.ts';
import { segundoPasoQuery } from '../consultas.ts';
import { cuando } from '../format.ts';
import { Campo } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Consulta, Falla } from '../parts/estado.tsx';

/** One's own account: a code of a telephone besides the password. */
export function SegundoPaso() {
  const queryClient = useQueryClient();
  const segundo = useQuery(segundoPasoQuery);
  const [dialogo, setDialogo] = useState<'poner' | 'quitar' | null>(null);
  const onHecho = () => {
    setDialogo(null);
    return queryClient.invalidateQueries({ queryKey: ['segundo-paso'] });
  };
  return (
    <section>
      <h3>Segundo paso para entrar</h3>
      <Consulta de={segundo}>
        {({ desde }) => (
          <>
            <p>
              {desde === null
                ? 'Su cuenta entra solo con la contraseña. Con un segundo paso pide también un código de una aplicación de su teléfono (Google Authenticator, Aegis u otra): quien le robe la contraseña no entra.'
                : `Su cuenta pide un código de su teléfono desde el ${cuando(desde)}. Si pierde el teléfono, pida un enlace de entrada a quien lleva el computador donde está Puente.`}
            </p>
            {desde === null ? (
              <button type="button" onClick={() => setDialogo('poner')}>
                Poner un segundo paso
              </button>
            ) : (
              <button type="button" className="peligro" onClick={() => setDialogo('quitar')}>
                Quitar el segundo paso
              </button>
            )}
          </>
        )}
      </Consulta>
      {dialogo === 'poner' && <Poner onHecho={onHecho} onClose={() => setDialogo(null)} />}
      {dialogo === 'quitar' && <Quitar onHecho={onHecho} onClose={() => setDialogo(null)} />}
    </section>
  );
}

interface Paso {
  onHecho: () => void;
  onClose: () => void;
}

function Poner({ onHecho, onClose }: Paso) {
  const secreto = useQuery({
    queryKey: ['segundo-paso', 'secreto'],
    queryFn: () => pedir<'secretoDeSegundoPaso'>('POST', '/api/segundo-paso/secreto', {}),
    // Another one would not be the one in the telephone.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const poner = useMutation({
    mutationFn: (body: { clave: string; secreto: string; codigo: string }) =>
      mandar('PUT', '/api/segundo-paso', body),
    onSuccess: onHecho,
  });
  return (
    <Dialogo titulo="Poner un segundo paso" onClose={onClose}>
      <Consulta de={secreto}>
        {(data) => (
          <form
            className="columna"
            onSubmit={(event) => {
              event.preventDefault();
              const form = new FormData(event.currentTarget);
              const { secreto } = data;
              poner.mutate({ clave: String(form.get('clave')), secreto, codigo: String(form.get('codigo')) });
            }}
          >
            <p>
              Lea este código con la aplicación de su teléfono, y escriba después las seis cifras que muestre.
            </p>
            <Cuadro qr={data.qr} />
            <p className="chico">
              Si no puede leerlo, escriba en la aplicación:{' '}
              <code>{data.secreto.replace(/(.{4})/g, '$1 ').trim()}</code>
            </p>
            {poner.isError && <Falla error={poner.error} />}
            <Campo
              etiqueta="Código de la aplicación"
              name="codigo"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              required
            />
            <Campo
              etiqueta="Su contraseña"
              name="clave"
              type="password"
              autoComplete="current-password"
              required
            />
            <button type="submit" className="principal" disabled={poner.isPending}>
              Poner el segundo paso
            </button>
          </form>
        )}
      </Consulta>
    </Dialogo>
  );
}

/** Dark on white whatever the page's colours are, with the margin that readers need. */
function Cuadro({ qr }: Pick<Of<'secretoDeSegundoPaso'>, 'qr'>) {
  const size = qr.length + 2 * MARGIN;
  const dark = qr.flatMap((row, y) =>
    [...row].flatMap((square, x) => (square === '1' ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : [])),
  );
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width="220"
      height="220"
      role="img"
      aria-label="Código para el teléfono"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

function Quitar({ onHecho, onClose }: Paso) {
  const quitar = useMutation({
    mutationFn: (clave: string) => mandar('DELETE', '/api/segundo-paso', { clave }),
    onSuccess: onHecho,
  });
  return (
    <Dialogo titulo="¿Quitar el segundo paso?" onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          quitar.mutate(String(new FormData(event.currentTarget).get('clave')));
        }}
      >
        <p>Su cuenta vuelve a entrar solo con la contraseña.</p>
        {quitar.isError && <Falla error={quitar.error} />}
        <Campo
          etiqueta="Su contraseña"
          name="clave"
          type="password"
          autoComplete="current-password"
          required
        />
        <button type="submit" className="peligro" disabled={quitar.isPending}>
          Quitar
        </button>
      </form>
    </Dialogo>
  );
}

const MARGIN = 4;
