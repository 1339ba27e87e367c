import type { GestorClient } from '@puente-sic/client';
import type { CausaNoche } from '../ledger/tables.ts';
import type { Assigned } from '../plan/gather.ts';
import type { SendRequest } from '../request.ts';
import type { EnvioHecho, Hallazgo, NoEnviado } from '../results.ts';
import { sendCourse } from '../send/course.ts';
import type { ProviderRun } from '../send/run.ts';
import type { Stop } from '../send/stop.ts';
import { type Night, reportedMoment } from '../window.ts';
import type { Clave, Provider, ServeContext } from './types.ts';
import type { Unit } from './units.ts';

/** What one try of one course showed. */
export interface UnitResult {
  envios: EnvioHecho[];
  /** Codes whose outcome is not known. */
  inciertos: string[];
  /** Why it is not done, other than `inciertos`; null when it is. */
  problem: { causa: CausaNoche; motivo: string } | null;
  /** Shows that no other call of the provider can succeed either. */
  stop: Stop | null;
  conditions: { clave: Clave; mal: boolean; mensaje: string; queHacer: string }[];
}

/** What the courses of a provider that are under way at once share: what one has met keeps the others from calling. */
export interface Line {
  stop: Stop | null;
  /** What was said to be well since the minute began: a hundred courses need not say it each. */
  well: Set<Clave>;
}

/** Sends what is not yet at the Gestor tonight of a course's groups. By the holder of the provider's lease. */
export async function runUnit(
  unit: Unit,
  trees: readonly Assigned[],
  night: Night,
  provider: Provider,
  context: ServeContext & { client: GestorClient; signal: AbortSignal; stopping: () => boolean; line: Line },
): Promise<UnitResult> {
  const { otec, modo } = provider;
  const { line } = context;
  let met: Stop | null = null;
  const request: SendRequest = {
    ...context,
    sources: [],
    otecs: [otec],
    at: reportedMoment(night.noche, context.clock()),
    ...(modo && { modo }),
    onceTonight: true,
  };
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
    get stop() {
      return line.stop;
    },
    set stop(stop) {
      met = stop;
      line.stop = stop;
    },
    hallazgos: new Map(),
  };
  const envios: EnvioHecho[] = [];
  const noEnviados: NoEnviado[] = [];
  for (const assigned of trees) {
    if (context.stopping()) run.stop = STOPPING;
    const result = await sendCourse(assigned, run);
    envios.push(...result.envios);
    noEnviados.push(...result.noEnviados);
  }

  const [noEnviado] = noEnviados;
  const isStopping = line.stop === STOPPING;
  const stop = isStopping ? null : met;
  return {
    envios,
    inciertos: envios.flatMap(({ resultado, codigoEnvio }) =>
      resultado === 'incierto' && codigoEnvio !== null ? codigoEnvio : [],
    ),
    problem: noEnviado
      ? { causa: causaOf(noEnviado, isStopping ? null : line.stop), motivo: noEnviado.mensaje }
      : null,
    stop,
    conditions: unsaid([...lineConditions(envios, stop), ...clockCondition(run.hallazgos, envios)], line),
  };
}

function unsaid(conditions: UnitResult['conditions'], { well }: Line): UnitResult['conditions'] {
  const left = conditions.filter(({ clave, mal }) => mal || !well.has(clave));
  for (const { clave, mal } of left) {
    if (mal) well.delete(clave);
    else well.add(clave);
  }
  return left;
}

function causaOf({ motivo }: NoEnviado, stop: Stop | null): CausaNoche {
  if (motivo === 'no-autenticado') return 'token';
  return stop === null ? 'no-enviado' : 'conexion';
}

/** What is wrong with the line is told by what stops the provider. */
function lineConditions(envios: readonly EnvioHecho[], stop: Stop | null): UnitResult['conditions'] {
  if (stop !== null || !envios.some(wasTaken)) return [];
  return LINE_IS_WELL;
}

function clockCondition(
  hallazgos: ReadonlyMap<string, Hallazgo>,
  envios: readonly EnvioHecho[],
): UnitResult['conditions'] {
  const wrong = hallazgos.get('reloj');
  if (wrong) return [{ clave: 'reloj', mal: true, mensaje: wrong.mensaje, queHacer: wrong.queHacer }];
  if (!envios.some(wasTaken)) return [];
  return [{ clave: 'reloj', mal: false, mensaje: 'El reloj coincide con el de SENCE.', queHacer: '' }];
}

/** Whether the service has taken a call: it was reached, and accepts the token. */
export function wasTaken({ idProceso }: EnvioHecho): boolean {
  return idProceso !== null;
}

const well = (clave: Clave, mensaje: string) => ({ clave, mal: false, mensaje, queHacer: '' });
/** SENCE was reached, and takes the token. */
export const LINE_IS_WELL = [
  well('token', 'SENCE acepta el token.'),
  well('conexion', 'Hay conexión con SENCE.'),
];

const STOPPING: Stop = {
  motivo: 'sin-conexion',
  mensaje: 'El servicio de Puente se está deteniendo.',
  queHacer: 'Se enviará cuando vuelva a funcionar.',
};
