import { useMutation } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { descargar, type Of } from '../api.ts';
import { bajarExcel } from '../excel.ts';
import { cuando, cuantos, dia, fechaDe, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useOtec } from '../otec.tsx';
import { BajarExcel } from '../parts/bajar-excel.tsx';
import { Campo } from '../parts/campo.tsx';
import { Falla } from '../parts/estado.tsx';
import { Fichas } from '../parts/fichas.tsx';
import { Icono } from '../parts/icono.tsx';
import { llano } from '../parts/llano.ts';
import { Plegado } from '../parts/plegado.tsx';
import { EVIDENCIA } from './excel-columnas.ts';

type Curso = Of<'resumenDeEvidencia'>['cursos'][number];

const FICHAS = {
  todos: { texto: 'Todos', si: () => true },
  'por-confirmar': {
    texto: 'Por confirmar',
    si: ({ alumnos, confirmados }: Curso) => confirmados < alumnos,
  },
  'sin-respuesta': {
    texto: 'Con algo sin respuesta',
    si: ({ envios, conRespuesta }: Curso) => conRespuesta < envios,
  },
};

/** Each course with what there is of it, and its file. */
export function PorCurso({ cursos }: { cursos: Curso[] }) {
  const { nombre } = useOtec();
  const decir = useDecir();
  const [buscado, setBuscado] = useState('');
  const [cuales, setCuales] = useState<keyof typeof FICHAS>('todos');
  const [fechas, setFechas] = useState({ desde: '', hasta: '' });
  const bajar = useMutation({
    mutationFn: ({ rutOtec, codigoOferta }: Curso) =>
      descargar('/api/evidencia', { rutOtec, codigoOferta, ...fechas }),
  });
  const busca = llano(buscado);
  const vistos = cursos
    .filter(FICHAS[cuales].si)
    .filter(({ titulo, codigoOferta }) => llano(`${titulo} ${codigoOferta}`).includes(busca));
  return (
    <section className="tabla" aria-labelledby="por-curso">
      <div className="tabla-barra">
        <h2 id="por-curso">Por curso</h2>
        <div className="buscar">
          <Icono de={Search} />
          <input
            type="search"
            aria-label="Buscar un curso"
            placeholder="Buscar un curso"
            value={buscado}
            onChange={({ currentTarget }) => setBuscado(currentTarget.value)}
          />
        </div>
        <Fichas fichas={FICHAS} filas={cursos} elegida={cuales} onElegir={setCuales} />
        <div className="final">
          <BajarExcel
            bajar={() =>
              bajarExcel({
                ...{ de: 'Evidencia', otec: nombre, cuenta: null, columnas: EVIDENCIA, filas: vistos },
                hoy: fechaDe(new Date().toISOString()),
              })
            }
          />
        </div>
      </div>
      <table className="apilada">
        <caption className="solo-lector">Prueba por curso</caption>
        <thead>
          <tr>
            <th scope="col">Curso</th>
            <th scope="col" className="n">
              Envíos
            </th>
            <th scope="col">Noches</th>
            <th scope="col">Último envío</th>
            <th scope="col">{decir('SENCE lo confirmó')}</th>
            <th scope="col">
              <span className="solo-lector">Acciones</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {vistos.map((curso) => (
            <tr key={`${curso.rutOtec} ${curso.codigoOferta} ${curso.codigoGrupo}`}>
              <th scope="row">
                <div className="quien">
                  <span>{curso.titulo}</span>
                  <span className="codigo">{codigosDe(curso)}</span>
                </div>
              </th>
              <td className="n" data-titulo="Envíos">
                {numero(curso.envios)}
              </td>
              <td data-titulo="Noches">
                {curso.desde === curso.hasta ? dia(curso.desde) : `${dia(curso.desde)} a ${dia(curso.hasta)}`}
              </td>
              <td data-titulo="Último envío">{curso.ultimo === null ? '—' : cuando(curso.ultimo)}</td>
              <td data-titulo={decir('SENCE lo confirmó')}>
                {curso.alumnos === 0
                  ? 'ya no se informa'
                  : `${numero(curso.confirmados)} de ${cuantos(curso.alumnos, 'alumno')}`}
              </td>
              <td>
                <button
                  type="button"
                  className="chico"
                  disabled={bajar.isPending}
                  onClick={() => bajar.mutate(curso)}
                >
                  {bajar.isPending && bajar.variables === curso ? 'Preparando…' : 'Descargar'}
                  <span className="solo-lector"> la prueba de {curso.titulo}</span>
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {vistos.length === 0 && <p className="cuerpo suave">Ningún curso coincide.</p>}
      <div className="cuerpo">
        <Plegado titulo="Descargar solo lo de algunas noches">
          <div className="fila">
            <Campo
              etiqueta="Desde"
              name="desde"
              type="date"
              value={fechas.desde}
              onChange={({ currentTarget }) => setFechas({ ...fechas, desde: currentTarget.value })}
            />
            <Campo
              etiqueta="Hasta"
              name="hasta"
              type="date"
              value={fechas.hasta}
              onChange={({ currentTarget }) => setFechas({ ...fechas, hasta: currentTarget.value })}
            />
          </div>
        </Plegado>
        {bajar.isError && <Falla error={bajar.error} />}
        {bajar.isSuccess && <p role="status">Descargada. Guárdela donde solo la vea quien deba.</p>}
      </div>
      <div className="tabla-pie">
        <span>
          La prueba es de todos los grupos del curso. Trae una planilla que se lee, los envíos y sus
          respuestas tal como llegaron, y un manifiesto que permite comprobar después que nada se cambió. El
          token no va en ella; los RUT, sí.
        </span>
      </div>
    </section>
  );
}

function codigosDe({ codigoOferta, codigoGrupo }: Curso): string {
  return codigoGrupo === codigoOferta || codigoGrupo === ''
    ? codigoOferta
    : `${codigoOferta} · ${codigoGrupo}`;
}
