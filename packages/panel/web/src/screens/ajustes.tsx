import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import {
  bitacoraQuery,
  borradosQuery,
  clavesQuery,
  hoyQuery,
  instalacionQuery,
  planillasQuery,
  segundoPasoQuery,
  usuariosQuery,
} from '../consultas.ts';
import { cuando } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useDeLaOtec } from '../otec.tsx';
import { SoloAdministrador } from '../parts/administrador.tsx';
import { Cargando, Consulta } from '../parts/estado.tsx';
import { SoloLectura } from '../parts/solo-lectura.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { AjustesAvisos } from './ajustes-avisos.tsx';
import { AjustesBitacora } from './ajustes-bitacora.tsx';
import { AjustesDatos } from './ajustes-datos.tsx';
import { AjustesFuentes } from './ajustes-fuentes.tsx';
import { AjustesOtec } from './ajustes-otec.tsx';
import { AjustesPersonas } from './ajustes-personas.tsx';
import { AjustesPlanillas } from './ajustes-planillas.tsx';
import { AjustesReglas } from './ajustes-reglas.tsx';
import { Seccion } from './seccion.tsx';

const SECCIONES = [
  { id: 'otec', texto: 'OTEC y token' },
  { id: 'planillas', texto: 'Planillas' },
  { id: 'fuentes', texto: 'De dónde sale el avance' },
  { id: 'avisos', texto: 'Avisos' },
  { id: 'personas', texto: 'Personas y permisos' },
  { id: 'reglas', texto: 'Reglas' },
  { id: 'datos', texto: 'Datos de personas' },
  { id: 'bitacora', texto: 'Bitácora' },
] as const;

/** For whoever administers the panel: everything that can be decided, on one page with its index. */
export function Ajustes() {
  return (
    <SoloAdministrador titulo="Ajustes">
      <Pagina />
    </SoloAdministrador>
  );
}

function Pagina() {
  const bitacora = useInfiniteQuery(bitacoraQuery);
  const partes = useQueries({
    queries: [
      instalacionQuery,
      hoyQuery,
      planillasQuery,
      usuariosQuery,
      clavesQuery,
      segundoPasoQuery,
      borradosQuery,
    ],
  });
  // Shown together, when all of it is here: nothing moves under the hand, and an address finds its place.
  if (bitacora.isPending || partes.some(({ isPending }) => isPending)) return <Cargando />;
  return <Todo />;
}

function Todo() {
  const instalacion = useQuery(instalacionQuery);
  const respuesta = useRespuesta();
  const decir = useDecir();
  const { seccion } = useParams({ strict: false });
  useEffect(() => {
    if (seccion === undefined) return;
    document.getElementById(seccion)?.scrollIntoView();
    document.getElementById(`h-${seccion}`)?.focus({ preventScroll: true });
  }, [seccion]);
  return (
    <>
      <Titulo texto={decir(respuesta)} ventana="Ajustes">
        Lo que cambie aquí vale de inmediato y queda en la bitácora, con su nombre.
      </Titulo>
      <div className="secciones">
        <nav aria-label="Secciones de Ajustes">
          {SECCIONES.map(({ id, texto }) => (
            <Link
              key={id}
              to="/ajustes/$seccion"
              params={{ seccion: id }}
              activeProps={{ 'aria-current': 'true' }}
            >
              {texto}
            </Link>
          ))}
        </nav>
        <div>
          <Consulta de={instalacion}>
            {(data) => (
              <>
                <SoloLectura de={data} />
                <Seccion id="otec" titulo="OTEC y token">
                  <AjustesOtec instalacion={data} />
                </Seccion>
                <div id="planillas" className="seccion">
                  <AjustesPlanillas />
                </div>
                <div id="fuentes" className="seccion">
                  <AjustesFuentes instalacion={data} />
                </div>
                <AjustesAvisos instalacion={data} />
              </>
            )}
          </Consulta>
          <AjustesPersonas />
          {instalacion.data && <AjustesReglas reglas={instalacion.data.reglas} />}
          <AjustesDatos />
          <AjustesBitacora />
          {instalacion.data && (
            <p className="suave chico">
              ¿Prefiere ir paso a paso? <Link to="/instalacion">Abrir la puesta en marcha</Link>. Todo queda
              escrito en {instalacion.data.archivo}.
            </p>
          )}
        </div>
      </div>
    </>
  );
}

const NADA: never[] = [];

/** Whether SENCE takes what is sent, by what was last seen of it; until something was, only what the page is about. */
function useRespuesta(): string {
  const proveedores = useDeLaOtec(useQuery(hoyQuery).data?.proveedores ?? NADA);
  const sinToken = proveedores.filter(({ problemas }) => problemas.some(({ clave }) => clave === 'token'));
  const [una, otra] = sinToken;
  if (otra !== undefined) return `SENCE no acepta el token de ${sinToken.length} OTEC`;
  if (una !== undefined) return `SENCE no acepta el token de ${una.nombre}`;
  const ultimo = proveedores
    .flatMap(({ cursos }) => cursos.flatMap(({ ultimoAceptado }) => ultimoAceptado ?? []))
    .reduce((last, one) => (one > last ? one : last), '');
  return ultimo === '' ? 'Ajustes' : `SENCE aceptó el último envío el ${cuando(ultimo)}`;
}
