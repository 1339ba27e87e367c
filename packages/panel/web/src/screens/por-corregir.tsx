import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ErrorAbierto } from '../../../src/api.ts';
import { mandar } from '../api.ts';
import { erroresQuery } from '../consultas.ts';
import { cuantos } from '../format.ts';
import { useEnviar } from '../parts/enviar.tsx';
import { Consulta, Falla, Vacio } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import { cursoDe, pedidoDe, tipoDe } from './corregir.ts';
import { Filtro } from './corregir-filtro.tsx';
import { Problema } from './corregir-problema.tsx';

const route = getRouteApi('/por-corregir');
const PAGINA = 50;

/** The inbox: every student and problem that SENCE did not take, until the source is corrected. */
export function PorCorregir() {
  const errores = useQuery(erroresQuery);
  return (
    <>
      <Titulo texto="Por corregir">
        Lo que SENCE no aceptó y lo que no se envió porque lo habría rechazado. Corrija el dato donde se
        indica; con el próximo envío desaparece de aquí.
      </Titulo>
      <Consulta de={errores}>{(data) => <Bandeja errores={data.errores} />}</Consulta>
    </>
  );
}

function Bandeja({ errores }: { errores: ErrorAbierto[] }) {
  const { curso, tipo, conocidos = false } = route.useSearch();
  const [elegidos, setElegidos] = useState<ReadonlySet<number>>(new Set());
  const [mostrados, setMostrados] = useState(PAGINA);
  const visibles = errores.filter(
    (error) =>
      (conocidos || error.conocido === null) &&
      (curso === undefined || cursoDe(error) === curso) &&
      (tipo === undefined || tipoDe(error).clave === tipo),
  );
  const marcados = visibles.filter(({ id }) => elegidos.has(id));
  const toggle = (id: number) => {
    const next = new Set(elegidos);
    if (!next.delete(id)) next.add(id);
    setElegidos(next);
  };

  if (errores.length === 0) {
    return (
      <Vacio titulo="No hay nada por corregir.">
        <p>SENCE aceptó todo lo que se ha enviado, y nada quedó retenido.</p>
      </Vacio>
    );
  }
  return (
    <>
      <Filtro errores={errores} />
      <Acciones
        elegidos={marcados}
        todos={visibles}
        onElegir={(list) => setElegidos(new Set(list.map(({ id }) => id)))}
      />
      {visibles.length === 0 ? (
        <Vacio titulo="Con este filtro no queda nada.">
          <p>Quite el filtro, o muestre también los marcados como conocidos.</p>
        </Vacio>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move between the check boxes inside
        <div className="tabla" onKeyDown={moveWithArrows}>
          <ul className="lista" aria-label="Problemas">
            {visibles.slice(0, mostrados).map((error) => (
              <Problema
                key={error.id}
                error={error}
                elegido={elegidos.has(error.id)}
                onToggle={() => toggle(error.id)}
              />
            ))}
          </ul>
        </div>
      )}
      {visibles.length > mostrados && (
        <p>
          <button type="button" onClick={() => setMostrados(mostrados + PAGINA)}>
            Mostrar {Math.min(PAGINA, visibles.length - mostrados)} más, de {visibles.length}
          </button>
        </p>
      )}
    </>
  );
}

function Acciones({
  elegidos,
  todos,
  onElegir,
}: {
  elegidos: ErrorAbierto[];
  todos: ErrorAbierto[];
  onElegir: (errores: ErrorAbierto[]) => void;
}) {
  const queryClient = useQueryClient();
  const puede = usePuedeEnviar();
  const { enviar, ocupado, marcha } = useEnviar();
  const marcar = useMutation({
    mutationFn: (conocido: boolean) =>
      mandar('POST', '/api/errores/conocidos', { ids: elegidos.map(({ id }) => id), conocido }),
    onSuccess: () => {
      onElegir([]);
      return queryClient.invalidateQueries({ queryKey: ['errores'] });
    },
  });
  const ninguno = elegidos.length === 0;
  const conocidos = !ninguno && elegidos.every(({ conocido }) => conocido !== null);
  return (
    <>
      <div className="fila medio acciones">
        <label className="elegir-todos">
          <input
            type="checkbox"
            checked={!ninguno && elegidos.length === todos.length}
            disabled={todos.length === 0}
            onChange={(event) => onElegir(event.currentTarget.checked ? todos : [])}
          />
          {ninguno ? `Elegir todos (${todos.length})` : `${cuantos(elegidos.length, 'elegido')}`}
        </label>
        <button
          type="button"
          className="principal"
          disabled={ninguno || !puede || ocupado}
          onClick={() => enviar(pedidoDe(elegidos))}
        >
          Reenviar lo corregido
        </button>
        <button
          type="button"
          disabled={ninguno || !puede || marcar.isPending}
          onClick={() => marcar.mutate(!conocidos)}
        >
          {conocidos ? 'Volver a mostrar' : 'Marcar como conocido'}
        </button>
        {!puede && <span className="suave chico">Su cuenta puede mirar, no enviar.</span>}
      </div>
      {marcar.isError && <Falla error={marcar.error} />}
      {marcha}
    </>
  );
}

/** ↓ and ↑ go from problem to problem; the space bar chooses. */
function moveWithArrows(event: React.KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  const row = document.activeElement?.closest('li');
  const next = boxes[boxes.findIndex((box) => row?.contains(box)) + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
