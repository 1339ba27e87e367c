import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CursoPorCerrar } from '../../../src/api.ts';
import { bajarExcel } from '../excel.ts';
import { cuantos, dia, numero } from '../format.ts';
import { BajarExcel } from '../parts/bajar-excel.tsx';
import { useColumnas } from '../parts/columnas.tsx';
import { Fichas } from '../parts/fichas.tsx';
import { type ColumnaPorCerrar, POR_CERRAR } from './excel-columnas.ts';
import { claveDe, cuandoTermina, loProximo } from './por-cerrar-palabras.ts';
import { Programa } from './por-cerrar-programa.tsx';

const MOSTRAR = {
  todos: { texto: 'Todos', si: () => true },
  pronto: { texto: 'Terminan pronto', si: ({ dias }: CursoPorCerrar) => dias >= 0 },
  abiertos: { texto: 'Terminados, sin cerrar', si: ({ dias }: CursoPorCerrar) => dias < 0 },
};

/** Course by course. Choosing one shows its steps and who is under its minima. */
export function CursosPorCerrar({
  cursos,
  otec,
  hoy,
  elegido,
  onElegir,
}: {
  cursos: readonly CursoPorCerrar[];
  otec: string;
  hoy: string;
  elegido: string | null;
  onElegir: (clave: string) => void;
}) {
  const [cuales, setCuales] = useState<keyof typeof MOSTRAR>('todos');
  const columnas = useColumnas<ColumnaPorCerrar>('por-cerrar', {
    programa: 'Programa',
    termina: 'Termina',
    bajo: 'Bajo el mínimo',
    pendientes: 'Pendientes',
    riesgo: 'En riesgo',
    proximo: 'Lo próximo',
  });
  const conMinimos = cursos.some(({ bajo }) => bajo !== null);
  const conPlata = cursos.some(({ enRiesgo }) => enRiesgo !== null);
  const ve = (columna: ColumnaPorCerrar) =>
    columnas.ve(columna) && (columna !== 'bajo' || conMinimos) && (columna !== 'riesgo' || conPlata);
  return (
    <section className="tabla" aria-labelledby="curso-por-curso">
      <div className="tabla-barra">
        <h2 id="curso-por-curso">Curso por curso</h2>
        <Fichas fichas={MOSTRAR} filas={cursos} elegida={cuales} onElegir={setCuales} />
        <div className="final fila">
          {columnas.elegir}
          <BajarExcel
            bajar={() =>
              bajarExcel({
                ...{ de: 'Por cerrar', otec, hoy, cuenta: null, columnas: columnas.deExcel(POR_CERRAR) },
                filas: cursos.filter(MOSTRAR[cuales].si),
              })
            }
          />
        </div>
      </div>
      <table className={`apilada ${columnas.filas}`}>
        <caption className="solo-lector">Cursos por cerrar</caption>
        <thead>
          <tr>
            <th scope="col">Curso</th>
            {ve('programa') && <th scope="col">Programa</th>}
            {ve('termina') && <th scope="col">Termina</th>}
            {ve('bajo') && (
              <th scope="col" className="n">
                Bajo el mínimo
              </th>
            )}
            {ve('pendientes') && (
              <th scope="col" className="n">
                Pendientes
              </th>
            )}
            {ve('riesgo') && (
              <th scope="col" className="n">
                En riesgo
              </th>
            )}
            {ve('proximo') && <th scope="col">Lo próximo</th>}
          </tr>
        </thead>
        <tbody>
          {cursos.filter(MOSTRAR[cuales].si).map((curso) => (
            <Fila
              key={claveDe(curso)}
              curso={curso}
              ve={ve}
              isElegido={claveDe(curso) === elegido}
              onElegir={() => onElegir(claveDe(curso))}
            />
          ))}
        </tbody>
      </table>
      <div className="tabla-pie">
        <span>
          {conPlata &&
            '«En riesgo» son los alumnos bajo sus mínimos o pendientes, por el valor que usted anotó: una estimación suya, no una cifra de SENCE. '}
          Los pasos y los montos se muestran solo en cursos con franquicia.
        </span>
      </div>
    </section>
  );
}

function Fila({
  curso,
  ve,
  isElegido,
  onElegir,
}: {
  curso: CursoPorCerrar;
  ve: (columna: ColumnaPorCerrar) => boolean;
  isElegido: boolean;
  onElegir: () => void;
}) {
  const { titulo, rutOtec, codigoOferta, codigoGrupo, termina, dias, bajo, cuenta, enRiesgo } = curso;
  return (
    <tr className={isElegido ? 'elegida' : undefined}>
      <th scope="row">
        <div className="quien">
          <Link
            to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo"
            params={{ rutOtec, codigoOferta, codigoGrupo }}
          >
            {titulo}
          </Link>
          <span className="codigo">{codigoOferta}</span>
        </div>
      </th>
      {ve('programa') && (
        <td data-titulo="Programa">
          <Programa curso={curso} />
        </td>
      )}
      {ve('termina') && (
        <td data-titulo="Termina">
          {dia(termina)}
          <div className={dias >= 0 && dias <= 10 ? 'chico espera' : 'chico tenue'}>
            {cuandoTermina(dias)}
          </div>
        </td>
      )}
      {ve('bajo') && (
        <td className="n" data-titulo="Bajo el mínimo">
          {bajo === null ? (
            <span className="cero">—</span>
          ) : (
            <button type="button" className="llano bajo" aria-pressed={isElegido} onClick={onElegir}>
              {numero(bajo.length)}
              <span className="solo-lector"> bajo el mínimo en {titulo}: ver quiénes</span>
            </button>
          )}
        </td>
      )}
      {ve('pendientes') && (
        <td className="n" data-titulo="Pendientes">
          {cuenta.pendientes === 0 ? (
            <span className="cero">0</span>
          ) : (
            <Link
              to="/por-corregir"
              search={{ curso: `${codigoOferta}/${codigoGrupo}` }}
              className="num-mal"
              aria-label={`${cuantos(cuenta.pendientes, 'alumno')} con algo pendiente en ${titulo}`}
            >
              {numero(cuenta.pendientes)}
            </Link>
          )}
        </td>
      )}
      {ve('riesgo') && (
        <td className="n" data-titulo="En riesgo">
          {enRiesgo === null ? <span className="cero">—</span> : `$${numero(enRiesgo.pesos)}`}
        </td>
      )}
      {ve('proximo') && (
        <td data-titulo="Lo próximo">
          <button type="button" className="llano bajo" aria-pressed={isElegido} onClick={onElegir}>
            {loProximo(curso)}
          </button>
        </td>
      )}
    </tr>
  );
}
