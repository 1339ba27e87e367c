import { Link, Outlet } from '@tanstack/react-router';
import { SoloAdministrador } from '../parts/administrador.tsx';

/** For whoever administers the panel: everything that can be decided, on a page for each matter. */
export function Ajustes() {
  return (
    <SoloAdministrador titulo="Ajustes">
      <nav aria-label="Ajustes" className="partes">
        <Link to="/ajustes" activeOptions={{ exact: true }}>
          OTEC y fuentes
        </Link>
        <Link to="/ajustes/avisos">Avisos</Link>
        <Link to="/ajustes/reglas">Reglas</Link>
        <Link to="/ajustes/personas">Personas y claves</Link>
        <Link to="/ajustes/datos">Datos de personas</Link>
        <Link to="/ajustes/bitacora">Bitácora</Link>
      </nav>
      <Outlet />
    </SoloAdministrador>
  );
}
