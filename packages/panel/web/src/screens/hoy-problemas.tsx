import { Link } from '@tanstack/react-router';
import { isFijo } from '../alarmas.ts';
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

/** What often ends by itself: said calmly, for there is nothing to do yet. */
export function Reintentando({ problemas }: { problemas: Problema[] }) {
  const pasajeros = problemas.filter(({ pasajero }) => pasajero);
  if (pasajeros.length === 0) return null;
  return (
    <section className="aviso espera" aria-label="Puente lo sigue intentando">
      {pasajeros.map(({ clave, titulo, mensaje, desde }) => (
        <div key={clave}>
          <p>
            <strong>{titulo}</strong>
          </p>
          <p>{mensaje}</p>
          <p className="suave chico">
            Desde el {cuando(desde)}. Puente lo intenta cada pocos minutos y todavía no hay que hacer nada: si
            no se arregla solo a tiempo, se lo avisará.
          </p>
        </div>
      ))}
    </section>
  );
}

/** What is not well now: what, why, what to do. Each goes away by itself once it is well again. */
export function Problemas({ problemas, rutOtec }: { problemas: Problema[]; rutOtec: string }) {
  const { rol } = useSesion();
  return problemas.filter(isFijo).map(({ clave, titulo, mensaje, queHacer, desde }) => (
    <Aviso key={clave} tono="mal" urgente>
      <p className="alarma">{titulo}</p>
      <p>{mensaje}</p>
      {clave === 'token' && !mensaje.includes('no pudo comprobar') && <p>{CAUSAS_DEL_TOKEN}</p>}
      {queHacer !== '' && (
        <p>
          <strong>Qué hacer:</strong> {queHacer}
        </p>
      )}
      {rol === 'administrador' && clave === 'token' && (
        <p>
          <Link className="boton principal" to="/ajustes" search={{ token: rutOtec }}>
            Pegar el token nuevo
          </Link>
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

const CAUSAS_DEL_TOKEN =
  'Vale para todos los cursos de la OTEC. Hay tres causas posibles: el token no es el de esta OTEC o cambió, el RUT de la OTEC está mal escrito en Puente, o la OTEC ya no está vigente en SENCE.';
