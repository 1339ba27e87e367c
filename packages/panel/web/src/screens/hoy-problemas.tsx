import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { cuando } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';
import { useSesion } from '../sesion.ts';

type Problema = Of<'hoy'>['proveedores'][number]['problemas'][number];

/** What keeps puente, or one of its OTEC, from reporting at all. */
export function NoInforman({ pendientes }: { pendientes: Of<'hoy'>['pendientes'] }) {
  return pendientes.map(({ mensaje, queHacer }) => (
    <Aviso key={mensaje} tono="mal" urgente>
      <p className="alarma">{mensaje}</p>
      <p>
        <strong>Qué hacer:</strong> {queHacer}
      </p>
    </Aviso>
  ));
}

/** What is not well now: what, why, what to do. Each goes away by itself once it is well again. */
export function Problemas({ problemas }: { problemas: Problema[] }) {
  const { rol } = useSesion();
  return problemas.map(({ clave, titulo, mensaje, queHacer, desde }) => (
    <Aviso key={clave} tono="mal" urgente>
      <p className="alarma">{titulo}</p>
      <p>{mensaje}</p>
      {queHacer !== '' && (
        <p>
          <strong>Qué hacer:</strong> {queHacer}
        </p>
      )}
      {rol === 'administrador' && (clave === 'token' || clave === 'conexion') && (
        <p>
          Para saber al momento si ya está bien, <Link to="/ajustes">pruebe la conexión y el token</Link>.
        </p>
      )}
      <p className="suave chico">Desde el {cuando(desde)}. Este aviso se va solo cuando vuelve a andar.</p>
    </Aviso>
  ));
}
