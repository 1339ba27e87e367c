import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { OtecInstalada } from '../../../src/api.ts';
import { type Of, pedir } from '../api.ts';
import { hoyQuery } from '../consultas.ts';
import { cuando, cuantos, rutDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { rutaOtec, useCambio, useSePuedeGuardar } from '../instalacion.ts';
import { Confirmar } from '../parts/confirmar.tsx';
import { Aviso } from '../parts/estado.tsx';
import { CambiarGestor } from './ajustes-gestor.tsx';
import { CambiarOtec, NuevaOtec } from './ajustes-otec-dialogos.tsx';
import { TokenDeOtec } from './otec-token.tsx';

const route = getRouteApi('/ajustes');

/** Who reports, each with its token, its hours and whether SENCE takes it. */
export function AjustesOtec({ instalacion }: { instalacion: Of<'instalacion'> }) {
  const [dialogo, setDialogo] = useState<'nueva' | 'gestor' | null>(null);
  const sePuede = useSePuedeGuardar();
  const { token } = route.useSearch();
  const { otecs, gestor, gestorOficial } = instalacion;
  return (
    <>
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
    </>
  );
}

const TOKEN_DE: Record<Exclude<OtecInstalada['tokenDe'], null>, string> = {
  guardado: 'Guardado aquí, cifrado',
  archivo: 'Se lee de un archivo del servidor',
  variable: 'Lo da una variable del servidor',
  escrito: 'Está escrito a la vista en el archivo de configuración: conviene pegarlo aquí',
};

function Otec({ otec, pegar }: { otec: OtecInstalada; pegar: boolean }) {
  const [dialogo, setDialogo] = useState<'datos' | 'quitar' | null>(null);
  const sePuede = useSePuedeGuardar();
  const cerrar = () => setDialogo(null);
  const quitar = useCambio(() => pedir<'instalacion'>('DELETE', rutaOtec(otec.rut)), cerrar);
  const titulo = otec.nombre ?? rutDe(otec.rut);
  return (
    <article className="tarjeta partida" aria-label={titulo}>
      <div className="tarjeta-cabeza">
        <h3>
          {titulo} {otec.nombre !== null && <span className="suave chico">{rutDe(otec.rut)}</span>}
        </h3>
        <EstadoDelToken otec={otec} />
      </div>
      <div className="cuerpo">
        <TokenDeOtec otec={otec} pegar={pegar} />
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
          <button type="button" disabled={!sePuede} onClick={() => setDialogo('datos')}>
            Cambiar los datos<span className="solo-lector"> de {titulo}</span>
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
          <p>Lo que usted pegó no se borra hasta que se acepte uno.</p>
        </details>
      </div>
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

/** What SENCE last said of the token; nothing where nothing was sent yet. */
function EstadoDelToken({ otec: { rut, tokenDe } }: { otec: OtecInstalada }) {
  const decir = useDecir();
  const proveedor = useQuery(hoyQuery).data?.proveedores.find(({ rutOtec }) => rutOtec === rut);
  if (tokenDe === null) return <span className="sello mal">Falta el token</span>;
  if (proveedor?.problemas.some(({ clave }) => clave === 'token'))
    return <span className="sello mal">{decir('SENCE no lo acepta')}</span>;
  const ultimo = (proveedor?.cursos ?? [])
    .flatMap(({ ultimoAceptado }) => ultimoAceptado ?? [])
    .reduce((last, one) => (one > last ? one : last), '');
  if (ultimo === '') return <span className="sello">Sin envíos todavía</span>;
  return <span className="sello bien">{decir(`SENCE lo aceptó el ${cuando(ultimo)}`)}</span>;
}
