import { Link } from '@tanstack/react-router';
import type { CursoPorCerrar } from '../../../src/api.ts';
import { cuando, dia } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { QuienEs } from '../parts/quien.tsx';
import { claveDe } from './por-cerrar-palabras.ts';

/** SENCE has a figure that the sheet does not say: to be looked at before anything is sworn. */
export function Mantenidas({ cursos }: { cursos: readonly CursoPorCerrar[] }) {
  const decir = useDecir();
  const todas = cursos.flatMap((curso) => curso.mantenidas.map((mantenida) => ({ curso, ...mantenida })));
  if (todas.length === 0) return null;
  return (
    <section className="tabla" aria-labelledby="mantenidas">
      <div className="tabla-barra">
        <h2 id="mantenidas">Cifras que se mantienen por decisión de una persona</h2>
      </div>
      <table className="apilada">
        <caption className="solo-lector">Cifras mantenidas en cursos por cerrar</caption>
        <thead>
          <tr>
            <th scope="col">Alumno</th>
            <th scope="col">Dónde</th>
            <th scope="col">Por qué y hasta cuándo</th>
          </tr>
        </thead>
        <tbody>
          {todas.map(({ curso, rut, nombre, codigoModulo, motivo, quien, cuando: desde }) => (
            <tr key={`${claveDe(curso)} ${rut} ${codigoModulo}`}>
              <th scope="row">
                {rut === null ? 'Todos los alumnos' : <QuienEs curso={curso} rut={rut} nombre={nombre} />}
              </th>
              <td data-titulo="Dónde">
                {curso.titulo}
                {codigoModulo !== null && <div className="chico tenue">Módulo {codigoModulo}</div>}
              </td>
              <td data-titulo="Por qué">
                {motivo ?? 'Sin motivo escrito'}
                <div className="chico tenue">
                  {quien}, {cuando(desde)}. Hasta que la planilla la alcance o el curso termine (
                  {dia(curso.termina)}).
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="tabla-pie">
        <span>{decir('SENCE tiene una cifra que la planilla no dice. Revísela antes de declarar.')}</span>
        <span className="final">
          <Link to="/evidencia">Todas, en Evidencia</Link>
        </span>
      </div>
    </section>
  );
}
