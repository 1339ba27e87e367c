import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { erroresQuery } from '../consultas.ts';
import { cuantos } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useDeLaOtec } from '../otec.tsx';
import { Vacio } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { AYUDAS, type AyudaDeCodigo } from './ayudas.ts';
import { personasDe } from './problemas.ts';

const route = getRouteApi('/ayuda/errores/$codigo');

/** What each answer of SENCE means and what is done about it. */
export function Ayuda() {
  const decir = useDecir();
  return (
    <>
      <Titulo texto="Ayuda">Qué quiere decir cada problema y qué se hace.</Titulo>
      <ul className="tarjeta separadas">
        {AYUDAS.map(({ codigo, titulo }) => (
          <li key={codigo}>
            <Link to="/ayuda/errores/$codigo" params={{ codigo }}>
              {decir(titulo)}
            </Link>{' '}
            <span className="codigo">código {codigo}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function AyudaDeError() {
  const { codigo } = route.useParams();
  const ayuda = AYUDAS.find((una) => una.codigo === codigo);
  if (ayuda !== undefined) return <Explicada ayuda={ayuda} />;
  return (
    <>
      <Titulo texto={`Código ${codigo}`} ventana="Ayuda" />
      <Vacio titulo="De ese código no hay una página.">
        <p>
          En «Por corregir», cada problema dice qué respondió SENCE y qué se hace.{' '}
          <Link to="/ayuda">Ver toda la ayuda</Link>
        </p>
      </Vacio>
    </>
  );
}

function Explicada({
  ayuda: { codigo, titulo, quiereDecir, queHacer, noHaceFalta },
}: {
  ayuda: AyudaDeCodigo;
}) {
  const decir = useDecir();
  const errores = useDeLaOtec(useQuery(erroresQuery).data?.errores ?? NADA);
  const casos = errores.filter((error) => error.codigo === codigo && error.conocido === null);
  const personas = personasDe(casos);
  return (
    <>
      <p className="migas">
        <Link to="/ayuda">← Ayuda</Link>
      </p>
      <Titulo texto={decir(titulo)} ventana="Ayuda">
        Código {codigo}
      </Titulo>
      <div className="tarjeta columna ancha">
        <h2>Qué quiere decir</h2>
        <p>{decir(quiereDecir)}</p>
        <h2>Qué hacer, en orden</h2>
        <ol className="numerada">
          {queHacer.map((paso) => (
            <li key={paso}>{decir(paso)}</li>
          ))}
        </ol>
        <h2>Qué no hace falta</h2>
        <p>{decir(noHaceFalta)}</p>
      </div>
      {personas > 0 && (
        <p>
          <Link className="boton principal" to="/por-corregir" search={{ codigo }}>
            Corregir {personas === 1 ? 'el caso' : `los ${cuantos(personas, 'caso')}`} de hoy
          </Link>
        </p>
      )}
    </>
  );
}

const NADA: never[] = [];
