import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { cuantos, dia } from '../format.ts';
import { claveDe } from './por-cerrar-palabras.ts';
import { Programa } from './por-cerrar-programa.tsx';

/** Courses over New Year that are not in the list yet: under the franquicia they have two statements, in order. */
export function CruzanElAnoNuevo({ cursos }: { cursos: Of<'porCerrar'>['proveedores'][number]['cruzan'] }) {
  const [primero] = cursos;
  if (primero === undefined) return null;
  return (
    <section className="tarjeta partida" aria-labelledby="ano-nuevo">
      <div className="tarjeta-cabeza">
        <h2 id="ano-nuevo">
          {cuantos(cursos.length, 'curso')} {cursos.length === 1 ? 'cruza' : 'cruzan'} el Año Nuevo
        </h2>
        <span className="chico suave">
          {cursos.length === 1 ? 'entra' : 'entran'} a esta lista el {dia(primero.desde)}
        </span>
      </div>
      <table className="apilada">
        <caption className="solo-lector">Cursos que cruzan el Año Nuevo</caption>
        <thead>
          <tr>
            <th scope="col">Curso</th>
            <th scope="col">Termina</th>
            <th scope="col">Programa</th>
          </tr>
        </thead>
        <tbody>
          {cursos.map((curso) => (
            <tr key={claveDe(curso)}>
              <th scope="row">
                <Link
                  to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo"
                  params={{
                    rutOtec: curso.rutOtec,
                    codigoOferta: curso.codigoOferta,
                    codigoGrupo: curso.codigoGrupo,
                  }}
                >
                  {curso.titulo}
                </Link>
              </th>
              <td data-titulo="Termina">{dia(curso.termina)}</td>
              <td data-titulo="Programa">
                <Programa curso={curso} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="tabla-pie">
        <span>
          Con franquicia, un curso que cruza el Año Nuevo lleva dos declaraciones: primero la parcial, después
          la complementaria. Puente las pone como dos pasos, en ese orden; la fecha de cada una, consúltela en
          GCA.
        </span>
      </div>
    </section>
  );
}
