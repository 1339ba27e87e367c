import { useQuery } from '@tanstack/react-query';
import { createLink, getRouteApi, Navigate } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';
import type { Of } from '../api.ts';
import { instalacionQuery } from '../consultas.ts';
import { PASO_DE, PASOS, type Paso } from '../instalacion.ts';
import { SoloAdministrador } from '../parts/administrador.tsx';
import { Consulta } from '../parts/estado.tsx';
import { SoloLectura } from '../parts/solo-lectura.tsx';
import { PasoCursos } from './instalacion-cursos.tsx';
import { PasoFuente } from './instalacion-fuente.tsx';
import { PasoOtec } from './instalacion-otec.tsx';
import { PasoPrimerEnvio } from './instalacion-primer-envio.tsx';
import { PasoVentana } from './instalacion-ventana.tsx';

const route = getRouteApi('/instalacion');

const PANTALLAS = {
  otec: PasoOtec,
  fuente: PasoFuente,
  cursos: PasoCursos,
  'primer-envio': PasoPrimerEnvio,
  ventana: PasoVentana,
} satisfies Record<Paso, unknown>;

/** From nothing to a first send, step by step. What is kept in one step stays, whichever step comes next. */
export function Instalacion() {
  return (
    <SoloAdministrador titulo="Puesta en marcha">
      <Guiada />
    </SoloAdministrador>
  );
}

function Guiada() {
  const { paso } = route.useSearch();
  const instalacion = useQuery(instalacionQuery);
  return (
    <Consulta de={instalacion}>
      {(data) => {
        if (paso === undefined) {
          const [primera] = data.falta;
          const search = { paso: primera === undefined ? ('primer-envio' as const) : PASO_DE[primera] };
          return <Navigate to="/instalacion" search={search} replace />;
        }
        const Pantalla = PANTALLAS[paso];
        return (
          <>
            <Pasos instalacion={data} />
            <SoloLectura de={data} />
            <Pantalla instalacion={data} />
          </>
        );
      }}
    </Consulta>
  );
}

function Pasos({ instalacion: { falta, fuentes, cursosElegidos } }: { instalacion: Of<'instalacion'> }) {
  const faltan = new Set(falta.map((que) => PASO_DE[que]));
  // A folder that still waits for its first sheet is no source yet.
  if (fuentes.every((fuente) => fuente.tipo === 'archivo' && fuente.vacia)) faltan.add('fuente');
  // Without a source there is nothing yet to choose courses from.
  if (fuentes.length === 0 || !cursosElegidos) faltan.add('cursos');
  const conEstado = new Set<Paso>(Object.values(PASO_DE));
  return (
    <nav aria-labelledby="puesta-en-marcha">
      <p className="sobretitulo" id="puesta-en-marcha">
        Puesta en marcha
      </p>
      <ol className="pasos">
        {PASOS.map(({ paso, texto }, index) => {
          const listo = conEstado.has(paso) && !faltan.has(paso);
          return (
            <li key={paso}>
              <EnlaceDePaso to="/instalacion" search={{ paso }}>
                <span className={listo ? 'paso-numero bien' : 'paso-numero'} aria-hidden="true">
                  {listo ? '✓' : index + 1}
                </span>
                <span className="paso-texto">
                  {texto}
                  {listo && <span className="solo-lector"> (listo)</span>}
                </span>
              </EnlaceDePaso>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** The router would call the step one is at the current page. */
const EnlaceDePaso = createLink(({ children, ...props }: AnchorHTMLAttributes<HTMLAnchorElement>) => (
  <a {...props} aria-current={props['aria-current'] === undefined ? undefined : 'step'}>
    {children}
  </a>
));
