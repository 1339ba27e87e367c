import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Of, pedir } from '../api.ts';
import { instalacionQuery } from '../consultas.ts';
import { Campo } from '../parts/campo.tsx';
import { Falla } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { codigoDeEnlace, olvidarEnlace } from '../sesion.ts';

/** An administrator's account is made, or gets a new password, with the link that the computer itself shows. */
export function PrimerUso() {
  const codigo = codigoDeEnlace();
  return codigo === null ? <SinEnlace /> : <CrearCuenta codigo={codigo} />;
}

function SinEnlace() {
  return (
    <main className="centro">
      <Titulo texto="Bienvenida a Puente SIC">
        Todavía no hay ninguna cuenta. Para crear la primera, abra el enlace que Puente mostró al partir, en
        el computador donde está instalado. Si ya pasaron diez minutos, pida uno nuevo a quien lo instaló.
      </Titulo>
    </main>
  );
}

function CrearCuenta({ codigo }: { codigo: string }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [distintas, setDistintas] = useState(false);
  const crear = useMutation({
    mutationFn: (body: { usuario: string; clave: string }) =>
      pedir<'sesion'>('POST', '/api/enlace', { codigo, cuenta: body }),
    onSuccess: async (sesion: Of<'sesion'>) => {
      olvidarEnlace();
      // Where this cannot be read, Hoy says so itself.
      const instalacion = await queryClient.fetchQuery(instalacionQuery).catch(() => null);
      const falta = instalacion !== null && instalacion.falta.length > 0;
      await navigate({ to: falta ? '/instalacion' : '/' });
      queryClient.setQueryData(['sesion'], sesion);
    },
  });
  return (
    <main className="centro">
      <Titulo texto="Bienvenida a Puente SIC">
        Puente envía cada noche el avance de sus alumnos a SENCE. Este panel muestra qué aceptó SENCE, qué no,
        y dónde corregirlo. Para empezar, cree la cuenta de quien lo administra.
      </Titulo>
      <form
        className="tarjeta columna"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const clave = String(form.get('clave'));
          const iguales = clave === form.get('repetida');
          setDistintas(!iguales);
          if (iguales) crear.mutate({ usuario: String(form.get('usuario')), clave });
        }}
      >
        {crear.isError && <Falla error={crear.error} />}
        {distintas && (
          <div className="aviso mal" role="alert">
            <p>
              <strong>Las dos contraseñas no son iguales.</strong> Escríbalas de nuevo.
            </p>
          </div>
        )}
        <Campo
          etiqueta="Usuario"
          name="usuario"
          autoComplete="username"
          maxLength={80}
          required
          ayuda="Por ejemplo, su correo o su nombre. Si ya administraba este panel, el mismo de antes: quedará con la contraseña nueva."
        />
        <Campo
          etiqueta="Contraseña"
          name="clave"
          type="password"
          autoComplete="new-password"
          minLength={12}
          required
          ayuda="Al menos 12 caracteres. Una frase que solo usted sepa sirve bien."
        />
        <Campo
          etiqueta="Contraseña, otra vez"
          name="repetida"
          type="password"
          autoComplete="new-password"
          minLength={12}
          required
        />
        <button type="submit" className="principal" disabled={crear.isPending}>
          {crear.isPending ? 'Creando…' : 'Crear la cuenta y entrar'}
        </button>
      </form>
    </main>
  );
}
