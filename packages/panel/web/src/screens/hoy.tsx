import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { hoyQuery } from '../consultas.ts';
import { cuando, cuantos, fechaDe, noche, numero } from '../format.ts';
import { fraseDeHoy } from '../parts/enviado-hoy.ts';
import { Consulta, Vacio } from '../parts/estado.tsx';
import { ESTADO_NOCHE, Noches } from '../parts/noches.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { useSesion } from '../sesion.ts';
import { CuentaDeAlumnos } from './hoy-cuenta.tsx';
import { ConvieneMirar, HayQueActuar, ParaSaber } from './hoy-dichos.tsx';
import { EnviosEnMarcha } from './hoy-en-vivo.tsx';
import { NocheCursoPorCurso } from './hoy-noche.tsx';
import { NochesPerdidas, NochesRecuperadas } from './hoy-perdidas.tsx';
import { NoInforman, Problemas, Reintentando } from './hoy-problemas.tsx';
import { Ventana } from './hoy-ventana.tsx';

type Proveedor = Of<'hoy'>['proveedores'][number];
type Linea = Proveedor['cursos'][number];

/** What the coordinator opens each morning: did everything arrive, and if not, what is to be done. */
export function Hoy() {
  const hoy = useQuery({ ...hoyQuery, refetchInterval: 60_000 });
  return (
    <>
      <Titulo texto="Hoy">
        {/* Until it comes, its line is kept. */}
        {hoy.data ? noche(fechaDe(hoy.data.ahora)) : '\u00a0'}
      </Titulo>
      <Consulta de={hoy}>
        {({ ahora, pendientes, proveedores }) => {
          if (proveedores.length === 0) {
            return (
              <>
                <NoInforman pendientes={pendientes} />
                <SinProveedores />
              </>
            );
          }
          return (
            <>
              <NoInforman pendientes={pendientes} />
              <EnviosEnMarcha />
              {proveedores.map((proveedor) => (
                <SeccionProveedor
                  key={proveedor.rutOtec}
                  proveedor={proveedor}
                  ahora={ahora}
                  solo={proveedores.length === 1}
                />
              ))}
            </>
          );
        }}
      </Consulta>
    </>
  );
}

function SinProveedores() {
  const { rol } = useSesion();
  return (
    <Vacio titulo="Puente todavía no tiene a quién informar.">
      {rol === 'administrador' ? (
        <>
          <p>
            Falta decirle qué OTEC informa y de dónde salen los datos. Se hace paso a paso, en unos minutos.
          </p>
          <p>
            <Link className="boton" to="/instalacion">
              Poner en marcha
            </Link>
          </p>
        </>
      ) : (
        <p>Pídale a quien administra este panel que lo ponga en marcha.</p>
      )}
    </Vacio>
  );
}

function SeccionProveedor({
  proveedor,
  ahora,
  solo,
}: {
  proveedor: Proveedor;
  ahora: string;
  solo: boolean;
}) {
  const { nombre, rutOtec, problemas, nochesPerdidas, cursos } = proveedor;
  return (
    <section aria-label={nombre}>
      {!solo && (
        <h2>
          {nombre} <span className="suave chico">{rutOtec}</span>
        </h2>
      )}
      <NochesPerdidas noches={nochesPerdidas} />
      <Problemas problemas={problemas} />
      <HayQueActuar proveedor={proveedor} />
      <Reintentando problemas={problemas} />
      <CuentaDeAlumnos cuenta={proveedor.cuenta} />
      <div className="cifras">
        <Ventana proveedor={proveedor} ahora={ahora} />
        <Pendientes cursos={cursos} />
      </div>
      <NocheCursoPorCurso proveedor={proveedor} />
      <ConvieneMirar proveedor={proveedor} />
      <Cursos cursos={cursos} />
      <ParaSaber proveedor={proveedor} />
      <NochesRecuperadas noches={nochesPerdidas} />
    </section>
  );
}

