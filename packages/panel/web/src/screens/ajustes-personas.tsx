import { useQueries } from '@tanstack/react-query';
import { clavesQuery, segundoPasoQuery, usuariosQuery } from '../consultas.ts';
import { Cargando, Falla } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { ClavesApi } from './ajustes-claves.tsx';
import { SegundoPaso } from './ajustes-segundo-paso.tsx';
import { Usuarios } from './ajustes-usuarios.tsx';

/** Who comes in. Shown together, when all of it is here: nothing moves under the hand. */
export function AjustesPersonas() {
  const partes = useQueries({ queries: [usuariosQuery, clavesQuery, segundoPasoQuery] });
  const falla = partes.find(({ isError }) => isError)?.error;
  return (
    <>
      <Titulo texto="Personas y claves">Quién entra a este panel, y qué otros programas lo usan.</Titulo>
      {falla ? (
        <Falla error={falla} />
      ) : partes.some(({ isPending }) => isPending) ? (
        <Cargando />
      ) : (
        <>
          <Usuarios />
          <SegundoPaso />
          <ClavesApi />
        </>
      )}
    </>
  );
}
