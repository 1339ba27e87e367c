import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Search } from 'lucide-react';
import { memo, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { AlumnoComparado, CursoClave } from '../../../src/api.ts';
import type { Of } from '../api.ts';
import { bajarExcel } from '../excel.ts';
import { cuantos, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useOtec } from '../otec.tsx';
import { BajarExcel } from '../parts/bajar-excel.tsx';
import { useColumnas } from '../parts/columnas.tsx';
import { Vacio } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { useImprimiendo } from '../parts/imprimiendo.ts';
import { llano } from '../parts/llano.ts';
import { isPendiente, ORDEN_DE_ESTADOS } from '../parts/sello-alumno.tsx';
import { type ColumnaDeAlumno, FilaDeAlumno } from './curso-fila.tsx';
import { alumnosDe } from './excel-columnas.ts';

const MOSTRAR = {
  todos: { texto: 'Todos', si: () => true },
  pendientes: { texto: 'Pendientes', si: ({ estado }: AlumnoComparado) => isPendiente(estado) },
  cambian: {
    texto: 'Avanzaron',
    si: ({ modulos }: AlumnoComparado) => modulos.some(({ cambia }) => cambia),
  },
  ausentes: { texto: 'Ya no vienen', si: ({ enLaFuente }: AlumnoComparado) => !enLaFuente },
};
type Cuales = keyof typeof MOSTRAR;
/** More of them have no room beside each other. */
const COLUMNAS = 5;

/** Students as the source has them beside what SENCE accepted last; only the rows in sight exist. */
export function Comparacion({ curso }: { curso: Of<'cursoComparado'> }) {
  const [texto, setTexto] = useState('');
  const [cuales, setCuales] = useState<Cuales>('todos');
  // What is typed shows at once, the students that match right after: thousands must not hold back the hand.
  const buscado = useDeferredValue(texto);
  const buscables = useMemo(
    () =>
      curso.alumnos
        .map((alumno) => ({
          alumno,
          en: llano(`${alumno.rut} ${alumno.rut.replace('-', '')} ${alumno.nombre ?? ''}`),
        }))
        .sort((a, b) => rango(a.alumno) - rango(b.alumno)),
    [curso.alumnos],
  );
  const alumnos = useMemo(() => {
    const wanted = llano(buscado);
    return buscables
      .filter(({ alumno, en }) => en.includes(wanted) && MOSTRAR[cuales].si(alumno))
      .map(({ alumno }) => alumno);
  }, [buscables, buscado, cuales]);
  const decir = useDecir();
  const { todas } = useOtec();
  const columnas = useColumnas<ColumnaDeAlumno>('alumnos', {
    estado: 'Estado',
    modulos: 'Módulos',
    total: 'Total',
    conectado: 'Conectado',
    alDia: decir('SENCE al día'),
  });
  return (
    <section className="tabla pegada" aria-labelledby="alumnos">
      <div className="tabla-barra">
        <h2 id="alumnos">Alumnos</h2>
        <div className="buscar">
          <Icono de={Search} />
          <input
            type="search"
            aria-label="Buscar por nombre o RUT"
            placeholder="Buscar nombre o RUT"
            value={texto}
            onChange={(event) => setTexto(event.currentTarget.value)}
          />
        </div>
        <div className="fichas">
          {(Object.keys(MOSTRAR) as Cuales[]).map((clave) => {
            const cuenta = curso.alumnos.filter(MOSTRAR[clave].si).length;
            if (cuenta === 0 && clave === 'ausentes') return null;
            return (
              <button
                key={clave}
                type="button"
                className="ficha"
                aria-pressed={cuales === clave}
                onClick={() => setCuales(clave)}
              >
                {MOSTRAR[clave].texto} <b>{numero(cuenta)}</b>
              </button>
            );
          })}
        </div>
        <div className="final fila">
          {columnas.elegir}
          <BajarExcel
            bajar={() =>
              bajarExcel({
                ...{ de: 'Alumnos', hoy: curso.hoy, cuenta: curso.cuenta, filas: alumnos },
                columnas: alumnosDe(codigosEn(alumnos), columnas.ve, decir),
                otec: todas.find((otec) => otec.rutOtec === curso.rutOtec)?.nombre ?? curso.rutOtec,
              })
            }
          />
        </div>
      </div>
      {alumnos.length === 0 ? (
        <Vacio titulo="Nadie coincide con lo que busca." />
      ) : (
        <Filas
          alumnos={alumnos}
          curso={curso}
          visibles={columnas.visibles.join(' ')}
          filas={columnas.filas}
        />
      )}
      <div className="tabla-pie">
        <span role="status">
          {cuantos(alumnos.length, 'alumno')}
          {alumnos.length < curso.alumnos.length && ` de ${numero(curso.alumnos.length)}`}
        </span>
        <span>Las cifras son las de sus datos, leídos ahora.</span>
      </div>
    </section>
  );
}

/** Once more only for other students: not for each letter of the filter. */
const Filas = memo(function Filas({
  alumnos,
  curso,
  visibles,
  filas,
}: {
  alumnos: AlumnoComparado[];
  curso: CursoClave;
  /** The columns that are shown, as one text: the same ones are equal. */
  visibles: string;
  filas: string;
}) {
  const imprimiendo = useImprimiendo();
  const ve = (columna: ColumnaDeAlumno) => visibles.split(' ').includes(columna);
  const ref = useRef<HTMLTableSectionElement>(null);
  const decir = useDecir();
  const [scrollMargin, setScrollMargin] = useState(0);
  const veModulos = ve('modulos');
  const codigos = useMemo(() => (veModulos ? codigosDe(alumnos) : []), [alumnos, veModulos]);
  const virtualizer = useWindowVirtualizer({
    count: alumnos.length,
    estimateSize: () => 60,
    overscan: 8,
    scrollMargin,
    getItemKey: (index) => nameOf(alumnos[index]) ?? index,
  });
  // What stands above grows and shrinks (a send that goes on, a notice): where the rows begin is asked each time.
  useLayoutEffect(() => {
    if (ref.current) setScrollMargin(ref.current.getBoundingClientRect().top + window.scrollY);
  });
  const inSight = virtualizer.getVirtualItems();
  const rows = imprimiendo
    ? alumnos.map((alumno, index) => ({ index, key: nameOf(alumno) ?? index, start: 0, end: 0 }))
    : inSight;
  const before = (inSight[0]?.start ?? 0) - (inSight.length > 0 ? virtualizer.options.scrollMargin : 0);
  const after = virtualizer.getTotalSize() + virtualizer.options.scrollMargin - (inSight.at(-1)?.end ?? 0);
  return (
    <table className={`apilada comparacion ${filas}`} aria-rowcount={alumnos.length + 1}>
      <thead>
        <tr>
          <th scope="col">Alumno</th>
          {ve('estado') && <th scope="col">Estado</th>}
          {codigos.map((codigo) => (
            <th key={codigo} scope="col" className="n">
              <abbr title={codigo}>…{codigo.slice(-4)}</abbr>
            </th>
          ))}
          {ve('total') && (
            <th scope="col" className="n">
              Total
            </th>
          )}
          {ve('conectado') && (
            <th scope="col" className="n">
              Conectado
            </th>
          )}
          {ve('alDia') && (
            <th scope="col" className="n">
              {decir('SENCE al día')}
            </th>
          )}
        </tr>
      </thead>
      <tbody ref={ref}>
        <Relleno alto={imprimiendo ? 0 : before} columnas={codigos.length + 5} />
        {rows.map(({ index, key }) => {
          const alumno = alumnos[index];
          return (
            alumno && (
              <FilaDeAlumno
                key={key}
                alumno={alumno}
                curso={curso}
                codigos={codigos}
                visibles={visibles}
                index={index}
                medir={virtualizer.measureElement}
              />
            )
          );
        })}
        <Relleno alto={imprimiendo ? 0 : Math.max(0, after)} columnas={codigos.length + 5} />
      </tbody>
    </table>
  );
});

/** Several may have no RUT. */
function nameOf(alumno: AlumnoComparado | undefined): string | undefined {
  return alumno && `${alumno.rut}\n${alumno.lugar}`;
}

/** The height of the rows that are not there. */
function Relleno({ alto, columnas }: { alto: number; columnas: number }) {
  return alto > 0 ? (
    <tr className="relleno">
      <td colSpan={columnas} style={{ height: alto }} />
    </tr>
  ) : null;
}

/** The modules of the course, where there is room for each. */
function codigosDe(alumnos: readonly AlumnoComparado[]): string[] {
  const codigos = codigosEn(alumnos);
  return codigos.length > COLUMNAS ? [] : codigos;
}

function codigosEn(alumnos: readonly AlumnoComparado[]): string[] {
  return [
    ...new Set(alumnos.flatMap(({ modulos }) => modulos.map(({ codigoModulo }) => codigoModulo))),
  ].sort();
}

/** Whom somebody waits for comes first. */
function rango({ estado, enLaFuente }: AlumnoComparado): number {
  if (!enLaFuente) return ORDEN_DE_ESTADOS.length;
  return estado === null ? ORDEN_DE_ESTADOS.length - 1 : ORDEN_DE_ESTADOS.indexOf(estado);
}
