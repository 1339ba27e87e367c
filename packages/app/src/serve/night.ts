import type { Defect, Ledger, ServeEvent } from '@puente-sic/engine';
import type { Host } from '../host.ts';
import { pushesOf } from '../push-courses.ts';
import { watchCredentials } from './credentials.ts';
import type { InForce } from './in-force.ts';
import type { NightParts, ServicePanel } from './parts.ts';
import { type ResultsGround, tellResults } from './tell-results.ts';

/** The nightly service on the settings in force, until the program ends or others take over. */
export async function night(
  { ledger, inForce, datos }: { ledger: Ledger; inForce: InForce; datos: string },
  { clock, signal }: Host,
  parts: NightParts,
  panel: Pick<ServicePanel, 'address' | 'onEvent'>,
): Promise<void> {
  const { generation } = inForce;
  const { settings, handOver } = generation;
  if (settings === null) {
    await parts.pause(RETRY_MS, AbortSignal.any([signal, handOver.signal]));
    if (!signal.aborted && inForce.generation === generation) await inForce.load();
    return;
  }
  const { alertCenter, serve } = await import('@puente-sic/engine');
  const onEvent = (event: ServeEvent) => {
    panel.onEvent(event);
    parts.onEvent(event);
  };
  const over = new AbortController();
  const watching = watchCredentials(
    settings,
    ledger,
    parts,
    AbortSignal.any([signal, handOver.signal, over.signal]),
    () => inForce.load(),
  );
  const telling = keepTelling(
    { settings, ledger, datos, clock, onUndelivered: parts.onUndelivered },
    parts,
    AbortSignal.any([signal, handOver.signal, over.signal]),
  );
  const onDefect = ({ error, rutOtec, haciendo }: Defect) =>
    parts.onDefect(error, rutOtec === null ? haciendo : `${rutOtec}, ${haciendo}`);
  await generation
    .use(({ providers, version, clientFor }) =>
      serve({
        ...{
          providers,
          ledger,
          version,
          clock,
          clientFor,
          signal,
          onEvent,
          onDefect,
          handOver: handOver.signal,
        },
        respaldar: true,
        ...(parts.between !== undefined && { pause: parts.between }),
        ...(settings.retencionDias !== undefined && { retencionDias: settings.retencionDias }),
        alerts: alertCenter({
          ledger,
          clock,
          avisar: settings.otecs.map(({ rut, nombre, alertas = [], ventana, resumenA }) => ({
            ...{ rutOtec: rut, otec: nombre ?? rut, canales: alertas },
            ...(ventana && { ventana }),
            ...(resumenA !== undefined && { resumenA }),
            ...{ panel: panel.address, ensayo: generation.running.ensayo },
          })),
          onFailure: parts.onUndelivered,
        }),
      }),
    )
    .finally(() => over.abort());
  await Promise.all([watching, telling]);
}

/** Platforms hear of what became of their courses while the service runs; a defect in it holds up no night. */
async function keepTelling(
  ground: ResultsGround,
  { pause, onDefect }: NightParts,
  signal: AbortSignal,
): Promise<void> {
  if (pushesOf(ground.settings).every(({ webhook }) => webhook === undefined)) return;
  while (!signal.aborted) {
    try {
      await tellResults(ground);
    } catch (error) {
      onDefect(error, 'contar a la plataforma qué pasó con su curso');
    }
    await pause(TELL_EVERY_MS, signal);
  }
}

const TELL_EVERY_MS = 300_000;

/** A file that was mended by hand is in force within this time. */
const RETRY_MS = 60_000;
