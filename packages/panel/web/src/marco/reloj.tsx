import { useQuery } from '@tanstack/react-query';
import { Moon } from 'lucide-react';
import type { Of } from '../api.ts';
import { hoyQuery } from '../consultas.ts';
import { cuantos, dia, fechaDe, hora } from '../format.ts';
import { useOtec } from '../otec.tsx';
import { Icono } from '../parts/icono.tsx';

/** When the next send begins or, while one goes on, how far it is. */
export function Reloj() {
  const hoy = useQuery(hoyQuery).data;
  const { rutOtec } = useOtec();
  const propias = (hoy?.proveedores ?? []).filter((one) => rutOtec === null || one.rutOtec === rutOtec);
  const [primera] = propias.toSorted((a, b) => a.ventana.comienza.localeCompare(b.ventana.comienza));
  return (
    <span className="reloj">
      {hoy !== undefined && primera !== undefined && (
        <>
          <Icono de={Moon} menudo />
          <Frase ahora={hoy.ahora} proveedor={primera} />
        </>
      )}
    </span>
  );
}

function Frase({
  ahora,
  proveedor: { ventana, noche },
}: {
  ahora: string;
  proveedor: Of<'hoy'>['proveedores'][number];
}) {
  const listos = noche.cursos.filter(({ estado }) => estado === 'hecho').length;
  if (ventana.abierta && noche.cursos.length > 0 && listos < noche.cursos.length) {
    // A window that is open with nothing on its way yet: a source that cannot be read, or the first minute.
    if (noche.cursos.every(({ estado }) => estado === 'por-enviar' || estado === 'perdido')) {
      return (
        <>
          Por enviar esta noche: <strong>{cuantos(noche.cursos.length, 'curso')}</strong>
        </>
      );
    }
    return (
      <>
        Enviando:{' '}
        <strong>
          {listos} de {noche.cursos.length}
        </strong>
      </>
    );
  }
  const fecha = fechaDe(ventana.comienza);
  const cuando = ventana.abierta ? 'esta noche' : fecha === fechaDe(ahora) ? 'hoy' : dia(fecha);
  return (
    <>
      Próximo envío:{' '}
      <strong>
        {cuando}, {hora(ventana.comienza)}
      </strong>
    </>
  );
}
