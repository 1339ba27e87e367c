import { useEffect, useState } from 'react';
import type { Of } from '../api.ts';
import { isTodoBien } from '../consultas.ts';
import { cuantos, falta, hora } from '../format.ts';
import { Barra } from '../parts/barra.tsx';
import { fraseDeHoy } from '../parts/enviado-hoy.ts';

type Proveedor = Of<'hoy'>['proveedores'][number];

/** The countdown to the nightly send; while it lasts, how far it is. */
export function Ventana({ proveedor, ahora }: { proveedor: Proveedor; ahora: string }) {
  const { ventana, noche } = proveedor;
  const now = useServerClock(ahora);
  const isBien = isTodoBien(proveedor);
  const { cursos } = noche;
  const listos = cursos.filter(({ estado }) => estado === 'hecho').length;
  if (!ventana.abierta) {
    return (
      <div className="tarjeta">
        <div className="suave">Próximo envío</div>
        <div className="cifra">en {falta(ventana.comienza, now)}</div>
        <div>
          {hora(ventana.comienza)} a {hora(ventana.termina)}, hora de Santiago
        </div>
        {cursos.length > 0 && <UltimaNoche cursos={cursos} isBien={isBien} />}
        <YaEnviado cursos={proveedor.cursos} />
      </div>
    );
  }
  if (cursos.length === 0) {
    return (
      <div className="tarjeta">
        <div className="suave">Comienza el envío de esta noche</div>
        <div className="cifra">Buscando cursos…</div>
        <div>
          Si en un par de minutos no aparece ninguno, la fuente no tiene cursos por informar esta noche.
        </div>
      </div>
    );
  }
  if (listos === cursos.length) {
    return (
      <div className="tarjeta">
        <div className="suave">Esta noche</div>
        <div className={isBien ? 'cifra bien' : 'cifra'}>{isBien ? 'Todo listo' : 'Envío terminado'}</div>
        <div>
          {listos} de {cuantos(cursos.length, 'curso')}.{' '}
          {isBien ? 'No hay nada más que enviar hasta mañana.' : POR_REVISAR}
        </div>
      </div>
    );
  }
  const enviando = cursos.some(({ estado }) => estado === 'enviando');
  return (
    <div className="tarjeta">
      <div className="suave">
        {enviando ? 'Enviando ahora' : 'Noche en marcha'} · termina en {falta(ventana.termina, now)}
      </div>
      <div className="cifra">
        {listos} de {cuantos(cursos.length, 'curso')}
      </div>
      <Barra hecho={listos} total={cursos.length} texto="Cursos listos esta noche" />
    </div>
  );
}

/** A send by day takes nothing from the night. */
function YaEnviado({ cursos }: Pick<Proveedor, 'cursos'>) {
  const frase = fraseDeHoy(cursos);
  return frase === null ? null : <div>{frase}</div>;
}

function UltimaNoche({ cursos, isBien }: { cursos: Proveedor['noche']['cursos']; isBien: boolean }) {
  const listos = cursos.filter(({ estado }) => estado === 'hecho').length;
  const perdidos = cursos.filter(({ estado }) => estado === 'perdido').length;
  const bien = `Última noche: ${listos} de ${cuantos(cursos.length, 'curso')}`;
  if (listos === cursos.length) {
    if (isBien) return <div className="bien">{bien}, todo listo.</div>;
    return (
      <div className="espera">
        {bien}. {POR_REVISAR}
      </div>
    );
  }
  if (perdidos === 0) {
    const isEnEspera = cursos.every(({ estado }) => ['hecho', 'incierto', 'enviando'].includes(estado));
    return (
      <div className="espera">
        {bien}; lo demás {isEnEspera ? 'espera la respuesta de SENCE' : 'falta por enviar'}.
      </div>
    );
  }
  return (
    <div className="mal">
      <strong>{listos === 0 ? 'La última noche se perdió.' : `${bien}; lo demás no se envió.`}</strong>
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

const POR_REVISAR = 'Hay algo que revisar: vea los avisos de arriba.';
