import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { AlumnoComparado, CursoClave } from '../../../src/api.ts';
import type { Of } from '../api.ts';
import { cuantos, duracion, numero } from '../format.ts';
import { Vacio } from '../parts/estado.tsx';

type Modulo = AlumnoComparado['modulos'][number];

const MOSTRAR = {
  todos: () => true,
  cambian: ({ modulos }: AlumnoComparado) => modulos.some(({ cambia }) => cambia),
  problemas: ({ retenidos, enLaFuente }: AlumnoComparado) => retenidos.length > 0 || !enLaFuente,
};

/** Students as the source has them beside what SENCE accepted last; only the rows in sight exist. */
export function Comparacion({ curso }: { curso: Of<'cursoComparado'> }) {
  const [texto, setTexto] = useState('');
  const [cuales, setCuales] = useState<keyof typeof MOSTRAR>('todos');
  // What is typed shows at once, the students that match right after: thousands must not hold back the hand.
  const buscado = useDeferredValue(texto);
  const buscables = useMemo(
    () => curso.alumnos.map((alumno) => ({ alumno, en: plain(`${alumno.rut} ${alumno.nombre ?? ''}`) })),
    [curso.alumnos],
  );
  const alumnos = useMemo(() => {
    const wanted = plain(buscado);
    return buscables
      .filter(({ alumno, en }) => en.includes(wanted) && MOSTRAR[cuales](alumno))
      .map(({ alumno }) => alumno);
  }, [buscables, buscado, cuales]);
  return (
    <>
      <h2>Alumnos</h2>
      <div className="fila filtro">
        <label>
          Buscar por nombre o RUT
          <input type="search" value={texto} onChange={(event) => setTexto(event.currentTarget.value)} />
        </label>
        <label>
          Mostrar
          <select
            value={cuales}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (value === 'todos' || value === 'cambian' || value === 'problemas') setCuales(value);
            }}
          >
            <option value="todos">Todos</option>
            <option value="cambian">Los que cambian</option>
            <option value="problemas">Los que tienen un problema</option>
          </select>
        </label>
      </div>
      <p className="suave" role="status">
        {cuantos(alumnos.length, 'alumno')}
        {alumnos.length < curso.alumnos.length && ` de ${numero(curso.alumnos.length)}`}
      </p>
      {alumnos.length === 0 ? (
        <Vacio titulo="Nadie coincide con lo que busca." />
      ) : (
        <Filas alumnos={alumnos} curso={curso} />
      )}
    </>
  );
}

/** Once more only for other students: not for each letter of the filter. */
const Filas = memo(function Filas({ alumnos, curso }: { alumnos: AlumnoComparado[]; curso: CursoClave }) {
  const ref = useRef<HTMLTableSectionElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  const virtualizer = useWindowVirtualizer({
    count: alumnos.length,
    estimateSize: (index) => 30 + 26 * (alumnos[index]?.modulos.length ?? 1),
    overscan: 8,
    scrollMargin,
    getItemKey: (index) => alumnos[index]?.rut ?? index,
  });
  // What stands above grows and shrinks (a send that goes on, a notice): where the rows begin is asked each time.
  useLayoutEffect(() => {
    if (ref.current) setScrollMargin(ref.current.getBoundingClientRect().top + window.scrollY);
  });
  const rows = virtualizer.getVirtualItems();
  const before = (rows[0]?.start ?? 0) - (rows.length > 0 ? virtualizer.options.scrollMargin : 0);
  const after = virtualizer.getTotalSize() + virtualizer.options.scrollMargin - (rows.at(-1)?.end ?? 0);
  return (
    <div className="tabla">
      <table className="apilada comparacion" aria-rowcount={alumnos.length + 1}>
        <thead>
          <tr>
            <th scope="col">Alumno</th>
            <th scope="col">Módulo por módulo: la fuente ahora → lo último que SENCE aceptó</th>
          </tr>
        </thead>
        <tbody ref={ref}>
          <Relleno alto={before} />
          {rows.map(({ index, key }) => {
            const alumno = alumnos[index];
            return (
              alumno && (
                <Fila
                  key={key}
                  alumno={alumno}
                  curso={curso}
                  index={index}
                  medir={virtualizer.measureElement}
                />
              )
            );
          })}
          <Relleno alto={Math.max(0, after)} />
        </tbody>
      </table>
    </div>
  );
});

/** Once more only when it changes: not for each step of the scrolling. */
const Fila = memo(function Fila({
  alumno,
  curso,
  index,
  medir,
}: {
  alumno: AlumnoComparado;
  curso: CursoClave;
  index: number;
  medir: (row: HTMLTableRowElement | null) => void;
}) {
  return (
    <tr ref={medir} data-index={index} aria-rowindex={index + 2}>
      <th scope="row">
        <Quien alumno={alumno} curso={curso} />
      </th>
      <td>
        <ul className="lista">
          {alumno.modulos.map((modulo) => (
            <ModuloComparado key={modulo.codigoModulo} modulo={modulo} />
          ))}
        </ul>
        {alumno.retenidos.map(({ mensaje, queHacer, codigoModulo }) => (
          <p key={`${codigoModulo} ${mensaje}`} className="espera">
            {mensaje} {queHacer}
          </p>
        ))}
      </td>
    </tr>
  );
});

/** The height of the rows that are not there. */
function Relleno({ alto }: { alto: number }) {
  return alto > 0 ? (
    <tr className="relleno">
      <td colSpan={2} style={{ height: alto }} />
    </tr>
  ) : null;
}

function Quien({
  alumno: { rut, nombre, enLaFuente },
  curso,
}: {
  alumno: AlumnoComparado;
  curso: CursoClave;
}) {
  const { rutOtec, codigoOferta, codigoGrupo } = curso;
  return (
    <>
      <Link
        to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo/alumnos/$rut"
        params={{ rutOtec, codigoOferta, codigoGrupo, rut }}
        preload={false}
      >
        {nombre ?? rut}
      </Link>
      {nombre !== null && <div className="suave chico">{rut}</div>}
      {!enLaFuente && <span className="sello espera">Ya no está en la fuente</span>}
    </>
  );
}

function ModuloComparado({ modulo: { codigoModulo, ahora, aceptado, cambia, seEnvia } }: { modulo: Modulo }) {
  return (
    <li className="modulo">
      <span className="suave chico">{codigoModulo}</span>
      <span>
        <strong>{cifras(ahora)}</strong> → {cifras(aceptado)}
      </span>
      {cambia && seEnvia && <span className="sello">cambia</span>}
      {!seEnvia && ahora !== null && <span className="sello espera">no se envía</span>}
    </li>
  );
}

function cifras(of: Modulo['ahora'] | Modulo['aceptado']): string {
  if (of === null) return 'nada';
  const { porcentajeAvance, tiempoConectividad } = of;
  const avance = porcentajeAvance === null ? 'ilegible' : `${numero(porcentajeAvance)} %`;
  return tiempoConectividad === null ? avance : `${avance}, ${duracion(tiempoConectividad)}`;
}

/** Without accents, dots or capitals: as people type. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .toLowerCase()
    .trim();
}
