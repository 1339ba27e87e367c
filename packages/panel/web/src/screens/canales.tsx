import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CanalVisto } from '../../../src/api.ts';
import { type Of, pedir } from '../api.ts';
import { rutaOtec, useCambio, useSePuedeGuardar } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Confirmar } from '../parts/confirmar.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Aviso, Falla } from '../parts/estado.tsx';
import { CanalNuevoDialogo } from './canal-nuevo.tsx';
import { CamposRecibe, type Recibe, recibeDe } from './canal-recibe.tsx';

/** Whom Puente tells when something of a provider goes wrong, and each morning how the night went. */
export function Canales({ otec }: { otec: Of<'otecInstalada'> }) {
  const [agregando, setAgregando] = useState(false);
  const sePuede = useSePuedeGuardar();
  const { alertas, resumenA, rut } = otec;
  return (
    <div className="separadas">
      {alertas.length > 0 && !alertas.some(({ recibe }) => recibe.includes('problemas')) && (
        <Aviso tono="espera">
          <p>
            <strong>A nadie se le avisa si una noche se pierde o SENCE no acepta el token.</strong>
          </p>
          <p>Elija a alguien más abajo, con «Cambiar».</p>
        </Aviso>
      )}
      {alertas.length === 0 ? (
        <p>
          Todavía no se avisa a nadie: si una noche falla, solo se verá al entrar a este panel. Agregue al
          menos un correo.
        </p>
      ) : (
        <div className="tabla">
          <table className="apilada">
            <caption className="solo-lector">A quién se avisa</caption>
            <thead>
              <tr>
                <th scope="col">A quién</th>
                <th scope="col">Cada mañana</th>
                <th scope="col">Lo que sale mal</th>
                <th scope="col">Lunes, por cerrar</th>
                <th scope="col">
                  <span className="solo-lector">Acciones</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {alertas.map((canal) => (
                <Canal key={canal.nombre} {...{ rut, canal, resumenA }} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p>
        <button type="button" disabled={!sePuede} onClick={() => setAgregando(true)}>
          Agregar un aviso
        </button>
      </p>
      {agregando && <CanalNuevoDialogo rut={rut} onClose={() => setAgregando(false)} />}
    </div>
  );
}

const FORMATOS: Record<Extract<CanalVisto, { tipo: 'webhook' }>['formato'], string> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  json: 'Otro programa',
};

function Canal({ rut, canal, resumenA }: { rut: string; canal: CanalVisto; resumenA: string }) {
  const { nombre, recibe } = canal;
  const [dialogo, setDialogo] = useState<'cambiar' | 'quitar' | null>(null);
  const sePuede = useSePuedeGuardar();
  const probar = useMutation({
    mutationFn: () => pedir<'pruebaDeCanal'>('POST', `${rutaOtec(rut)}/alertas/prueba`, { nombre }),
  });
  const quitar = useCambio(
    () => pedir<'instalacion'>('DELETE', `${rutaOtec(rut)}/alertas`, { nombre }),
    () => setDialogo(null),
  );
  const titulo = canal.tipo === 'correo' ? canal.para.join(', ') : FORMATOS[canal.formato];
  const dice = (cual: Recibe, si: string) => (recibe.includes(cual) ? si : 'No');
  return (
    <tr>
      <th scope="row">
        <div className="quien">
          <span>{titulo}</span>
          <span className="chico tenue">
            {canal.tipo === 'correo' ? `Desde ${canal.de}, por ${canal.servidor}:${canal.puerto}` : nombre}
          </span>
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
      </th>
      <td data-titulo="Cada mañana">{dice('resumen', `Sí, ${resumenA}`)}</td>
      <td data-titulo="Lo que sale mal">{dice('problemas', 'Sí')}</td>
      <td data-titulo="Lunes, por cerrar">{dice('cierre', `Sí, ${resumenA}`)}</td>
      <td>
        <div className="fila">
          <button type="button" className="bajo" disabled={probar.isPending} onClick={() => probar.mutate()}>
            {probar.isPending ? 'Probando…' : 'Probar'}
            <span className="solo-lector"> {titulo}</span>
          </button>
          <button type="button" className="bajo" disabled={!sePuede} onClick={() => setDialogo('cambiar')}>
            Cambiar<span className="solo-lector"> qué recibe {titulo}</span>
          </button>
          <button
            type="button"
            className="peligro bajo"
            disabled={!sePuede}
            onClick={() => setDialogo('quitar')}
          >
            Quitar<span className="solo-lector"> {titulo}</span>
          </button>
        </div>
        {dialogo === 'cambiar' && (
          <CambiarRecibe {...{ rut, canal, titulo }} onClose={() => setDialogo(null)} />
        )}
        {dialogo === 'quitar' && (
          <Confirmar titulo="¿Quitar este aviso?" quitar={quitar} onClose={() => setDialogo(null)}>
            Ya no se avisará por ahí: {titulo}.
          </Confirmar>
        )}
      </td>
    </tr>
  );
}

function CambiarRecibe({
  rut,
  canal: { nombre, recibe },
  titulo,
  onClose,
}: {
  rut: string;
  canal: CanalVisto;
  titulo: string;
  onClose: () => void;
}) {
  const guardar = useCambio(
    (elegidos: Recibe[]) =>
      pedir<'instalacion'>('PUT', `${rutaOtec(rut)}/alertas`, { nombre, recibe: elegidos }),
    onClose,
  );
  return (
    <Dialogo titulo={`Qué recibe ${titulo}`} onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          guardar.mutate(recibeDe(new FormData(event.currentTarget)));
        }}
      >
        <CamposRecibe elegidos={recibe} />
        {guardar.isError && <Falla error={guardar.error} />}
        <div className="fila">
          <BotonGuardar guardando={guardar.isPending} />
          <button type="button" onClick={onClose}>
            Cancelar
          </button>
        </div>
      </form>
    </Dialogo>
  );
}
