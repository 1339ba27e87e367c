import { ArrowDown, ArrowUp, Search } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import type { Cuenta } from '../../../src/api.ts';
import { bajarExcel } from '../excel.ts';
import { cuantos, dia, fechaDe, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useOtec } from '../otec.tsx';
import { BajarExcel } from '../parts/bajar-excel.tsx';
import { useColumnas } from '../parts/columnas.tsx';
import { Vacio } from '../parts/estado.tsx';
import { Fichas } from '../parts/fichas.tsx';
import { Icono } from '../parts/icono.tsx';
import { llano } from '../parts/llano.ts';
import { ClaveDeNoches } from '../parts/noches.tsx';
import { type ColumnaDeCurso, CURSOS } from './excel-columnas.ts';
import { FilaCurso, type Linea } from './hoy-cursos-fila.tsx';

type Columna = 'titulo' | 'pendientes' | 'tiene' | 'termina';

const MOSTRAR = {
  todos: { texto: 'Todos', si: () => true },
  pendientes: { texto: 'Con pendientes', si: ({ cuenta }: Linea) => (cuenta?.pendientes ?? 0) > 0 },
};
const por: Record<Columna, (a: Linea, b: Linea) => number> = {
  titulo: (a, b) => a.titulo.localeCompare(b.titulo, 'es'),
  pendientes: (a, b) => (a.cuenta?.pendientes ?? 0) - (b.cuenta?.pendientes ?? 0),
  tiene: (a, b) => parteDe(a) - parteDe(b),
  termina: (a, b) => (a.termina ?? '9').localeCompare(b.termina ?? '9'),
};

