import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { leer, pedir } from './api.ts';
import { useEventos } from './eventos.ts';
import { Buscador } from './marco/buscador.tsx';
import { Ensayo } from './marco/ensayo.tsx';
import { Lateral } from './marco/lateral.tsx';
import { Reloj } from './marco/reloj.tsx';
import { SinConexion } from './marco/sin-conexion.tsx';
import { Teclado } from './marco/teclado.tsx';
import { MenuDeTelefono } from './marco/telefono.tsx';
import { Velo } from './marco/velo.tsx';
import { ConOtec } from './otec.tsx';
import { Brindis } from './parts/brindis.tsx';
import { Consulta } from './parts/estado.tsx';
import { SubirPlanilla } from './parts/subir.tsx';
import { Entrar } from './screens/entrar.tsx';
import { PrimerUso } from './screens/primer-uso.tsx';
import {
  ConectadoContext,
  codigoDeEnlace,
  EnsayoContext,
  olvidarEnlace,
  SesionContext,
  useEnsayo,
} from './sesion.ts';

/** What stands around every screen, or the way in. */
export function Marco() {
  const sesion = useQuery({
    queryKey: ['sesion'],
    queryFn: abrir,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Consulta de={sesion}>
      {({ estado, usuario, ensayo }) => {
        if (estado === 'primer-uso') return <PrimerUso />;
        if (usuario === null) return <Entrar />;
        return (
          <SesionContext value={usuario}>
            <EnsayoContext value={ensayo}>
              <ConOtec>
                <Adentro />
              </ConOtec>
            </EnsayoContext>
          </SesionContext>
        );
      }}
    </Consulta>
  );
}

/** With the link from the console where there is one. */
async function abrir() {
  const codigo = codigoDeEnlace();
  if (codigo === null) return leer<'sesion'>('/api/sesion');
  const sesion = await pedir<'sesion'>('POST', '/api/enlace', { codigo });
  if (sesion.estado === 'abierta') olvidarEnlace();
  return sesion;
}

function Adentro() {
  const conectado = useEventos();
  const ensayo = useEnsayo();
  return (
    <div className={ensayo ? 'con-ensayo' : ''}>
      <a className="saltar" href="#contenido">
        Ir al contenido
      </a>
      <Ensayo />
      <div className="marco">
        <Lateral />
        <div className="lienzo">
          <section className="barra-alta" aria-label="Buscar y subir">
            <Buscador />
            <Reloj />
            <SubirPlanilla>
              <span>
                Subir<span className="no-telefono"> planilla</span>
              </span>
            </SubirPlanilla>
          </section>
          <main id="contenido" tabIndex={-1}>
            {!conectado && <SinConexion />}
            <ConectadoContext value={conectado}>
              <Outlet />
            </ConectadoContext>
          </main>
        </div>
      </div>
      <MenuDeTelefono />
      <Velo />
      <Teclado />
      <Brindis />
    </div>
  );
}
