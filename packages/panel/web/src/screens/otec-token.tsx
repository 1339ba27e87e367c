import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { OtecInstalada } from '../../../src/api.ts';
import { pedir } from '../api.ts';
import { rutaOtec, useCambio, useSePuedeGuardar } from '../instalacion.ts';
import { Aviso, Falla } from '../parts/estado.tsx';
import { CampoToken } from './otec-campos.tsx';
import { ResultadoDePrueba } from './otec-prueba.tsx';

/** A token is tried before it is kept; what was pasted stays until SENCE takes one. `pegar`: the field has the focus. */
export function TokenDeOtec({ otec, pegar }: { otec: OtecInstalada; pegar: boolean }) {
  const ref = useRef<HTMLFormElement>(null);
  const [hayUno, setHayUno] = useState(false);
  const [guardado, setGuardado] = useState(false);
  const sePuede = useSePuedeGuardar();
  const guardar = useCambio(
    (token: string) => pedir<'instalacion'>('PUT', rutaOtec(otec.rut), { token }),
    () => {
      ref.current?.reset();
      setHayUno(false);
      setGuardado(true);
    },
  );
  const probar = useMutation({
    mutationFn: (token: string) =>
      pedir<'prueba'>('POST', `${rutaOtec(otec.rut)}/prueba`, token === '' ? {} : { token }),
    onSuccess: ({ tokenAceptado }, token) => {
      if (tokenAceptado && token !== '') guardar.mutate(token);
    },
  });
  const escrito = () => String(new FormData(ref.current ?? undefined).get('token')).trim();
  // Whoever comes by «Pegar el token nuevo» stands before the field itself.
  useEffect(() => {
    if (pegar) ref.current?.querySelector('input')?.focus();
  }, [pegar]);
  const ocupado = probar.isPending || guardar.isPending;
  const sinAceptar = probar.data !== undefined && !probar.data.tokenAceptado && hayUno;
  return (
    <form
      ref={ref}
      className="columna"
      onChange={() => {
        setHayUno(escrito() !== '');
        setGuardado(false);
        probar.reset();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        setGuardado(false);
        probar.mutate(escrito());
      }}
    >
      <CampoToken guardado={otec.tokenDe !== null} />
      <div className="fila medio">
        <button
          type="submit"
          className={hayUno ? 'principal' : ''}
          disabled={ocupado || (hayUno && !sePuede)}
        >
          {ocupado ? 'Probando…' : hayUno ? 'Probar y guardar' : 'Probar la conexión'}
        </button>
        {sinAceptar && (
          <button
            type="button"
            disabled={ocupado || !sePuede}
            onClick={() => {
              probar.reset();
              guardar.mutate(escrito());
            }}
          >
            Guardar igual
          </button>
        )}
        <span className="suave chico">Probar no envía nada: le pregunta a SENCE por el historial.</span>
      </div>
      {(guardar.error ?? probar.error) && <Falla error={guardar.error ?? probar.error ?? new Error()} />}
      {probar.data && <ResultadoDePrueba prueba={probar.data} sinGuardar={hayUno} />}
      {guardado && (
        <div role="status">
          <Aviso tono="bien">
            <p>
              <strong>Token guardado.</strong> Se usa desde ahora; el anterior, ya no.
            </p>
          </Aviso>
        </div>
      )}
    </form>
  );
}
