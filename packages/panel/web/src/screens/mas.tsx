import { EnlaceDeMenu, useEntradas } from '../marco/menu.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { useSalir, useSesion } from '../sesion.ts';

/** On a telephone: what has no place at its foot. */
export function Mas() {
  const { principales, otras } = useEntradas();
  const { usuario } = useSesion();
  const salir = useSalir();
  return (
    <>
      <Titulo texto="Más">{usuario}</Titulo>
      <nav className="tarjeta menu" aria-label="Más">
        {[...principales.slice(4), ...otras].map((entrada) => (
          <EnlaceDeMenu key={entrada.to} entrada={entrada} />
        ))}
      </nav>
      <p>
        <button type="button" onClick={() => salir.mutate()}>
          Salir
        </button>
      </p>
    </>
  );
}
