import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { PASOS, type Paso } from './instalacion.ts';
import { Marco } from './marco.tsx';
import { Falla, Vacio } from './parts/estado.tsx';
import { VISTAS, type Vista } from './vistas.ts';

const root = createRootRoute({
  component: Marco,
  errorComponent: ({ error }) => (
    <Falla
      error={error instanceof Error ? error : new Error(String(error))}
      reintentar={() => window.location.reload()}
    />
  ),
  notFoundComponent: () => (
    <Vacio titulo="Aquí no hay nada.">
      <p>
        La dirección no existe en este panel. <a href="/">Volver a Hoy</a>
      </p>
    </Vacio>
  ),
});

const hoy = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/hoy.tsx'), 'Hoy'),
});

const corregir = createRoute({
  getParentRoute: () => root,
  path: '/por-corregir',
  validateSearch: (search): { curso?: string; codigo?: string; ver?: Vista; por?: 'curso' } => {
    const ver = VISTAS.find((vista) => vista === search.ver);
    return {
      ...texts(search, ['curso', 'codigo']),
      ...(ver !== undefined && { ver }),
      ...(search.por === 'curso' && { por: 'curso' as const }),
    };
  },
  component: lazyRouteComponent(() => import('./screens/por-corregir.tsx'), 'PorCorregir'),
});

const cerrar = createRoute({
  getParentRoute: () => root,
  path: '/por-cerrar',
  component: lazyRouteComponent(() => import('./screens/por-cerrar.tsx'), 'PorCerrar'),
});

const planilla = createRoute({
  getParentRoute: () => root,
  path: '/planilla',
  component: lazyRouteComponent(() => import('./screens/planilla.tsx'), 'Planilla'),
});

const ayuda = createRoute({
  getParentRoute: () => root,
  path: '/ayuda',
  component: lazyRouteComponent(() => import('./screens/ayuda.tsx'), 'Ayuda'),
});

const ayudaDeError = createRoute({
  getParentRoute: () => root,
  path: '/ayuda/errores/$codigo',
  component: lazyRouteComponent(() => import('./screens/ayuda.tsx'), 'AyudaDeError'),
});

const mas = createRoute({
  getParentRoute: () => root,
  path: '/mas',
  component: lazyRouteComponent(() => import('./screens/mas.tsx'), 'Mas'),
});

const envios = createRoute({
  getParentRoute: () => root,
  path: '/envios',
  validateSearch: (search): { buscar?: string; cuales?: string; noche?: string } =>
    texts(search, ['buscar', 'cuales', 'noche']),
  component: lazyRouteComponent(() => import('./screens/envios.tsx'), 'Envios'),
});

const envio = createRoute({
  getParentRoute: () => root,
  path: '/envios/$codigoEnvio',
  component: lazyRouteComponent(() => import('./screens/envio.tsx'), 'Envio'),
});

const cursos = createRoute({
  getParentRoute: () => root,
  path: '/cursos',
  component: lazyRouteComponent(() => import('./screens/cursos.tsx'), 'Cursos'),
});

const curso = createRoute({
  getParentRoute: () => root,
  path: '/cursos/$rutOtec/$codigoOferta/$codigoGrupo',
  component: lazyRouteComponent(() => import('./screens/curso.tsx'), 'Curso'),
});

const alumno = createRoute({
  getParentRoute: () => root,
  path: '/cursos/$rutOtec/$codigoOferta/$codigoGrupo/alumnos/$rut',
  component: lazyRouteComponent(() => import('./screens/alumno.tsx'), 'Alumno'),
});

const conciliacion = createRoute({
  getParentRoute: () => root,
  path: '/conciliacion',
  component: lazyRouteComponent(() => import('./screens/conciliacion.tsx'), 'Conciliacion'),
});

const evidencia = createRoute({
  getParentRoute: () => root,
  path: '/evidencia',
  component: lazyRouteComponent(() => import('./screens/evidencia.tsx'), 'Evidencia'),
});

const ajustes = createRoute({
  getParentRoute: () => root,
  path: '/ajustes',
  validateSearch: (search): { token?: string } => texts(search, ['token']),
  component: lazyRouteComponent(() => import('./screens/ajustes.tsx'), 'Ajustes'),
});

const ajustesInicio = createRoute({ getParentRoute: () => ajustes, path: '/' });

/** A place on that page. */
const ajustesSeccion = createRoute({ getParentRoute: () => ajustes, path: '/$seccion' });

const instalacion = createRoute({
  getParentRoute: () => root,
  path: '/instalacion',
  validateSearch: (search): { paso?: Paso; fuente?: string } => {
    const known = PASOS.find(({ paso }) => paso === search.paso);
    return { ...texts(search, ['fuente']), ...(known !== undefined && { paso: known.paso }) };
  },
  component: lazyRouteComponent(() => import('./screens/instalacion.tsx'), 'Instalacion'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    hoy,
    corregir,
    cerrar,
    planilla,
    ayuda,
    ayudaDeError,
    mas,
    envios,
    envio,
    cursos,
    curso,
    alumno,
    conciliacion,
    evidencia,
    ajustes.addChildren([ajustesInicio, ajustesSeccion]),
    instalacion,
  ]),
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Of what stands in the address, the named entries that are text. A RUT or code of digits arrives as a number. */
function texts<K extends string>(search: Record<string, unknown>, keys: K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = search[key];
    if (typeof value === 'string' || typeof value === 'number') found[key] = String(value);
  }
  return found;
}
