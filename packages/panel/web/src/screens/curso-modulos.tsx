import type { ModuloDelCurso } from '../../../src/api.ts';
import { cuantos } from '../format.ts';

/** What each module is made of, by the rules that its progress is counted with. */
export function Modulos({ modulos }: { modulos: ModuloDelCurso[] }) {
  return (
    <details>
      <summary>Módulos y actividades</summary>
      <div className="columna">
        <p className="suave">
          El avance de un módulo es la parte hecha de sus actividades exigidas: las que en el LMS tienen
          seguimiento de finalización. Las complementarias no lo tienen: están a la vista de los alumnos, pero
          no cuentan para el avance.
        </p>
        {modulos.map((modulo) => (
          <Modulo key={modulo.codigoModulo} modulo={modulo} />
        ))}
        {modulos.length === 0 && <p className="espera">No se encontró ningún módulo en este curso.</p>}
      </div>
    </details>
  );
}

function Modulo({ modulo: { codigoModulo, titulo, actividades } }: { modulo: ModuloDelCurso }) {
  const exigidas = actividades.filter(({ exigida }) => exigida).length;
  return (
    <details className="tarjeta">
      <summary>
        <strong>{titulo}</strong> {titulo !== codigoModulo && <span className="codigo">{codigoModulo}</span>}{' '}
        <span className={exigidas === 0 ? 'espera' : 'suave'}>{cuenta(exigidas, actividades.length)}</span>
      </summary>
      {exigidas === 0 && (
        <p className="espera">
          Sin actividades exigidas su avance será siempre 0 %. En el LMS, active el seguimiento de
          finalización de las que deben contar.
        </p>
      )}
      <ul className="actividades">
        {actividades.map(({ nombre, tipo, exigida, sincronica }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a module may have two activities of one name and kind.
          <li key={`${index} ${nombre}`}>
            <span>
              {nombre}{' '}
              <span className="suave chico">
                {tipo}
                {sincronica && ', en vivo'}
              </span>
            </span>
            <span className={exigida ? 'sello' : 'chico suave'}>
              {exigida ? 'exigida' : 'complementaria'}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** `5 exigidas, 2 complementarias`. */
function cuenta(exigidas: number, todas: number): string {
  if (todas === 0) return 'sin actividades';
  const complementarias = todas - exigidas;
  const primero = exigidas === 0 ? 'ninguna exigida' : cuantos(exigidas, 'exigida');
  return complementarias === 0 ? primero : `${primero}, ${cuantos(complementarias, 'complementaria')}`;
}
