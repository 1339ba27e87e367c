import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { cuantos, numero, rutDe } from '../format.ts';
import { Vacio } from '../parts/estado.tsx';

/** What each course would bring, before anything is sent. */
export function CursosPrevistos({
  cursos,
  conRut,
}: {
  cursos: Of<'previsionTotal'>['cursos'];
  conRut: boolean;
}) {
  if (cursos.length === 0) {
    return (
      <Vacio titulo="No hay nada que enviar por ahora.">
        <p>
          Ninguno de los cursos elegidos está en sus fechas, o las fuentes no los traen.{' '}
          <Link to="/instalacion" search={{ paso: 'cursos' }}>
            Revisar los cursos
          </Link>
        </p>
      </Vacio>
    );
  }
  return (
    <div className="tabla">
      <table className="apilada">
        <caption>
          {cuantos(cursos.length, 'curso')}. Cada alumno se cuenta una vez por curso. Se retiene lo que SENCE
          rechazaría; lo demás del mismo alumno sí se envía.
        </caption>
        <thead>
          <tr>
            <th scope="col">Curso</th>
            <th scope="col" className="n">
              Alumnos
            </th>
            <th scope="col" className="n">
              Se enviarían completos
            </th>
            <th scope="col" className="n">
              Con algo retenido
            </th>
          </tr>
        </thead>
        <tbody>
          {cursos.map(({ rutOtec, codigoOferta, codigoGrupo, titulo, ...cuenta }) => (
            <tr key={`${rutOtec}/${codigoOferta}/${codigoGrupo}`}>
              <th scope="row">
                <Link
                  to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo"
                  params={{ rutOtec, codigoOferta, codigoGrupo }}
                >
                  {titulo}
                </Link>
                <div className="suave chico">
                  {codigoOferta}
                  {codigoGrupo !== codigoOferta && ` · ${codigoGrupo}`}
                  {conRut && ` · ${rutDe(rutOtec)}`}
                </div>
              </th>
              <td className="n" data-titulo="Alumnos">
                {numero(cuenta.alumnos)}
              </td>
              <td className="n" data-titulo="Se enviarían completos">
                {numero(cuenta.alumnos - cuenta.retenidos)}
              </td>
              <td className="n" data-titulo="Con algo retenido">
                <span className={cuenta.retenidos > 0 ? 'espera' : ''}>{numero(cuenta.retenidos)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
