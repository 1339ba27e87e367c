import { ClavesApi } from './ajustes-claves.tsx';
import { SegundoPaso } from './ajustes-segundo-paso.tsx';
import { Usuarios } from './ajustes-usuarios.tsx';
import { Seccion } from './seccion.tsx';

/** Who comes in. */
export function AjustesPersonas() {
  return (
    <Seccion
      id="personas"
      titulo="Personas y permisos"
      texto="Quién entra a este panel, y qué otros programas lo usan. Siempre queda al menos una persona que administra."
    >
      <Usuarios />
      <SegundoPaso />
      <ClavesApi />
    </Seccion>
  );
}
