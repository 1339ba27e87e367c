import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import type { ErrorAbierto } from '../../../src/api.ts';
import { cuando } from '../format.ts';
import { enPalabras } from './corregir.ts';

/** One student and problem: who, what, what to do, where. */
export function Problema({
  error,
  elegido,
  onToggle,
}: {
  error: ErrorAbierto;
  elegido: boolean;
  onToggle: () => void;
}) {
  const id = useId();
  const { rutOtec, codigoOferta, codigoGrupo, rut, origen, codigo } = error;
  return (
    <li className="problema" data-elegido={elegido}>
      <input type="checkbox" checked={elegido} onChange={onToggle} aria-labelledby={id} />
      <div>
        <div id={id}>
          {rut === null ? (
            <strong>Sin alumno identificado</strong>
          ) : (
            <Link
              to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo/alumnos/$rut"
              params={{ rutOtec, codigoOferta, codigoGrupo, rut }}
            >
              <strong>{rut}</strong>
            </Link>
          )}{' '}
          <span className="suave">
            · {error.titulo}
            {error.codigoModulo !== null && ` · módulo ${error.codigoModulo}`}
          </span>
        </div>
        <p>{enPalabras(error)}</p>
        <p>
          <strong>Qué hacer:</strong> {error.queHacer}
        </p>
        {error.lugar !== null && (
          <p>
            <strong>Dónde:</strong> {error.lugar}
          </p>
        )}
        <p className="suave chico">
          {codigo !== null && <span className="codigo">código {codigo}</span>}{' '}
          {origen === 'gestor' ? `SENCE dijo: «${error.mensaje}»` : 'No se envió: SENCE lo habría rechazado.'}{' '}
          Desde el {cuando(error.desde)}.
          {error.conocido !== null && ` Marcado como conocido el ${cuando(error.conocido)}.`}
        </p>
      </div>
      <div className="donde">
        {error.url !== null && (
          <a className="boton" href={error.url} target="_blank" rel="noreferrer">
            Corregir en el LMS<span className="solo-lector"> (se abre aparte)</span>
          </a>
        )}
        {error.codigoEnvio !== null && (
          <Link to="/envios/$codigoEnvio" params={{ codigoEnvio: error.codigoEnvio }} className="chico">
            Ver el envío
          </Link>
        )}
      </div>
    </li>
  );
}
