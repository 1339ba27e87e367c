import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, type Of, pedir } from '../api.ts';
import { Campo } from '../parts/campo.tsx';
import { Falla } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';

export function Entrar() {
  const queryClient = useQueryClient();
  const [pideCodigo, setPideCodigo] = useState(false);
  const entrar = useMutation({
    mutationFn: (body: { usuario: string; clave: string; codigo?: string }) =>
      pedir<'sesion'>('POST', '/api/sesion', body),
    onSuccess: (sesion: Of<'sesion'>) => queryClient.setQueryData(['sesion'], sesion),
    onError: (error) => {
      if (error instanceof ApiError && error.codigo === 'segundo-paso') setPideCodigo(true);
    },
  });
  return (
    <main className="centro">
      <Titulo texto="Entrar a Puente SIC" />
      <form
        className="tarjeta columna"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          entrar.mutate({
            ...{ usuario: String(form.get('usuario')), clave: String(form.get('clave')) },
            ...(pideCodigo && { codigo: String(form.get('codigo')) }),
          });
        }}
      >
        {entrar.isError && <Falla error={entrar.error} />}
        <Campo etiqueta="Usuario" name="usuario" autoComplete="username" required />
        <Campo etiqueta="Contraseña" name="clave" type="password" autoComplete="current-password" required />
        {pideCodigo && (
          <Campo
            etiqueta="Código de su teléfono"
            name="codigo"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            required
            ayuda="Las seis cifras que muestra ahora la aplicación. Si perdió el teléfono, pida un enlace de entrada a quien lleva el computador donde está Puente."
          />
        )}
        <button type="submit" className="principal" disabled={entrar.isPending}>
          {entrar.isPending ? 'Entrando…' : 'Entrar'}
        </button>
        <p className="suave chico">
          ¿Olvidó su contraseña? Quien administra este panel puede darle una nueva en Ajustes. Si es usted
          quien administra, pida un enlace a quien instaló Puente.
        </p>
      </form>
    </main>
  );
}
