import type { Running } from '@puente-sic/app';
import {
  courseTitles,
  healthOf,
  overview,
  toCorrect,
  toldOf,
  unreportedCourses,
  VENTANA_OFICIAL,
} from '@puente-sic/engine';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';

/** The night at a glance, and what is to be corrected. */
export function hoy(mount: Mount, { ledger, clock }: Context): void {
  mount('salud', async ({ running }) => saludOf(ledger, running, clock()));

  mount('hoy', async ({ running }) => {
    const { providers } = running;
    const ahora = clock();
    const salud = await healthOf(ledger, watchedOf(running), ahora);
    return {
      ahora,
      pendientes: running.pendientes,
      proveedores: await Promise.all(
        providers.map(async (provider) => {
          const { rut: rutOtec, nombre = rutOtec } = provider.otec;
          const { night, open, tonight, cuenta, nochesPerdidas, cursos } = await overview(
            ledger,
            provider,
            ahora,
          );
          const ventana = provider.ventana ?? VENTANA_OFICIAL;
          const health = salud.proveedores.find((one) => one.rutOtec === rutOtec);
          const { noche, start: comienza, end: termina } = night;
          return {
            rutOtec,
            nombre,
            ventana: { noche, comienza, termina, abierta: open, ...ventana },
            noche: tonight,
            estado: health?.estado ?? 'mal',
            problemas: health?.problemas ?? [],
            dichos: await toldOf(ledger, { rutOtec, noche: tonight.noche, ventana }, ahora),
            cuenta,
            nochesPerdidas,
            cursos,
            sinInformar: await unreportedCourses(ledger, rutOtec),
          };
        }),
      ),
    };
  });

  mount('errores', async ({ filtro }) => ({ errores: await erroresAbiertos(ledger, filtro) }));
}

/** Whether all is well; what cannot report at all is not. */
export async function saludOf(ledger: Context['ledger'], running: Running, now: Date) {
  const { estado, proveedores } = await healthOf(ledger, watchedOf(running), now);
  const { pendientes } = running;
  return { estado: pendientes.length > 0 ? ('mal' as const) : estado, pendientes, proveedores };
}

/** Whose health is asked for. */
function watchedOf({ providers }: Running): Parameters<typeof healthOf>[1] {
  return providers.map(({ otec, ventana }) => ({ rutOtec: otec.rut, ...(ventana && { ventana }) }));
}

/** Open errors with the title of their course, and its page where the student's own is not known. */
export async function erroresAbiertos(
  ledger: Context['ledger'],
  filtro: {
    rutOtec?: string | undefined;
    codigoOferta?: string | undefined;
    codigoGrupo?: string | undefined;
    codigo?: string | undefined;
    alumno?: string | undefined;
  },
) {
  const { rutOtec, codigoOferta, codigoGrupo, codigo, alumno } = filtro;
  const found = await toCorrect(ledger, {
    ...(rutOtec !== undefined && { rutOtec }),
    ...(codigoOferta !== undefined && { curso: codigoOferta }),
    ...(codigoGrupo !== undefined && { grupo: codigoGrupo }),
    ...(codigo !== undefined && { codigo }),
    ...(alumno !== undefined && { alumno }),
  });
  const courses = await courseTitles(ledger);
  return found.map((error) => {
    const course = courses.find(
      (one) =>
        one.rutOtec === error.rutOtec &&
        one.codigoOferta === error.codigoOferta &&
        one.codigoGrupo === error.codigoGrupo,
    );
    return {
      ...error,
      titulo: course?.titulo ?? error.codigoOferta,
      lugar: error.lugar ?? null,
      url: error.url ?? course?.url ?? null,
    };
  });
}
