import type { GestorClient } from '@puente-sic/client';
import { gather } from '../plan/gather.ts';
import type { SendRequest } from '../request.ts';
import type { EnvioHecho, Hallazgo, NoEnviado } from '../results.ts';
import { sendCourse } from '../send/course.ts';
import type { ProviderRun } from '../send/provider.ts';
import { type Night, reportedMoment } from '../window.ts';
import { isCurrent } from './dates.ts';
import { type Clave, GRACIA_DIAS, type Provider, type ServeContext } from './types.ts';
import { configsOf, type Unit } from './units.ts';

/** What one try of one course showed. */
export interface UnitResult {
  envios: EnvioHecho[];
  /** Codes whose outcome is not known. */
  inciertos: string[];
  /** Why it is not done, other than `inciertos`; null when it is. */
  motivo: string | null;
  conditions: { clave: Clave; mal: boolean; mensaje: string; queHacer: string }[];
}

/** Reads one course and sends what is not yet at the Gestor tonight. By the holder of the provider's lease. */
export async function runUnit(
  unit: Unit,
  night: Night,
  provider: Provider,
  context: ServeContext & { client: GestorClient; signal: AbortSignal; stopping: () => boolean },
): Promise<UnitResult> {
  const { otec, sources, modo, graciaDias = GRACIA_DIAS } = provider;
  const request: SendRequest = {
    ...context,
    sources: sources.filter(({ name }) => name === unit.fuente),
    otecs: [otec],
    cursos: configsOf(unit, provider),
    at: reportedMoment(night.noche, context.clock()),
    ...(modo && { modo }),
    onceTonight: true,
  };
  const { courses, fallas } = await gather(request);
  const run: ProviderRun = {
    request,
    client: context.client,
    reporter: {
      report: ({ kind }) => {
        const which = { rutOtec: otec.rut, noche: night.noche, curso: unit.curso };
        if (kind === 'sending') context.onEvent?.({ kind, ...which });
      },
      courseDone: () => {},
    },
    stop: null,
    hallazgos: new Map(),
  };
  const envios: EnvioHecho[] = [];
  const noEnviados: NoEnviado[] = [];
  for (const assigned of courses) {
    if (!isCurrent(assigned.tree, night.noche, graciaDias)) continue;
    if (context.stopping()) run.stop = STOPPING;
    const result = await sendCourse(assigned, run);
    envios.push(...result.envios);
    noEnviados.push(...result.noEnviados);
  }

  const down = fallas.map(({ mensaje, queHacer }) => ({ mensaje, queHacer }));
  const [falla] = down;
  const fuente: UnitResult['conditions'][number] = falla
    ? { clave: `fuente:${unit.fuente}`, mal: true, ...falla }
    : readable(unit.fuente);
  return {
    envios,
    inciertos: envios.flatMap(({ resultado, codigoEnvio }) =>
      resultado === 'incierto' && codigoEnvio !== null ? codigoEnvio : [],
    ),
    motivo: falla?.mensaje ?? noEnviados[0]?.mensaje ?? null,
    conditions: [fuente, ...lineConditions(envios, noEnviados), ...clockCondition(run.hallazgos, envios)],
  };
}

export function readable(fuente: string): UnitResult['conditions'][number] {
  return { clave: `fuente:${fuente}`, mal: false, mensaje: `«${fuente}» se lee bien.`, queHacer: '' };
}

function lineConditions(
  envios: readonly EnvioHecho[],
  noEnviados: readonly NoEnviado[],
): UnitResult['conditions'] {
  const well = (clave: Clave, mensaje: string) => ({ clave, mal: false, mensaje, queHacer: '' });
  if (envios.some(({ idProceso }) => idProceso !== null)) {
    return [well('token', 'SENCE acepta el token.'), well('conexion', 'Hay conexión con SENCE.')];
  }
  return noEnviados.flatMap(({ motivo, mensaje, queHacer }): UnitResult['conditions'] => {
    if (motivo === 'no-autenticado') return [{ clave: 'token', mal: true, mensaje, queHacer }];
    return motivo === 'sin-conexion' && mensaje !== STOPPING.mensaje
      ? [{ clave: 'conexion', mal: true, mensaje, queHacer }]
      : [];
  });
}

function clockCondition(
  hallazgos: ReadonlyMap<string, Hallazgo>,
  envios: readonly EnvioHecho[],
): UnitResult['conditions'] {
  const wrong = hallazgos.get('reloj');
  if (wrong) return [{ clave: 'reloj', mal: true, mensaje: wrong.mensaje, queHacer: wrong.queHacer }];
  if (!envios.some(({ idProceso }) => idProceso !== null)) return [];
  return [{ clave: 'reloj', mal: false, mensaje: 'El reloj coincide con el de SENCE.', queHacer: '' }];
}

const STOPPING = {
  motivo: 'sin-conexion' as const,
  mensaje: 'El servicio de puente se está deteniendo.',
  queHacer: 'Se enviará cuando vuelva a funcionar.',
};
