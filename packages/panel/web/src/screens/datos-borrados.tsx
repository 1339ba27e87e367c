import type { ReactNode } from 'react';
import type { Of } from '../api.ts';
import { cuando, cuantos } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';

/** What was erased, and where the person still is. */
export function DatosBorrados({ borrado: { borrado, archivos, queda } }: { borrado: Of<'borrado'> }) {
  return (
    <Aviso tono="bien" urgente>
      <p>
        <strong>
          {borrado === null ? 'Ya no había nada de esa persona.' : `Borrado: ${told(borrado)}.`}
        </strong>{' '}
        No alcanza a lo que SENCE tiene, ni a lo que usted guardó en otra parte.
      </p>
      <Queda titulo="Se sacó también de estos archivos; las planillas apartadas que la tenían se borraron enteras:">
        {archivos.map((archivo) => (
          <li key={archivo}>{archivo}</li>
        ))}
      </Queda>
      {queda.sinPlanillas && (
        <p>
          No se revisaron las planillas: puente.yaml no se puede leer. Corríjalo y pida el borrado otra vez.
        </p>
      )}
      <Queda titulo="Sigue en estas planillas, o no se pudieron revisar; sáquela usted de ahí:">
        {queda.planillas.map((archivo) => (
          <li key={archivo}>{archivo}</li>
        ))}
      </Queda>
      <Queda titulo="Sigue en la fuente; sáquela también de ahí. Mientras siga, no se informa:">
        {queda.fuentes.map(({ fuente, codigoOferta, lugar }) => (
          <li key={`${fuente} ${codigoOferta}`}>
            {[fuente, codigoOferta, lugar].filter(Boolean).join(' · ')}
          </li>
        ))}
      </Queda>
      <Queda titulo="Sigue en estos respaldos; los de «respaldos» se van solos dentro de siete días:">
        {queda.respaldos.map((respaldo) => (
          <li key={respaldo}>{respaldo}</li>
        ))}
      </Queda>
      <Queda titulo="Puede estar en evidencias que se descargaron:">
        {queda.evidencias.map(({ cuando: at, quien, detalle }) => (
          <li key={at}>
            {cuando(at)}, {quien}: {detalle}
          </li>
        ))}
      </Queda>
      <Queda titulo="Guardan clics de cuentas que no se sabe de quién son, sin RUT ni nombre:">
        {queda.clics.map((archivo) => (
          <li key={archivo}>{archivo}</li>
        ))}
      </Queda>
    </Aviso>
  );
}

function Queda({ titulo, children }: { titulo: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <>
      <p>{titulo}</p>
      <ul>{children}</ul>
    </>
  );
}

function told({ envios, aceptados, errores }: NonNullable<Of<'borrado'>['borrado']>): string {
  return [
    cuantos(envios, 'envío', 'envíos'),
    cuantos(aceptados, 'avance aceptado', 'avances aceptados'),
    cuantos(errores, 'error', 'errores'),
  ].join(', ');
}
