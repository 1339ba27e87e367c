import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Of } from '../api.ts';
import { cuantos, falta, hora, numero } from '../format.ts';
import { Barra } from '../parts/barra.tsx';
import { yaEnviado } from './frases.ts';

type Proveedor = Of<'hoy'>['proveedores'][number];

/** When the next send begins and what it would take; while it goes on, how far it is. */
export function EstaNoche({ proveedor, ahora }: { proveedor: Proveedor; ahora: string }) {
  const now = useServerClock(ahora);
  const { ventana, cuenta } = proveedor;
  if (ventana.abierta) return <EnMarcha proveedor={proveedor} now={now} />;
  const frase = yaEnviado(proveedor);
  return (
    <section className="tarjeta esta-noche" aria-labelledby="esta-noche">
      <h2 id="esta-noche">Esta noche</h2>
      <div className="cifra">Sale sola a las {hora(ventana.comienza)}</div>
      <dl className="datos">
        <dt>Comienza</dt>
        <dd>en {falta(ventana.comienza, now)}</dd>
        <dt>Hasta las</dt>
        <dd>{hora(ventana.termina)}</dd>
        {cuenta.alumnos > 0 && (
          <>
            <dt>En la lista</dt>
            <dd>{cuantos(cuenta.alumnos, 'alumno')}</dd>
          </>
        )}
        {cuenta.retenidos > 0 && (
          <>
            <dt>Incompletos</dt>
            <dd>
              <Link to="/por-corregir">{cuantos(cuenta.retenidos, 'retenido')}</Link>
            </dd>
          </>
        )}
      </dl>
      {frase !== null && <p className="suave chico">{frase}</p>}
    </section>
  );
}

function EnMarcha({ proveedor: { noche, ventana, cuenta }, now }: { proveedor: Proveedor; now: number }) {
  const total = noche.cursos.length;
  const listos = noche.cursos.filter(({ estado }) => estado === 'hecho').length;
  const isOver = total > 0 && listos === total;
  return (
    <section className="tarjeta esta-noche" aria-labelledby="esta-noche">
      <h2 id="esta-noche">Esta noche</h2>
      <div className="cifra">{isOver ? 'Envío terminado' : 'Noche en marcha'}</div>
      {total > 0 && <Barra hecho={listos} total={total} texto="Cursos listos esta noche" />}
      <dl className="datos">
        <dt>Cursos listos</dt>
        <dd>
          {numero(listos)} / {numero(total)}
        </dd>
        <dt>La ventana termina</dt>
        <dd>en {falta(ventana.termina, now)}</dd>
        {!isOver && cuenta.alumnos > 0 && (
          <>
            <dt>Hasta ahora, pendientes</dt>
            <dd>
              {numero(cuenta.pendientes)} de {cuantos(cuenta.alumnos, 'alumno')}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** The server's clock, in milliseconds, moving: the one at the desk may be wrong. */
function useServerClock(ahora: string): number {
  const [offset, setOffset] = useState(() => Date.parse(ahora) - Date.now());
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => setOffset(Date.parse(ahora) - Date.now()), [ahora]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now + offset;
}
