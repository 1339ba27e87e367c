import { useDeferredValue, useState } from 'react';
import type { CursoSugerido } from '../../../src/api.ts';
import { cuantos } from '../format.ts';
import { Campo } from '../parts/campo.tsx';
import { llano } from '../parts/llano.ts';
import type { CambioDeBorrador } from './instalacion-cambio.ts';
import type { Borrador } from './instalacion-codigos.ts';
import { CursoElegible } from './instalacion-curso.tsx';

const PAGINA = 50;

export interface Par {
  curso: CursoSugerido;
  borrador: Borrador;
}

/** Likely ones first; a site may have hundreds. */
export function ListaDeCursos({
  pares,
  soloEstos,
  onTodos,
  onCambio,
}: {
  pares: Par[];
  soloEstos: ReadonlySet<string> | null;
  onTodos: () => void;
  onCambio: CambioDeBorrador;
}) {
  const [filtro, setFiltro] = useState('');
  const [mostrados, setMostrados] = useState(PAGINA);
  const busca = llano(useDeferredValue(filtro));
  // By what was suggested, not by what is chosen now: nothing moves while one chooses.
  const [orden] = useState(
    () => new Map(ordenados(pares).map(({ curso }, index) => [curso.curso, index] as const)),
  );
  const visibles = pares
    .filter(
      ({ curso: { curso, titulo, codigoOferta } }) =>
        (soloEstos === null || soloEstos.has(curso)) &&
        (soloEstos !== null || llano(`${titulo} ${curso} ${codigoOferta.codigo}`).includes(busca)),
    )
    .sort((a, b) => (orden.get(a.curso.curso) ?? 0) - (orden.get(b.curso.curso) ?? 0));
  const todos = visibles.length > 0 && visibles.every(({ borrador }) => borrador.elegido);
  return (
    <>
      <div className="fila medio">
        {soloEstos === null ? (
          pares.length > 8 && (
            <Campo
              etiqueta="Buscar un curso"
              type="search"
              value={filtro}
              placeholder="Título o código"
              onChange={(event) => setFiltro(event.currentTarget.value)}
            />
          )
        ) : (
          <button type="button" onClick={onTodos}>
            Volver a ver todos
          </button>
        )}
        <label className="elegir-todos">
          <input
            type="checkbox"
            checked={todos}
            disabled={visibles.length === 0}
            onChange={({ currentTarget: { checked } }) =>
              onCambio(
                visibles.map(({ curso }) => curso.curso),
                (antes) => ({ ...antes, elegido: checked }),
              )
            }
          />
          <span>
            Elegir {visibles.length === pares.length ? 'todos' : 'los que se ven'} ({visibles.length})
          </span>
        </label>
      </div>
      {visibles.length === 0 ? (
        <p className="tarjeta">Ningún curso se llama así.</p>
      ) : (
        <ul className="lista tabla" aria-label="Cursos de la fuente">
          {visibles.slice(0, mostrados).map(({ curso, borrador }) => (
            <CursoElegible
              key={curso.curso}
              curso={curso}
              borrador={borrador}
              marcarFaltas={soloEstos !== null}
              onCambio={onCambio}
            />
          ))}
        </ul>
      )}
      {visibles.length > mostrados && (
        <button type="button" onClick={() => setMostrados(mostrados + PAGINA)}>
          Mostrar {Math.min(PAGINA, visibles.length - mostrados)} más, de {cuantos(visibles.length, 'curso')}
        </button>
      )}
    </>
  );
}

function ordenados(pares: Par[]): Par[] {
  return [...pares].sort(
    (a, b) =>
      Number(b.borrador.elegido) - Number(a.borrador.elegido) ||
      a.curso.titulo.localeCompare(b.curso.titulo, 'es'),
  );
}
