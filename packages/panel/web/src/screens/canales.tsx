import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CanalVisto } from '../../../src/api.ts';
import { type Of, pedir } from '../api.ts';
import { rutaOtec, useCambio, useSePuedeGuardar } from '../instalacion.ts';
import { Confirmar } from '../parts/confirmar.tsx';
import { Aviso, Falla } from '../parts/estado.tsx';
import { CanalNuevoDialogo } from './canal-nuevo.tsx';

/** Whom puente tells when something of a provider goes wrong, and each morning how the night went. */
export function Canales({ otec }: { otec: Of<'otecInstalada'> }) {
  const [agregando, setAgregando] = useState(false);
  const sePuede = useSePuedeGuardar();
  return (
    <div className="ancha separadas">
      {otec.alertas.length === 0 ? (
        <p>
          Todavía no se avisa a nadie: si una noche falla, solo se verá al entrar a este panel. Agregue al
          menos un correo.
        </p>
      ) : (
        <ul className="lista tabla" aria-label="Avisos">
          {otec.alertas.map((canal) => (
            <Canal key={canal.nombre} rut={otec.rut} canal={canal} />
          ))}
        </ul>
      )}
      <p>
        <button type="button" disabled={!sePuede} onClick={() => setAgregando(true)}>
          Agregar un aviso
        </button>
      </p>
      {agregando && <CanalNuevoDialogo rut={otec.rut} onClose={() => setAgregando(false)} />}
    </div>
  );
}

const FORMATOS: Record<Extract<CanalVisto, { tipo: 'webhook' }>['formato'], string> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  json: 'Otro programa',
};

function Canal({ rut, canal }: { rut: string; canal: CanalVisto }) {
  const { nombre } = canal;
  const [quitando, setQuitando] = useState(false);
  const sePuede = useSePuedeGuardar();
  const probar = useMutation({
    mutationFn: () => pedir<'pruebaDeCanal'>('POST', `${rutaOtec(rut)}/alertas/prueba`, { nombre }),
  });
  const quitar = useCambio(
    () => pedir<'instalacion'>('DELETE', `${rutaOtec(rut)}/alertas`, { nombre }),
    () => setQuitando(false),
  );
  const titulo = canal.tipo === 'correo' ? `Correo a ${canal.para.join(', ')}` : FORMATOS[canal.formato];
  return (
    <li className="elegible">
      <div className="entre">
        <div>
          <strong>{titulo}</strong>
          <div className="suave chico">
            {canal.tipo === 'correo' ? `Desde ${canal.de}, por ${canal.servidor}:${canal.puerto}` : nombre}
          </div>
        </div>
        <div className="fila">
          <button type="button" disabled={probar.isPending} onClick={() => probar.mutate()}>
            {probar.isPending ? 'Probando…' : 'Probar'}
            <span className="solo-lector"> {titulo}</span>
          </button>
          <button type="button" className="peligro" disabled={!sePuede} onClick={() => setQuitando(true)}>
            Quitar<span className="solo-lector"> {titulo}</span>
          </button>
        </div>
      </div>
      {probar.isError && <Falla error={probar.error} />}
      {probar.data && (
        <div className="separada" role="status">
          <Aviso tono={probar.data.entregado ? 'bien' : 'mal'}>
            <p>
              <strong>{probar.data.mensaje}</strong>
            </p>
            {probar.data.queHacer !== '' && <p>{probar.data.queHacer}</p>}
          </Aviso>
        </div>
      )}
      {quitando && (
        <Confirmar titulo="¿Quitar este aviso?" quitar={quitar} onClose={() => setQuitando(false)}>
          Ya no se avisará por ahí cuando algo salga mal: {titulo}.
        </Confirmar>
      )}
    </li>
  );
}
