import { Link } from '@tanstack/react-router';
import type { CursoClave } from '../../../src/api.ts';
import { rutDe } from '../format.ts';

/** A student of a course, name first, as the way to the student's page. */
export function QuienEs({
  curso: { rutOtec, codigoOferta, codigoGrupo },
  rut,
  nombre,
}: {
  curso: CursoClave;
  /** As it is written where it cannot be read; blank: none. */
  rut: string;
  nombre: string | null;
}) {
  // Of who has none there is no page: the source has to tell one first.
  if (rut === '')
    return (
      <div className="quien">
        <strong>{nombre ?? 'Sin nombre en la planilla'}</strong>
        <span className="codigo">sin RUT</span>
      </div>
    );
  return (
    <div className="quien">
      <Link
        to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo/alumnos/$rut"
        params={{ rutOtec, codigoOferta, codigoGrupo, rut }}
        preload={false}
      >
        {nombre ?? 'Sin nombre en la planilla'}
      </Link>
      <span className="codigo">{rutDe(rut)}</span>
    </div>
  );
}
