import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { Of } from '../api.ts';
import { bajarExcel } from '../excel.ts';
import { cuantos, dia, fechaDe, noche, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useOtec } from '../otec.tsx';
import { BajarExcel } from '../parts/bajar-excel.tsx';
import { fraseDeHoy } from '../parts/enviado-hoy.ts';
import { Vacio } from '../parts/estado.tsx';
import { Fichas } from '../parts/fichas.tsx';
import { Icono } from '../parts/icono.tsx';
import { ClaveDeNoches, ESTADO_NOCHE, Noches } from '../parts/noches.tsx';
import { Barras } from '../parts/reparto.tsx';
import { CURSOS } from './excel-columnas.ts';

type Linea = Of<'hoy'>['proveedores'][number]['cursos'][number];

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

/** A provider's courses, those with something pending first. */
export function CursosDeHoy({
  cursos,
  cuenta,
  ahora,
}: Pick<Of<'hoy'>['proveedores'][number], 'cursos' | 'cuenta'> & { ahora: string }) {
  const { rutOtec, todas } = useOtec();
  const decir = useDecir();
  const [cuales, setCuales] = useState<keyof typeof MOSTRAR>('todos');
  const [orden, setOrden] = useState<{ columna: Columna; baja: boolean }>({
    columna: 'pendientes',
    baja: true,
  });
  const vistos = useMemo(() => {
    const { columna, baja } = orden;
    return cursos
      .filter(MOSTRAR[cuales].si)
      .sort((a, b) => (baja ? -1 : 1) * por[columna](a, b) || por.termina(a, b) || por.titulo(a, b));
  }, [cursos, cuales, orden]);
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
        <Fichas fichas={MOSTRAR} filas={cursos} elegida={cuales} onElegir={setCuales} />
        <div className="final">
          <BajarExcel
            bajar={() =>
              bajarExcel({
                ...{ de: 'Cursos', hoy: fechaDe(ahora), cuenta, columnas: CURSOS, filas: vistos },
                otec: (todas.find((otec) => otec.rutOtec === rutOtec) ?? todas[0])?.nombre ?? '',
              })
            }
          />
        </div>
      </div>
      <table className="apilada cursos">
        <caption className="solo-lector">
          Cursos. Las cuentas son de alumnos: cada alumno se cuenta una vez por curso.
        </caption>
        <thead>
          <tr>
            {cabeza('titulo', 'Curso', 'ancho')}
            {cabeza('pendientes', 'Pendientes', 'n')}
            {cabeza('tiene', decir('SENCE los tiene'))}
            <th scope="col">
              {dia(noches[0]?.noche ?? '2026-01-01')} – {dia(noches.at(-1)?.noche ?? '2026-01-01')}
            </th>
            {cabeza('termina', 'Termina', 'n')}
          </tr>
        </thead>
        <tbody>
          {vistos.map((curso) => (
            <FilaCurso key={`${curso.codigoOferta}/${curso.codigoGrupo}`} curso={curso} />
          ))}
        </tbody>
      </table>
      <div className="tabla-pie">
        <span>
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

function FilaCurso({ curso }: { curso: Linea }) {
  const { titulo, codigoOferta, codigoGrupo, rutOtec, cuenta, termina } = curso;
  const decir = useDecir();
  return (
    <tr>
      <th scope="row">
        <div className="quien">
          <Link
            to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo"
            params={{ rutOtec, codigoOferta, codigoGrupo }}
          >
            {titulo}
          </Link>
          <span className="codigo">
            {codigoOferta}
            {codigoGrupo !== codigoOferta && ` · ${codigoGrupo}`}
          </span>
        </div>
      </th>
      <td className="n" data-titulo="Pendientes">
        <PendientesDe curso={curso} />
      </td>
      <td data-titulo={decir('SENCE los tiene')}>
        {cuenta === null ? (
          <span className="suave chico">No se informa</span>
        ) : (
          <div className="de-total">
            <Barras cuenta={cuenta} />
            <span className="chico suave junto">
              {numero(cuenta.loTiene)} de {numero(cuenta.alumnos)}
            </span>
          </div>
        )}
      </td>
      <td data-titulo="Noches" className="noches-de">
        <Noches noches={curso.noches} titulo={titulo} />
        <LoInesperado curso={curso} />
      </td>
      <td className="n no-telefono" data-titulo="Termina">
        {termina === null ? <span className="cero">—</span> : dia(termina)}
      </td>
    </tr>
  );
}

/** What is well says nothing. */
function LoInesperado({ curso }: { curso: Linea }) {
  const ultima = curso.noches.findLast(({ estado }) => estado !== 'sin-envio' && estado !== 'pendiente');
  const decir = useDecir();
  return (
    <>
      {ultima?.estado === 'perdida' && (
        <div>
          <span className="sello mal">No se envió</span>{' '}
          <span className="mal chico">{noche(ultima.noche)}</span>
        </div>
      )}
      {(ultima?.estado === 'enviando' || ultima?.estado === 'incierto' || ultima?.estado === 'rechazado') && (
        <div className="chico">{capital(decir(ESTADO_NOCHE[ultima.estado].texto))}</div>
      )}
      {curso.ultima === null && <div className="chico tenue">Sin envíos en {curso.noches.length} noches</div>}
      {curso.enviadoHoy && <div className="chico">{fraseDeHoy([curso])}</div>}
    </>
  );
}

/** Links where somebody can mend them. */
function PendientesDe({ curso }: { curso: Linea }) {
  const { cuenta, codigoOferta, codigoGrupo, titulo } = curso;
  if (cuenta === null) return <span className="cero">—</span>;
  const { pendientes, rechazados, retenidos, sinEnviar } = cuenta;
  if (pendientes === 0) return <span className="cero">0</span>;
  const clase = rechazados + sinEnviar > 0 ? 'num-mal' : 'num-espera';
  if (rechazados + retenidos === 0) return <span className={clase}>{numero(pendientes)}</span>;
  return (
    <Link
      to="/por-corregir"
      search={{ curso: `${codigoOferta}/${codigoGrupo}` }}
      className={clase}
      aria-label={`${cuantos(pendientes, 'alumno')} con algo pendiente en ${titulo}`}
    >
      {numero(pendientes)}
    </Link>
  );
}

function parteDe({ cuenta }: Linea): number {
  return cuenta === null || cuenta.alumnos === 0 ? 0 : cuenta.loTiene / cuenta.alumnos;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
