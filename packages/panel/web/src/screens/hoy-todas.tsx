import type { Cuenta } from '../../../src/api.ts';
import { isFijo, isTodoBien } from '../alarmas.ts';
import type { Of } from '../api.ts';
import { cuantos, numero, rutDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useOtec } from '../otec.tsx';
import { Barras, Leyenda } from '../parts/reparto.tsx';
import { Encabezado } from '../parts/titulo.tsx';
import { isNuevo, pendienteDe } from './frases.ts';

type Proveedor = Of<'hoy'>['proveedores'][number];

/** For whoever reports for several providers: which of them needs somebody, before all others. */
export function HoyDeTodas({ proveedores }: { proveedores: Proveedor[] }) {
  const decir = useDecir();
  const cuenta = sumaDe(proveedores.map((one) => one.cuenta));
  const mal = proveedores.filter((one) => !isBien(one));
  const bien = proveedores.filter((one) => isBien(one) && !isNuevo(one));
  const nuevas = proveedores.filter((one) => isBien(one) && isNuevo(one));
  return (
    <>
      <section className="tarjeta respuesta" aria-label="La respuesta">
        <div>
          <Encabezado
            clase="frase"
            ventana="Hoy"
            texto={decir(
              `${mal.length === 0 ? 'Ninguna OTEC pide atención.' : `${cuantos(mal.length, 'OTEC pide', 'OTEC piden')} atención.`} ${pendienteDe(cuenta)}`,
            )}
          />
        </div>
        {cuenta.alumnos > 0 && (
          <>
            <Barras cuenta={cuenta} alta />
            <Leyenda cuenta={cuenta} />
          </>
        )}
      </section>
      {mal.length > 0 && <Tabla titulo="Con algo pendiente" proveedores={mal} />}
      {bien.length > 0 && <Tabla titulo="Al día" proveedores={bien} />}
      {nuevas.length > 0 && <Tabla titulo="Todavía sin ningún envío" proveedores={nuevas} />}
    </>
  );
}

function Tabla({ titulo, proveedores }: { titulo: string; proveedores: Proveedor[] }) {
  const decir = useDecir();
  const { elegir } = useOtec();
  const filas = proveedores.toSorted(
    (a, b) => b.cuenta.pendientes - a.cuenta.pendientes || a.nombre.localeCompare(b.nombre, 'es'),
  );
  return (
    <section className="tabla pegada" aria-label={titulo}>
      <div className="tabla-barra">
        <h2>{titulo}</h2>
        <span className="suave">{numero(filas.length)}</span>
      </div>
      <table className="apilada cursos">
        <thead>
          <tr>
            <th scope="col" className="ancho">
              OTEC
            </th>
            <th scope="col" className="n">
              Pendientes
            </th>
            <th scope="col">{decir('SENCE los tiene')}</th>
            <th scope="col">Qué pasa</th>
          </tr>
        </thead>
        <tbody>
          {filas.map((one) => (
            <tr key={one.rutOtec}>
              <th scope="row">
                <div className="quien">
                  <button type="button" className="orden" onClick={() => elegir(one.rutOtec)}>
                    {one.nombre}
                  </button>
                  <span className="codigo">{rutDe(one.rutOtec)}</span>
                </div>
              </th>
              <td className="n" data-titulo="Pendientes">
                <span className={one.cuenta.pendientes > 0 ? 'num-mal' : 'cero'}>
                  {numero(one.cuenta.pendientes)}
                </span>
              </td>
              <td data-titulo={decir('SENCE los tiene')}>
                <div className="de-total">
                  <Barras cuenta={one.cuenta} />
                  <span className="chico suave junto">
                    {numero(one.cuenta.loTiene)} de {numero(one.cuenta.alumnos)}
                  </span>
                </div>
              </td>
              <td data-titulo="Qué pasa">{queDe(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function isBien(one: Proveedor): boolean {
  return isTodoBien(one) && one.cuenta.pendientes === 0;
}

function queDe({ problemas, nochesPerdidas, dichos, cursos }: Proveedor): string {
  const [problema] = problemas.filter(isFijo);
  if (problema !== undefined) return problema.titulo;
  if (nochesPerdidas.some(({ recuperada }) => !recuperada)) return 'Se perdió una noche';
  const rojos = dichos.filter(({ gravedad }) => gravedad === 'rojo').length;
  if (rojos > 0) return cuantos(rojos, 'aviso');
  return cuantos(cursos.length, 'curso');
}

export function sumaDe(cuentas: readonly Cuenta[]): Cuenta {
  const total = (parte: keyof Cuenta) => cuentas.reduce((sum, cuenta) => sum + cuenta[parte], 0);
  return {
    alumnos: total('alumnos'),
    rechazados: total('rechazados'),
    sinEnviar: total('sinEnviar'),
    retenidos: total('retenidos'),
    noSeSabe: total('noSeSabe'),
    conocidos: total('conocidos'),
    loTiene: total('loTiene'),
    sinConfirmar: total('sinConfirmar'),
    pendientes: total('pendientes'),
  };
}
