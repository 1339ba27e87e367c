import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { leer, pedir } from './api.ts';
import { cuentaAlarmas, erroresQuery, hoyQuery } from './consultas.ts';
import { useEventos } from './eventos.ts';
import { Aviso, Consulta } from './parts/estado.tsx';
import { Entrar } from './screens/entrar.tsx';
import { PrimerUso } from './screens/primer-uso.tsx';
import { codigoDeEnlace, olvidarEnlace, type Persona, SesionContext, useSalir, useSesion } from './sesion.ts';

/** What stands around every screen, or the way in. */
export function Marco() {
  const sesion = useQuery({
    queryKey: ['sesion'],
    queryFn: abrir,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Consulta de={sesion}>
      {({ estado, usuario }) => {
        if (estado === 'primer-uso') return <PrimerUso />;
        if (usuario === null) return <Entrar />;
        return (
          <SesionContext value={usuario}>
            <Adentro />
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
  return (
    <div className="marco">
      <header className="cabecera">
        <a className="saltar" href="#contenido">
          Ir al contenido
        </a>
        <div className="cabecera-nombre">
          <img src="/icono.svg" width="28" height="28" alt="" /> Puente SIC
        </div>
        <Navegacion />
        <Quien />
      </header>
      <main id="contenido">
        <div role="status">{!conectado && <SinConexion />}</div>
        <Outlet />
      </main>
    </div>
  );
}

/** What is on the screen was true; nobody should take it for the present. */
function SinConexion() {
  return (
    <Aviso tono="espera">
      <p>
        <strong>No hay conexión con Puente: lo que ve puede haber cambiado.</strong>
      </p>
      <p>
        Se pondrá al día solo apenas vuelva. Si no vuelve en un par de minutos, revise que el computador de
        Puente esté encendido y que haya red hasta él.
      </p>
    </Aviso>
  );
}

function Navegacion() {
  const errores = useQuery(erroresQuery);
  const hoy = useQuery(hoyQuery);
  const alarmas = hoy.data === undefined ? 0 : cuentaAlarmas(hoy.data);
  const abiertos = errores.data?.errores.filter(({ conocido }) => conocido === null).length;
  const { rol } = useSesion();
  return (
    <nav aria-label="Principal">
      <Link to="/" activeOptions={{ exact: true }}>
        Hoy{' '}
        {alarmas > 0 && (
          <span className="cuenta">
            {alarmas}
            <span className="solo-lector"> {alarmas === 1 ? 'alarma' : 'alarmas'}</span>
          </span>
        )}
      </Link>
      <Link to="/por-corregir">
        Por corregir{' '}
        <span className="lugar-cuenta">
          {abiertos !== undefined && abiertos > 0 && (
            <span className="cuenta">
              {abiertos}
              <span className="solo-lector"> pendientes</span>
            </span>
          )}
        </span>
      </Link>
      <Link to="/envios">Envíos</Link>
      <Link to="/conciliacion">Conciliación</Link>
      <Link to="/evidencia">Evidencia</Link>
      {rol === 'administrador' && <Link to="/ajustes">Ajustes</Link>}
    </nav>
  );
}

const ROLES: Record<Persona['rol'], string> = {
  lector: 'puede mirar',
  operador: 'puede enviar',
  administrador: 'administra',
};

function Quien() {
  const { usuario, rol } = useSesion();
  const salir = useSalir();
  return (
    <div className="quien">
      <span>
        {usuario} · {ROLES[rol]}
      </span>
      <button type="button" className="llano" onClick={() => salir.mutate()}>
        Salir
      </button>
    </div>
  );
}
