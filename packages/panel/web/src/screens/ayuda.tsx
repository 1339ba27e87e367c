import { CATALOGUE, type Codigo, docsAddressOf, HELP, isCodigo } from '@puente-sic/protocol';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { erroresQuery } from '../consultas.ts';
import { cuantos } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useDeLaOtec } from '../otec.tsx';
import { Vacio } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { personasDe } from './problemas.ts';

const route = getRouteApi('/ayuda/errores/$codigo');

/** What each answer of SENCE means and what is done about it. */
export function Ayuda() {
  const decir = useDecir();
  return (
    <>
      <Titulo texto="Ayuda">Qué quiere decir cada problema y qué se hace.</Titulo>
      <ul className="tarjeta separadas">
        {CODIGOS.map((codigo) => (
          <li key={codigo}>
            <Link to="/ayuda/errores/$codigo" params={{ codigo }}>
              {decir(HELP[codigo].title)}
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
  if (isCodigo(codigo)) return <Explicada codigo={codigo} />;
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

function Explicada({ codigo }: { codigo: Codigo }) {
  const decir = useDecir();
  const errores = useDeLaOtec(useQuery(erroresQuery).data?.errores ?? NADA);
  const casos = errores.filter((error) => error.codigo === codigo && error.conocido === null);
  const personas = personasDe(casos);
  const { meaning, causes } = CATALOGUE[codigo];
  const { title, steps, notNeeded } = HELP[codigo];
  const publica = docsAddressOf(codigo);
  return (
    <>
      <p className="migas">
        <Link to="/ayuda">← Ayuda</Link>
      </p>
      <Titulo texto={decir(title)} ventana="Ayuda">
        Código {codigo}
      </Titulo>
      <div className="tarjeta columna ancha">
        <h2>Qué quiere decir</h2>
        <p>{decir(meaning)}</p>
        <h2>Qué hacer, en orden</h2>
        <ol className="numerada">
          {steps.map((paso) => (
            <li key={paso}>{decir(paso)}</li>
          ))}
        </ol>
        <h2>Qué no hace falta</h2>
        <p>{decir(notNeeded)}</p>
        <h2>Por qué suele ocurrir</h2>
        <ul>
          {causes.map((causa) => (
            <li key={causa}>{decir(causa)}</li>
          ))}
        </ul>
        {publica !== null && (
          <p>
            <a href={publica}>Esta página, en la documentación</a>
          </p>
        )}
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

/** First those that most people meet. */
const FRECUENTES: readonly Codigo[] = ['012', '011', '010', '025', '003', '001'];
const CODIGOS: readonly Codigo[] = [
  ...FRECUENTES,
  ...Object.keys(HELP)
    .filter(isCodigo)
    .filter((codigo) => !FRECUENTES.includes(codigo))
    .sort(),
];
const NADA: never[] = [];
