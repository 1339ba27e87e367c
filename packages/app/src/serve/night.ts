import type { Defect, Ledger, ServeEvent } from '@puente-sic/engine';
import type { Host } from '../host.ts';
import { watchCredentials } from './credentials.ts';
import type { InForce } from './in-force.ts';
import type { NightParts, ServicePanel } from './parts.ts';

/** The nightly service on the settings in force, until the program ends or others take over. */
export async function night(
  { ledger, inForce }: { ledger: Ledger; inForce: InForce },
  { clock, signal }: Host,
  parts: NightParts,
  panel: ServicePanel,
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
  await watching;
}

/** A file that was mended by hand is in force within this time. */
const RETRY_MS = 60_000;