function Pendientes({ cursos }: { cursos: Linea[] }) {
  const rechazados = sum(cursos, ({ erroresRechazados }) => erroresRechazados);
  const retenidos = sum(cursos, ({ erroresRetenidos }) => erroresRetenidos);
  const total = rechazados + retenidos;
  const haySido = cursos.some(({ ultima }) => ultima !== null);
  return (
    <div className="tarjeta">
      <div className="suave">Por corregir</div>
      <div className={total > 0 ? 'cifra mal' : haySido ? 'cifra bien' : 'cifra'}>{numero(total)}</div>
      {total === 0 ? (
        <div>
          {haySido
            ? 'De lo último que se envió, SENCE no rechazó ni Puente retuvo nada.'
            : 'Todavía no se envía nada: SENCE no ha dicho a quién acepta.'}
        </div>
      ) : (
        <>
          <div>
            {numero(rechazados)} por SENCE, {numero(retenidos)} antes de enviar.
          </div>
          <Link to="/por-corregir">Ver quiénes y cómo corregirlo</Link>
        </>
      )}
    </div>
  );
}

function Cursos({ cursos }: { cursos: Linea[] }) {
  if (cursos.length === 0) {
    return (
      <Vacio titulo="Aún no se ha enviado ningún curso.">
        <p>Aparecerán aquí con el primer envío: esta noche, o cuando usted lo pida.</p>
      </Vacio>
    );
  }
  return (
    <div className="tabla">
      <table className="apilada cursos">
        <caption>Cursos. Cada alumno se cuenta una vez por curso.</caption>
        <thead>
          <tr>
            <th scope="col">Curso</th>
            <th scope="col">Último envío y noches</th>
            <th scope="col" className="n">
              Alumnos
            </th>
            <th scope="col" className="n">
              SENCE los tiene
            </th>
            <th scope="col" className="n">
              Pendientes
            </th>
          </tr>
        </thead>
        <tbody>
          {cursos.map((curso) => (
            <FilaCurso key={`${curso.codigoOferta}/${curso.codigoGrupo}`} curso={curso} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FilaCurso({ curso }: { curso: Linea }) {
  const { titulo, codigoOferta, codigoGrupo, rutOtec, ultima } = curso;
  const anoche = curso.noches.findLast(({ estado }) => estado !== 'sin-envio' && estado !== 'pendiente');
  return (
    <tr>
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
        </div>
      </th>
      <td data-titulo="Último envío">
        {anoche?.estado === 'perdida' && (
          <div>
            <span className="sello mal">No se envió</span>{' '}
            <span className="mal chico">{noche(anoche.noche)}</span>
          </div>
        )}
        {ultima === null ? (
          <span className="sello">Nunca enviado</span>
        ) : (
          <>
            <span className={`sello ${ESTADO_NOCHE[ultima.estado].tono}`}>
              {capital(ESTADO_NOCHE[ultima.estado].texto)}
            </span>
            <div className="suave chico">{noche(ultima.noche)}</div>
          </>
        )}
        <Noches noches={curso.noches} titulo={titulo} />
        <div className="suave chico">
          {curso.ultimoAceptado === null
            ? 'SENCE todavía no acepta nada'
            : `Aceptado por última vez: ${cuando(curso.ultimoAceptado)}`}
        </div>
        {curso.enviadoHoy && <div className="chico">{fraseDeHoy([curso])}</div>}
      </td>
      <td className="n" data-titulo="Alumnos">
        {curso.alumnos === null ? '—' : numero(curso.cuenta?.alumnos ?? curso.alumnos)}
      </td>
      <td className="n" data-titulo="SENCE los tiene">
        {curso.cuenta === null ? '—' : numero(curso.cuenta.loTiene)}
      </td>
      <td className="n" data-titulo="Pendientes">
        <PendientesDe curso={curso} />
      </td>
    </tr>
  );
}

/** Links where somebody can mend them. */
function PendientesDe({ curso }: { curso: Linea }) {
  const { cuenta, codigoOferta, codigoGrupo, titulo } = curso;
  if (cuenta === null) return <>—</>;
  const { pendientes, rechazados, retenidos } = cuenta;
  if (rechazados + retenidos === 0) return <>{numero(pendientes)}</>;
  return (
    <Link
      to="/por-corregir"
      search={{ curso: `${codigoOferta}/${codigoGrupo}` }}
      className={rechazados > 0 ? 'mal' : 'espera'}
      aria-label={`${cuantos(pendientes, 'alumno')} con algo pendiente en ${titulo}`}
    >
      <strong>{numero(pendientes)}</strong>
    </Link>
  );
}

function sum<T>(items: T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
