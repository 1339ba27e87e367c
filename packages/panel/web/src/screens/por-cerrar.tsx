import { useQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import type { CursoPorCerrar } from '../../../src/api.ts';
import type { Of } from '../api.ts';
import { porCerrarQuery } from '../consultas.ts';
import { cuantos, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useOtec } from '../otec.tsx';
import { Cargando, Falla, Vacio } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { CruzanElAnoNuevo } from './por-cerrar-ano-nuevo.tsx';
import { BajoElMinimo, PasosDelCurso } from './por-cerrar-curso.tsx';
import { CursosPorCerrar } from './por-cerrar-cursos.tsx';
import { Mantenidas } from './por-cerrar-mantenidas.tsx';
import { SusMinimos } from './por-cerrar-minimos.tsx';
import { claveDe, tituloDe } from './por-cerrar-palabras.ts';

type Proveedor = Of<'porCerrar'>['proveedores'][number];

/** For who answers for the courses: what ends, who does not reach what she asks, what is to be done and until when. */
export function PorCerrar() {
  const { data, error, refetch } = useQuery(porCerrarQuery);
  const { rutOtec } = useOtec();
  if (data === undefined) {
    return error === null ? (
      <Cargando />
    ) : (
      <>
        <Titulo texto="Por cerrar" />
        <Falla error={error} reintentar={() => refetch()} />
      </>
    );
  }
  const proveedores = data.proveedores.filter((one) => rutOtec === null || one.rutOtec === rutOtec);
  const cursos = proveedores.flatMap((one) => one.cursos);
  return (
    <>
      <Titulo
        texto={tituloDe(cursos, diasDe(proveedores))}
        ventana="Por cerrar"
        acciones={
          <button type="button" className="icono" aria-label="Imprimir" onClick={() => window.print()}>
            <Icono de={Printer} />
          </button>
        }
      >
        Lo que conviene resolver antes de que terminen, y lo que viene después.
      </Titulo>
      {proveedores.map((proveedor) => (
        <DeUnaOtec key={proveedor.rutOtec} proveedor={proveedor} sola={proveedores.length === 1} />
      ))}
    </>
  );
}

function DeUnaOtec({ proveedor, sola }: { proveedor: Proveedor; sola: boolean }) {
  const { cursos, nombre } = proveedor;
  const [elegido, setElegido] = useState<string | null>(null);
  const curso =
    cursos.find((one) => claveDe(one) === elegido) ?? cursos.find(({ pasos }) => pasos.length > 0);
  const conBajo =
    cursos.find((one) => claveDe(one) === elegido) ?? cursos.find(({ bajo }) => (bajo?.length ?? 0) > 0);
  return (
    <>
      {!sola && <h2>{nombre}</h2>}
      {cursos.length > 0 && <Cifras cursos={cursos} />}
      <SusMinimos proveedor={proveedor} />
      {cursos.length === 0 ? (
        <Vacio
          titulo={`Ningún curso termina en los próximos ${cuantos(proveedor.diasAntes, 'día')}, ni queda alguno sin cerrar.`}
        >
          <p>
            Aquí entra cada curso {cuantos(proveedor.diasAntes, 'día')} antes de terminar, y se queda hasta
            que estén hechos sus pasos.
          </p>
        </Vacio>
      ) : (
        <>
          <CursosPorCerrar
            cursos={cursos}
            otec={nombre}
            hoy={proveedor.hoy}
            elegido={elegido}
            onElegir={setElegido}
          />
          <div className="mitades">
            {curso !== undefined && <PasosDelCurso curso={curso} hoy={proveedor.hoy} />}
            {conBajo !== undefined && <BajoElMinimo curso={conBajo} hoy={proveedor.hoy} />}
          </div>
          <Mantenidas cursos={cursos} />
        </>
      )}
      <CruzanElAnoNuevo cursos={proveedor.cruzan} />
    </>
  );
}

/** The days of all; null: one provider says others than the next. */
function diasDe(proveedores: readonly Proveedor[]): number | null {
  const [dias = null, ...others] = new Set(proveedores.map(({ diasAntes }) => diasAntes));
  return others.length === 0 ? dias : null;
}

/** Each figure is the sum of a column of the table below it. */
function Cifras({ cursos }: { cursos: readonly CursoPorCerrar[] }) {
  const decir = useDecir();
  const conRiesgo = cursos.flatMap(({ enRiesgo }) => enRiesgo ?? []);
  const pesos = conRiesgo.reduce((sum, one) => sum + one.pesos, 0);
  const enRiesgo = conRiesgo.reduce((sum, { alumnos }) => sum + alumnos, 0);
  const conMinimo = cursos.filter(({ bajo }) => bajo !== null);
  const bajo = conMinimo.reduce((sum, one) => sum + (one.bajo?.length ?? 0), 0);
  const total = conMinimo.reduce((sum, { cuenta }) => sum + cuenta.alumnos, 0);
  const pendientes = cursos.reduce((sum, { cuenta }) => sum + cuenta.pendientes, 0);
  const porEmitir = cursos.filter(
    ({ dias, pasos }) =>
      dias < 0 && pasos.some(({ paso, estado }) => paso.startsWith('dj-') && estado === 'ahora'),
  );
  return (
    <section className="tarjeta partida cifras" aria-label="Resumen">
      {conRiesgo.length > 0 && (
        <div>
          <div className="suave">En riesgo hoy</div>
          <div className="cifra">${numero(pesos)}</div>
          <p className="suave">{cuantos(enRiesgo, 'alumno')}, por el valor que usted anotó.</p>
        </div>
      )}
      {conMinimo.length > 0 && (
        <div>
          <div className="suave">Alumnos bajo sus mínimos</div>
          <div className="cifra">
            {numero(bajo)} de {numero(total)}
          </div>
          <p className="suave">En {cuantos(conMinimo.length, 'curso')} con mínimos.</p>
        </div>
      )}
      <div>
        <div className="suave">{decir('Pendientes en SENCE')}</div>
        <div className={pendientes > 0 ? 'cifra mal' : 'cifra'}>{numero(pendientes)}</div>
        <p className="suave">En {cuantos(cursos.length, 'curso')} de esta lista.</p>
      </div>
      <div>
        <div className="suave">Declaraciones por emitir</div>
        <div className="cifra">{cuantos(porEmitir.length, 'curso')}</div>
        <p className="suave">{porEmitir.map(({ titulo }) => titulo).join(', ')}</p>
      </div>
    </section>
  );
}
