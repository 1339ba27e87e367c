import type { Running } from '@puente-sic/app';
import {
  currentNight,
  type Provider,
  type SendResult,
  senceIsWell,
  send,
  sourcesAreWell,
  VENTANA_OFICIAL,
} from '@puente-sic/engine';
import type { z } from 'zod';
import type { API, Trabajo } from './api.ts';
import { type Context, cursosOf } from './context.ts';
import { notFound, Refusal } from './http/refusal.ts';

type Asked = z.output<(typeof API)['enviar']['pide']>;

/** Begins what a person asked to send; refused outside the window unless the person has said yes to that. */
export function startSend(context: Context, running: Running, quien: string, asked: Asked): Trabajo {
  const { clock, jobs, ledger, use } = context;
  const { curso, alumnos, soloErrores, fueraDeVentana, repetir } = asked;
  const chosen = ({ providers }: Running) =>
    providers.filter(({ otec }) => curso === undefined || otec.rut === curso.rutOtec);
  if (chosen(running).length === 0) throw notFound('Este panel no envía por esa OTEC.');
  const outside = chosen(running).filter((provider) => !isOpen(provider, clock()));
  if (outside.length > 0 && !fueraDeVentana) throw outsideWindow(outside);

  const filters = {
    ...(curso && { curso: curso.codigoOferta, grupo: curso.codigoGrupo }),
    ...(alumnos && { alumno: alumnos }),
    ...(soloErrores && { soloErrores }),
  };
  // It outlives the request, so it borrows for itself.
  return jobs.start(quien, (onProgress, signal) =>
    use(async (held) => {
      const { version, clientFor } = held;
      const results = await Promise.all(
        chosen(held).map(async (provider) => {
          const result = await send({
            ...{
              sources: provider.sources,
              otecs: [provider.otec],
              ledger,
              version,
              at: clock(),
              filters,
              repetir,
            },
            ...{ clock, clientFor, onProgress, signal },
            ...cursosOf(provider),
            ...(provider.modo && { modo: provider.modo }),
            ...(provider.concurrency !== undefined && { concurrency: provider.concurrency }),
          });
          const failed = new Set(result.fallas.map(({ fuente }) => fuente));
          const fuentes = provider.sources.map(({ name }) => name).filter((name) => !failed.has(name));
          await sourcesAreWell(ledger, { rutOtec: provider.otec.rut, fuentes }, clock());
          return result;
        }),
      );
      const result = merge(results);
      // The pages are told to read anew when the job ends.
      const took = new Set(
        result.envios.flatMap(({ idProceso, rutOtec }) => (idProceso === null ? [] : rutOtec)),
      );
      for (const rutOtec of took) await senceIsWell(ledger, rutOtec, clock());
      return result;
    }),
  );
}

function isOpen({ ventana = VENTANA_OFICIAL }: Provider, now: Date): boolean {
  return now < currentNight(now, ventana).end;
}

function outsideWindow(providers: readonly Provider[]): Refusal {
  const { desde, hasta } = providers[0]?.ventana ?? VENTANA_OFICIAL;
  return new Refusal(
    409,
    'fuera-de-ventana',
    `SENCE pide enviar entre las ${desde} y las ${hasta} (hora de Santiago), y ahora es otra hora.`,
    'Si es urgente, confirme y se enviará igual: el avance se informará con la fecha de hoy, y esta noche saldrá lo que falte y lo que haya cambiado desde entonces. Si no, se enviará solo esta noche.',
  );
}

function merge(results: readonly SendResult[]): SendResult {
  return {
    historial: results.flatMap(({ historial }) => historial),
    envios: results.flatMap(({ envios }) => envios),
    yaEnviados: results.flatMap(({ yaEnviados }) => yaEnviados),
    noEnviados: results.flatMap(({ noEnviados }) => noEnviados),
    noEntregados: results.flatMap(({ noEntregados }) => noEntregados),
    ausentes: results.flatMap(({ ausentes }) => ausentes),
    hallazgos: results.flatMap(({ hallazgos }) => hallazgos),
    fallas: results.flatMap(({ fallas }) => fallas),
  };
}
