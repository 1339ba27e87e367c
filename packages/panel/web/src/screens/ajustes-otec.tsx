import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { OtecInstalada } from '../../../src/api.ts';
import { type Of, pedir } from '../api.ts';
import { cuantos, rutDe } from '../format.ts';
import { rutaOtec, useCambio, useSePuedeGuardar } from '../instalacion.ts';
import { Confirmar } from '../parts/confirmar.tsx';
import { Aviso, Falla } from '../parts/estado.tsx';
import { CambiarGestor } from './ajustes-gestor.tsx';
import { CambiarOtec, CambiarToken, NuevaOtec } from './ajustes-otec-dialogos.tsx';
import { ResultadoDePrueba } from './otec-prueba.tsx';

const route = getRouteApi('/ajustes/');

/** Who reports, each with its token, its hours and whether SENCE takes it. */
export function AjustesOtec({ instalacion }: { instalacion: Of<'instalacion'> }) {
  const [dialogo, setDialogo] = useState<'nueva' | 'gestor' | null>(null);
  const sePuede = useSePuedeGuardar();
  const { token } = route.useSearch();
  const { otecs, gestor, gestorOficial } = instalacion;
  return (
    <section>
      <h2>OTEC</h2>
      {!gestorOficial && (
        <Aviso tono="espera">
          <p>
            <strong>Se está ensayando: los avances van a {gestor}, no a SENCE.</strong>
          </p>
        </Aviso>
      )}
      <div className="separadas">
        {otecs.length === 0 && <p className="tarjeta">Todavía no hay ninguna.</p>}
        {otecs.map((otec) => (
          <Otec key={otec.rut} otec={otec} pegar={token === otec.rut} />
        ))}
        <p className="fila">
          <button type="button" disabled={!sePuede} onClick={() => setDialogo('nueva')}>
            Agregar una OTEC
          </button>
          <button type="button" className="llano" disabled={!sePuede} onClick={() => setDialogo('gestor')}>
            {gestorOficial ? 'Ensayar con otro Gestor Intermedio' : 'Cambiar el Gestor Intermedio'}
          </button>
        </p>
      </div>
      {dialogo === 'nueva' && <NuevaOtec onClose={() => setDialogo(null)} />}
      {dialogo === 'gestor' && <CambiarGestor instalacion={instalacion} onClose={() => setDialogo(null)} />}
    </section>
  );
}

const TOKEN_DE: Record<Exclude<OtecInstalada['tokenDe'], null>, string> = {
  guardado: 'Guardado aquí, cifrado',
  archivo: 'Se lee de un archivo del servidor',
  variable: 'Lo da una variable del servidor',
  escrito: 'Está escrito en puente.yaml, a la vista: conviene cambiarlo desde aquí',
};

function Otec({ otec, pegar }: { otec: OtecInstalada; pegar: boolean }) {
  const [abierto, setDialogo] = useState<'token' | 'datos' | 'quitar' | null>(null);
  const sePuede = useSePuedeGuardar();
  const navigate = useNavigate();
  // Whoever comes by «Pegar el token nuevo» stands before the field itself.
  const dialogo = pegar && sePuede ? 'token' : abierto;
  const cerrar = () => {
    setDialogo(null);
    if (pegar) void navigate({ to: '/ajustes', search: {}, replace: true });
  };
  const probar = useMutation({
    mutationFn: () => pedir<'prueba'>('POST', `${rutaOtec(otec.rut)}/prueba`, {}),
  });
  const quitar = useCambio(() => pedir<'instalacion'>('DELETE', rutaOtec(otec.rut)), cerrar);
  const titulo = otec.nombre ?? rutDe(otec.rut);
  const de = <span className="solo-lector"> de {titulo}</span>;
  return (
    <article className="tarjeta separadas" aria-label={titulo}>
      <p>
        <strong>{titulo}</strong> {otec.nombre !== null && <span className="suave">{rutDe(otec.rut)}</span>}
      </p>
      <dl>
        <dt>Token</dt>
        <dd>
          {otec.tokenDe === null ? (
            <span className="mal">No hay: sin token no se envía nada.</span>
          ) : (
            TOKEN_DE[otec.tokenDe]
          )}
        </dd>
        <dt>Se envía</dt>
        <dd>
          De {otec.ventana.desde} a {otec.ventana.hasta}, hora de Santiago
          {!otec.ventanaOficial && <span className="espera"> (no es el horario de SENCE)</span>}
        </dd>
        <dt>Lo que no alcanza</dt>
        <dd>{otec.tardio === 'perder' ? 'Espera a la noche siguiente' : 'Se envía apenas se pueda'}</dd>
        <dt>Curso terminado</dt>
        <dd>Se sigue enviando {cuantos(otec.graciaDias, 'día')} más</dd>
        <dt>Resumen de la mañana</dt>
        <dd>A las {otec.resumenA}</dd>
      </dl>
      <div className="fila">
        <button type="button" disabled={probar.isPending} onClick={() => probar.mutate()}>
          {probar.isPending ? 'Probando…' : 'Probar la conexión'}
          {de}
        </button>
        <button type="button" disabled={!sePuede} onClick={() => setDialogo('token')}>
          Cambiar el token{de}
        </button>
        <button type="button" disabled={!sePuede} onClick={() => setDialogo('datos')}>
          Cambiar los datos{de}
        </button>
        <button type="button" className="peligro" disabled={!sePuede} onClick={() => setDialogo('quitar')}>
          Quitar<span className="solo-lector"> {titulo}</span>
        </button>
      </div>
      <details>
        <summary>Si SENCE no acepta el token</summary>
        <p>Contesta «Token invalido» y no dice por qué. Hay tres causas posibles:</p>
        <ul>
          <li>el token cambió, o se copió incompleto: se copia de nuevo en sistemas.sence.cl/rts;</li>
          <li>el RUT de la OTEC no es el del token;</li>
          <li>la OTEC ya no está vigente: eso se pregunta a SENCE.</li>
        </ul>
      </details>
      {probar.isError && <Falla error={probar.error} />}
      {probar.data && <ResultadoDePrueba prueba={probar.data} sinGuardar={false} />}
      {dialogo === 'token' && <CambiarToken otec={otec} onClose={cerrar} />}
      {dialogo === 'datos' && <CambiarOtec otec={otec} onClose={cerrar} />}
      {dialogo === 'quitar' && (
        <Confirmar titulo={`¿Quitar ${titulo}?`} quitar={quitar} onClose={cerrar}>
          Puente deja de informar sus cursos desde esta noche y olvida su token. Lo que ya se envió queda en
          Envíos y en Evidencia.
        </Confirmar>
      )}
    </article>
  );
}
