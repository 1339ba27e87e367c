import { Vacio } from '../parts/estado.tsx';
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
        <>
          <Pruebas />
          <Usuarios />
          <ClavesApi />
          <Bitacora />
        </>
      ) : (
        <Vacio titulo="Esta página es de quien administra el panel.">
          <p>Pídale a esa persona lo que necesite cambiar.</p>
        </Vacio>
      )}
    </>
  );
}