/** Courses, those with something pending first; of several providers, each one's own together. */
export function CursosDeHoy({
  cursos,
  cuenta,
  ahora,
  otecs = [],
}: {
  cursos: Linea[];
  cuenta: Cuenta | null;
  ahora: string;
  /** Whose they are, where they are of several. */
  otecs?: readonly { rutOtec: string; nombre: string }[];
}) {
  const { rutOtec, todas } = useOtec();
  const decir = useDecir();
  const [cuales, setCuales] = useState<keyof typeof MOSTRAR>('todos');
  const [texto, setTexto] = useState('');
  const buscado = useDeferredValue(llano(texto));
  const [orden, setOrden] = useState<{ columna: Columna; baja: boolean }>({
    columna: 'pendientes',
    baja: true,
  });
  const columnas = useColumnas<ColumnaDeCurso>('cursos', {
    pendientes: 'Pendientes',
    tiene: decir('SENCE los tiene'),
    noches: 'Noche a noche',
    termina: 'Termina',
  });
  const { ve } = columnas;
  const vistos = useMemo(() => {
    const { columna, baja } = orden;
    return cursos
      .filter(MOSTRAR[cuales].si)
      .filter(({ titulo, codigoOferta, codigoGrupo }) =>
        llano(`${titulo} ${codigoOferta} ${codigoGrupo}`).includes(buscado),
      )
      .sort((a, b) => (baja ? -1 : 1) * por[columna](a, b) || por.termina(a, b) || por.titulo(a, b));
  }, [cursos, cuales, orden, buscado]);
  if (cursos.length === 0) {
    return (
      <Vacio titulo="Aún no se ha enviado ningún curso.">
        <p>Aparecerán aquí con el primer envío: esta noche, o cuando usted lo pida.</p>
      </Vacio>
    );
  }
  const cabeza = (columna: Columna, texto: string, clase = '') => (
    <Ordenable
      clase={clase}
      sentido={orden.columna === columna ? (orden.baja ? 'descending' : 'ascending') : null}
      onClick={() =>
        setOrden({ columna, baja: orden.columna === columna ? !orden.baja : columna !== 'titulo' })
      }
    >
      {texto}
    </Ordenable>
  );
  const noches = cursos[0]?.noches ?? [];
  const alumnos = cursos.reduce((sum, { cuenta }) => sum + (cuenta?.alumnos ?? 0), 0);
  return (
    <section className="tabla pegada" aria-labelledby="cursos">
      <div className="tabla-barra">
        <h2 id="cursos">Cursos</h2>
        <div className="buscar">
          <Icono de={Search} />
          <input
            type="search"
            aria-label="Buscar en los cursos"
            placeholder="Nombre o código"
            value={texto}
            onChange={({ currentTarget }) => setTexto(currentTarget.value)}
          />
        </div>
        <Fichas fichas={MOSTRAR} filas={cursos} elegida={cuales} onElegir={setCuales} />
        <div className="final fila">
          {columnas.elegir}
          <BajarExcel
            bajar={() =>
              bajarExcel({
                ...{ de: 'Cursos', hoy: fechaDe(ahora), cuenta, filas: vistos },
                columnas: columnas.deExcel(CURSOS),
                otec: (todas.find((otec) => otec.rutOtec === rutOtec) ?? todas[0])?.nombre ?? '',
              })
            }
          />
        </div>
      </div>
      <table className={`apilada cursos ${columnas.filas}`}>
        <caption className="solo-lector">
          Cursos. Las cuentas son de alumnos: cada alumno se cuenta una vez por curso.
        </caption>
        <thead>
          <tr>
            {cabeza('titulo', 'Curso', 'ancho')}
            {ve('pendientes') && cabeza('pendientes', 'Pendientes', 'n')}
            {ve('tiene') && cabeza('tiene', decir('SENCE los tiene'))}
            {ve('noches') && (
              <th scope="col">
                {dia(noches[0]?.noche ?? '2026-01-01')} – {dia(noches.at(-1)?.noche ?? '2026-01-01')}
              </th>
            )}
            {ve('termina') && cabeza('termina', 'Termina', 'n')}
          </tr>
        </thead>
        {otecs.length < 2 ? (
          <Filas cursos={vistos} ve={ve} />
        ) : (
          otecs.map(({ rutOtec: de, nombre }) => (
            <Filas key={de} cursos={vistos.filter((curso) => curso.rutOtec === de)} ve={ve} otec={nombre} />
          ))
        )}
      </table>
      {vistos.length === 0 && (
        <Vacio
          titulo={
            buscado === '' ? 'Ningún curso tiene pendientes.' : `Ningún curso coincide con «${texto.trim()}».`
          }
        >
          <button
            type="button"
            onClick={() => {
              setTexto('');
              setCuales('todos');
            }}
          >
            Ver todos
          </button>
        </Vacio>
      )}
      <div className="tabla-pie">
        <span role="status">
          {vistos.length < cursos.length && `Se ven ${numero(vistos.length)} de `}
          {cuantos(cursos.length, 'curso')} · {cuantos(alumnos, 'alumno')}. Cada alumno se cuenta una vez por
          curso.
        </span>
        <span className="final fila medio">
          <ClaveDeNoches />
        </span>
      </div>
    </section>
  );
}

function Filas({
  cursos,
  ve,
  otec,
}: {
  cursos: readonly Linea[];
  ve: (columna: ColumnaDeCurso) => boolean;
  otec?: string;
}) {
  if (cursos.length === 0) return null;
  const alumnos = cursos.reduce((sum, { cuenta }) => sum + (cuenta?.alumnos ?? 0), 0);
  return (
    <tbody>
      {otec !== undefined && (
        <tr className="fila-grupo">
          <th scope="rowgroup" colSpan={5}>
            {otec} · {cuantos(cursos.length, 'curso')}, {cuantos(alumnos, 'alumno')}
          </th>
        </tr>
      )}
      {cursos.map((curso) => (
        <FilaCurso
          key={`${curso.rutOtec} ${curso.codigoOferta} ${curso.codigoGrupo}`}
          curso={curso}
          ve={ve}
        />
      ))}
    </tbody>
  );
}

function Ordenable({
  clase,
  sentido,
  onClick,
  children,
}: {
  clase: string;
  sentido: 'ascending' | 'descending' | null;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <th scope="col" className={clase} {...(sentido !== null && { 'aria-sort': sentido })}>
      <button type="button" className="orden" onClick={onClick}>
        {children}
        <Icono de={sentido === 'ascending' ? ArrowUp : ArrowDown} />
      </button>
    </th>
  );
}

function parteDe({ cuenta }: Linea): number {
  return cuenta === null || cuenta.alumnos === 0 ? 0 : cuenta.loTiene / cuenta.alumnos;
}
