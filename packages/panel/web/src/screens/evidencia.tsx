import { useMutation, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { descargar, leer, type Of } from '../api.ts';
import { decisionesQuery } from '../consultas.ts';
import { cuando, cuantos, dia, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useDeLaOtec } from '../otec.tsx';
import { Campo } from '../parts/campo.tsx';
import { Consulta, Falla, Vacio } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { Plegado } from '../parts/plegado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { DecisionesVigentes } from './evidencia-decisiones.tsx';

type Curso = Of<'resumenDeEvidencia'>['cursos'][number];

/** What left, what SENCE answered and what people decided: for whoever asks afterwards. */
export function Evidencia() {
  const resumen = useQuery({
    queryKey: ['evidencia'],
    queryFn: () => leer<'resumenDeEvidencia'>('/api/evidencia/resumen'),
  });
  return <Consulta de={resumen}>{({ cursos }) => <Prueba cursos={cursos} />}</Consulta>;
}

function Prueba({ cursos: todos }: { cursos: Curso[] }) {
  const decir = useDecir();
  const cursos = useDeLaOtec(todos);
  const vigentes = useDeLaOtec(useQuery(decisionesQuery).data?.decisiones ?? NADA).filter(
    ({ fin }) => fin === null,
  );
  const envios = sum(cursos.map((curso) => curso.envios));
  const [primera] = cursos.map(({ desde }) => desde).sort();
  return (
    <>
      <Titulo
        texto={
          primera === undefined
            ? 'Todavía no hay ningún envío que probar'
            : `Hay prueba de ${cuantos(envios, 'envío')}, desde el ${dia(primera)}`
        }
        ventana="Evidencia"
      >
        {decir(
          'Lo que salió, lo que SENCE contestó y lo que decidieron las personas. Sirve si SENCE, un OTIC o una empresa pregunta.',
        )}
      </Titulo>
      {primera !== undefined && <Cifras cursos={cursos} vigentes={vigentes.length} />}
      {primera === undefined ? (
        <Vacio titulo="Aún no se ha enviado nada.">
          <p>La prueba de cada curso aparecerá aquí con su primer envío.</p>
        </Vacio>
      ) : (
        <PorCurso cursos={cursos} />
      )}
      <DecisionesVigentes decisiones={vigentes} />
    </>
  );
}

const NADA: never[] = [];

function Cifras({ cursos, vigentes }: { cursos: Curso[]; vigentes: number }) {
  const decir = useDecir();
  const envios = sum(cursos.map((curso) => curso.envios));
  const conRespuesta = sum(cursos.map((curso) => curso.conRespuesta));
  const sin = envios - conRespuesta;
  return (
    <section className="tarjeta partida cifras" aria-label="Resumen">
      <div>
        <div className="suave">Envíos con respuesta guardada</div>
        <div className="cifra">{numero(conRespuesta)}</div>
        <p className="suave">de {numero(envios)}</p>
      </div>
      <div>
        <div className="suave">Sin respuesta guardada</div>
        <div className={sin > 0 ? 'cifra espera' : 'cifra'}>{numero(sin)}</div>
        {sin > 0 && (
          <p className="suave">{decir('No llegó, o pasó el plazo en que se guarda. Están en Envíos.')}</p>
        )}
      </div>
      <div>
        <div className="suave">Decisiones de personas que siguen vigentes</div>
        <div className="cifra">{numero(vigentes)}</div>
        {vigentes > 0 && (
          <p className="suave">
            <a href="#decisiones">Ver cuáles</a>
          </p>
        )}
      </div>
    </section>
  );
}

/** Each course with what there is of it, and its file. */
function PorCurso({ cursos }: { cursos: Curso[] }) {
  const [buscado, setBuscado] = useState('');
  const [fechas, setFechas] = useState({ desde: '', hasta: '' });
  const bajar = useMutation({
    mutationFn: ({ rutOtec, codigoOferta }: Curso) =>
      descargar('/api/evidencia', { rutOtec, codigoOferta, ...fechas }),
  });
  const busca = llano(buscado);
  const vistos = cursos.filter(({ titulo, codigoOferta }) =>
    llano(`${titulo} ${codigoOferta}`).includes(busca),
  );
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
      {vistos.length === 0 && <p className="cuerpo suave">Ningún curso coincide con «{buscado}».</p>}
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

function llano(texto: string): string {
  return texto.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
