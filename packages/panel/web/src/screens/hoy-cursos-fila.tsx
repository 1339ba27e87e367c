import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { cuantos, dia, noche, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { fraseDeHoy } from '../parts/enviado-hoy.ts';
import { ESTADO_NOCHE, Noches } from '../parts/noches.tsx';
import { Barras } from '../parts/reparto.tsx';
import type { ColumnaDeCurso } from './excel-columnas.ts';

export type Linea = Of<'hoy'>['proveedores'][number]['cursos'][number];

/** A course in a table of them. */
export function FilaCurso({ curso, ve }: { curso: Linea; ve: (columna: ColumnaDeCurso) => boolean }) {
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
      {ve('pendientes') && (
        <td className="n" data-titulo="Pendientes">
          <PendientesDe curso={curso} />
        </td>
      )}
      {ve('tiene') && (
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
      )}
      {ve('noches') && (
        <td data-titulo="Noches" className="noches-de">
          <Noches noches={curso.noches} titulo={titulo} />
          <LoInesperado curso={curso} />
        </td>
      )}
      {ve('termina') && (
        <td className="n no-telefono" data-titulo="Termina">
          {termina === null ? <span className="cero">—</span> : dia(termina)}
        </td>
      )}
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
