import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { cuantos, noche, rutDe } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';

type Proveedor = Of<'hoy'>['proveedores'][number];
type Dicho = Proveedor['dichos'][number];

/** What the night told that somebody must act on: above the figures, for something was not informed as it should be. */
export function HayQueActuar({ proveedor }: { proveedor: Proveedor }) {
  const rojos = proveedor.dichos.filter(({ gravedad }) => gravedad === 'rojo');
  if (rojos.length === 0) return null;
  return (
    <Aviso tono="mal" urgente>
      <p className="alarma">
        Hay que actuar: {cuantos(rojos.length, 'aviso')} de la noche del {noche(proveedor.noche.noche)}.
      </p>
      <Dichos dichos={rojos} proveedor={proveedor} />
    </Aviso>
  );
}

/** What may be as it should be, or not: a person who knows the course can tell. */
export function ConvieneMirar({ proveedor }: { proveedor: Proveedor }) {
  const amarillos = proveedor.dichos.filter(
    ({ gravedad, causa }) => gravedad === 'amarillo' && !EN_SU_TARJETA.has(causa),
  );
  if (amarillos.length === 0) return null;
  return (
    <section className="aviso espera" aria-label="Conviene mirar">
      <p>
        <strong>
          Conviene mirar: {cuantos(amarillos.length, 'aviso')} de la noche del {noche(proveedor.noche.noche)}.
        </strong>
      </p>
      <Dichos dichos={amarillos} proveedor={proveedor} />
    </section>
  );
}

/** What is well as it is, folded. */
export function ParaSaber({ proveedor }: { proveedor: Proveedor }) {
  const grises = proveedor.dichos.filter(({ gravedad }) => gravedad === 'gris');
  if (grises.length === 0) return null;
  return (
    <details className="aviso">
      <summary>Para saber: {cuantos(grises.length, 'aviso')}. No hay que hacer nada.</summary>
      <Lista dichos={grises} proveedor={proveedor} />
    </details>
  );
}

/** The first ones open, however many there are: what follows on the page stays near. */
function Dichos({ dichos, proveedor }: { dichos: Dicho[]; proveedor: Proveedor }) {
  const demas = dichos.slice(A_LA_VISTA);
  return (
    <>
      <Lista dichos={dichos.slice(0, A_LA_VISTA)} proveedor={proveedor} />
      {demas.length > 0 && (
        <details>
          <summary>Ver {cuantos(demas.length, 'aviso')} más</summary>
          <Lista dichos={demas} proveedor={proveedor} />
        </details>
      )}
    </>
  );
}

function Lista({ dichos, proveedor }: { dichos: Dicho[]; proveedor: Proveedor }) {
  return (
    <ul className="dichos">
      {dichos.map((dicho, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a source may say the same thing twice
        <li key={`${dicho.fuente} ${dicho.curso} ${dicho.rut} ${dicho.causa} ${at}`}>
          <p>
            <strong>
              <DeQue dicho={dicho} proveedor={proveedor} />
            </strong>
            <DeQuien dicho={dicho} />
          </p>
          <p>{dicho.mensaje}</p>
          {dicho.queHacer !== '' && (
            <p>
              <strong>Qué hacer:</strong> {dicho.queHacer}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function DeQue({ dicho, proveedor: { rutOtec, cursos } }: { dicho: Dicho; proveedor: Proveedor }) {
  const { fuente, curso, titulo, codigoOferta, codigoGrupo } = dicho;
  if (curso === TODA_LA_FUENTE) return fuente === TODA_LA_FUENTE ? 'Toda la OTEC' : `Fuente «${fuente}»`;
  const known = cursos.find((one) => one.codigoOferta === codigoOferta && one.codigoGrupo === codigoGrupo);
  if (known === undefined) return titulo ?? curso;
  return (
    <Link
      to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo"
      params={{ rutOtec, codigoOferta: known.codigoOferta, codigoGrupo: known.codigoGrupo }}
    >
      {titulo ?? known.titulo}
    </Link>
  );
}

function DeQuien({ dicho: { nombre, rut } }: { dicho: Dicho }) {
  if (nombre === null && rut === null) return null;
  if (nombre === null || rut === null) return ` · ${nombre ?? rutDe(rut ?? '')}`;
  return ` · ${nombre} (${rutDe(rut)})`;
}

/** What has a place of its own, with its buttons. */
const EN_SU_TARJETA = new Set(['curso-nuevo', 'curso-terminado']);
const A_LA_VISTA = 10;
const TODA_LA_FUENTE = '*';
