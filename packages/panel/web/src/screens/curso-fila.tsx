import { memo } from 'react';
import type { AlumnoComparado, CursoClave } from '../../../src/api.ts';
import { dia, duracion, fechaDe, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { QuienEs } from '../parts/quien.tsx';
import { SelloDeAlumno } from '../parts/sello-alumno.tsx';

type Modulo = AlumnoComparado['modulos'][number];

/** What may be shown of a student beside the name. */
export type ColumnaDeAlumno = 'estado' | 'modulos' | 'total' | 'conectado' | 'alDia';

/** Once more only when it changes: not for each step of the scrolling. */
export const FilaDeAlumno = memo(function FilaDeAlumno({
  alumno,
  curso,
  codigos,
  visibles,
  index,
  medir,
}: {
  alumno: AlumnoComparado;
  curso: CursoClave;
  codigos: readonly string[];
  /** The columns that are shown, as one text. */
  visibles: string;
  index: number;
  medir: (row: HTMLTableRowElement | null) => void;
}) {
  const decir = useDecir();
  const { rut, nombre, estado, enLaFuente, ahora, modulos } = alumno;
  const ve = (columna: ColumnaDeAlumno) => visibles.split(' ').includes(columna);
  return (
    <tr ref={medir} data-index={index} aria-rowindex={index + 2}>
      <th scope="row">
        <QuienEs curso={curso} rut={rut} nombre={nombre} />
      </th>
      {ve('estado') && (
        <td data-titulo="Estado">
          {enLaFuente ? (
            estado !== null && <SelloDeAlumno estado={estado} />
          ) : (
            <span className="sello">Ya no viene en la lista</span>
          )}
        </td>
      )}
      {codigos.map((codigo) => (
        <td key={codigo} className="n" data-titulo={`…${codigo.slice(-4)}`}>
          <Avance modulo={modulos.find(({ codigoModulo }) => codigoModulo === codigo)} />
        </td>
      ))}
      {ve('total') && (
        <td className="n" data-titulo="Total">
          <strong>{cifra(ahora?.porcentajeAvance ?? null)}</strong>
        </td>
      )}
      {ve('conectado') && (
        <td className="n" data-titulo="Conectado">
          {ahora?.tiempoConectividad == null ? '—' : duracion(ahora.tiempoConectividad)}
        </td>
      )}
      {ve('alDia') && (
        <td className="n" data-titulo={decir('SENCE al día')}>
          {ultimaDe(modulos)}
        </td>
      )}
    </tr>
  );
});

function Avance({ modulo }: { modulo: Modulo | undefined }) {
  if (modulo === undefined) return <span className="cero">—</span>;
  const avance = modulo.ahora?.porcentajeAvance ?? null;
  if (avance === null) return <span className="espera">{modulo.ahora === null ? '—' : 'ilegible'}</span>;
  return (
    <span className="mini">
      <span aria-hidden="true">
        <span style={{ width: `${Math.min(100, avance)}%` }} />
      </span>
      <span className={modulo.seEnvia ? '' : 'espera'}>{cifra(avance)}</span>
    </span>
  );
}

function cifra(avance: number | null): string {
  return avance === null ? '—' : `${numero(avance)} %`;
}

function ultimaDe(modulos: readonly Modulo[]) {
  const last = ultimaAceptada(modulos);
  return last === null ? <span className="mal">nunca</span> : dia(last);
}

/** The day of which SENCE has the last of a student, `YYYY-MM-DD`; null: it has nothing. */
export function ultimaAceptada(modulos: readonly Modulo[]): string | null {
  const last = modulos.reduce((latest, { aceptado }) => {
    const cuando = aceptado?.cuando ?? '';
    return cuando > latest ? cuando : latest;
  }, '');
  return last === '' ? null : fechaDe(last);
}
