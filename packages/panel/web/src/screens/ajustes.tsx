import { useQueries } from '@tanstack/react-query';
import { clavesQuery, hoyQuery, usuariosQuery } from '../consultas.ts';
import { Cargando, Falla, Vacio } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { useSesion } from '../sesion.ts';
import { Bitacora } from './ajustes-bitacora.tsx';
import { ClavesApi } from './ajustes-claves.tsx';
import { Pruebas } from './ajustes-pruebas.tsx';
import { Usuarios } from './ajustes-usuarios.tsx';

/** For whoever administers the panel. */
export function Ajustes() {
  const { rol } = useSesion();
  return (
    <>
      <Titulo texto="Ajustes">
        Las OTEC, sus tokens y sus fuentes se escriben en puente.yaml, en el servidor. Aquí se ve si funcionan
        y se decide quién entra a este panel.
      </Titulo>
      {rol === 'administrador' ? (
        <Secciones />
      ) : (
        <Vacio titulo="Esta página es de quien administra el panel.">
          <p>Pídale a esa persona lo que necesite cambiar.</p>
        </Vacio>
      )}
    </>
  );
}

/** Shown together, when all of it is here: nothing moves under the hand. */
function Secciones() {
  const partes = useQueries({ queries: [hoyQuery, usuariosQuery, clavesQuery] });
  const falla = partes.find(({ isError }) => isError)?.error;
  if (falla) return <Falla error={falla} />;
  if (partes.some(({ isPending }) => isPending)) return <Cargando />;
  return (
    <>
      <Pruebas />
      <Usuarios />
      <ClavesApi />
      <Bitacora />
    </>
  );
}
