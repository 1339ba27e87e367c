import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Of } from '../api.ts';
import type { EnVivo } from '../eventos.ts';
import { cuantos, falta, hora } from '../format.ts';
import { Barra } from '../parts/barra.tsx';

type Proveedor = Of<'hoy'>['proveedores'][number];

/** The countdown to the nightly send; while it lasts, how far it is. */
export function Ventana({ proveedor, ahora }: { proveedor: Proveedor; ahora: string }) {
  const { ventana, rutOtec, cursos } = proveedor;
  const now = useServerClock(ahora);
  // Written by the live events (eventos.ts); nothing is fetched.
  const enVivo = useQuery<EnVivo | null>({
    queryKey: ['en-vivo', rutOtec],
    queryFn: () => null,
    enabled: false,
  });
  if (!ventana.abierta) {
    return (
      <div className="tarjeta">
        <div className="suave">Próximo envío</div>
        <div className="cifra">en {falta(ventana.comienza, now)}</div>
        <div>
          {hora(ventana.comienza)} a {hora(ventana.termina)}, hora de Santiago
        </div>
      </div>
    );
  }
  const tonight = cursos.map(({ noches }) => noches.find(({ noche }) => noche === ventana.noche)?.estado);
  const listos = tonight.filter(
    (estado) => estado !== undefined && estado !== 'pendiente' && estado !== 'sin-envio',
  );
  const total = Math.max(enVivo.data?.noche === ventana.noche ? enVivo.data.cursos : 0, cursos.length);
  const reintentos = Object.entries(enVivo.data?.reintentos ?? {});
  return (
    <div className="tarjeta">
      <div className="suave">Enviando ahora · termina en {falta(ventana.termina, now)}</div>
      <div className="cifra">
        {listos.length} de {cuantos(total, 'curso')}
      </div>
      <Barra hecho={listos.length} total={total} texto="Cursos enviados esta noche" />
      {reintentos.map(([curso, { motivo, proximo }]) => (
        <p key={curso} className="espera chico">
          {curso}: {motivo} Se reintenta a las {hora(proximo)}.
        </p>
      ))}
    </div>
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
