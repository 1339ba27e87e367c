import { getRouteApi } from '@tanstack/react-router';
import type { ErrorAbierto } from '../../../src/api.ts';
import { cuantos } from '../format.ts';
import { cursoDe, tipoDe } from './corregir.ts';

const route = getRouteApi('/por-corregir');

/** What is shown, kept in the address, so that it can be bookmarked and sent to a colleague. */
export function Filtro({ errores }: { errores: ErrorAbierto[] }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const cursos = new Map(errores.map((error) => [cursoDe(error), error.titulo]));
  const tipos = new Map(errores.map((error) => [tipoDe(error).clave, tipoDe(error).texto]));
  const conocidos = errores.filter(({ conocido }) => conocido !== null).length;
  const set = (change: typeof search) =>
    navigate({
      search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)),
      replace: true,
    });
  return (
    <div className="fila filtro">
      <label>
        Curso
        <select value={search.curso ?? ''} onChange={(event) => set({ curso: event.currentTarget.value })}>
          <option value="">Todos los cursos</option>
          {[...cursos].map(([clave, titulo]) => (
            <option key={clave} value={clave}>
              {titulo}
            </option>
          ))}
        </select>
      </label>
      <label>
        Problema
        <select value={search.tipo ?? ''} onChange={(event) => set({ tipo: event.currentTarget.value })}>
          <option value="">Todos los problemas</option>
          {[...tipos].map(([clave, texto]) => (
            <option key={clave} value={clave}>
              {texto}
            </option>
          ))}
        </select>
      </label>
      {conocidos > 0 && (
        <label className="elegir-todos">
          <input
            type="checkbox"
            checked={search.conocidos ?? false}
            onChange={(event) => set({ conocidos: event.currentTarget.checked })}
          />
          {`Mostrar también ${cuantos(conocidos, 'conocido')}`}
        </label>
      )}
    </div>
  );
}
