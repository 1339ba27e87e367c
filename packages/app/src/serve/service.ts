import type { Ledger, ServeEvent } from '@puente-sic/engine';
import { loadSettings } from '../config/load.ts';
import type { Host } from '../host.ts';
import { type PlaceOptions, stateFolder } from '../options.ts';
import type { Setup } from '../setup/contract.ts';
import { settingsSetup } from '../setup/setup.ts';
import { type Generation, openGeneration } from './generation.ts';
import type { UseRunning } from './running.ts';

/** What a panel stands on. */
export interface PanelGround {
  /** Open for as long as the panel is. */
  ledger: Ledger;
  use: UseRunning;
  setup: Setup;
  clock: () => Date;
}

/** A panel, as the service sees it. */
export interface ServicePanel {
  onEvent(event: ServeEvent): void;
  close(): Promise<void>;
}

/** What the program around the service gives it. */
export interface ServiceParts<P extends ServicePanel> {
  openPanel(ground: PanelGround): Promise<P>;
  onEvent(event: ServeEvent): void;
  /** An alert could not be delivered through this channel; it is tried again. */
  onUndelivered(canal: string): void;
}

/** The nightly service and the panel over it, both on the settings in force. */
export interface Service<P extends ServicePanel> {
  panel: P;
  /** What is in force now. */
  generation(): Generation;
  /** Works until the host's signal ends it; then everything is closed. */
  run(): Promise<void>;
}

/** Opens the panel; what runs by night begins with `run`. */
export async function openService<P extends ServicePanel>(
  host: Host,
  options: PlaceOptions,
  parts: ServiceParts<P>,
): Promise<Service<P>> {
  const { openLedger } = await import('@puente-sic/engine');
  const { clock, env } = host;
  const loaded = await loadSettings({
    ...{ ...options, needsTokens: false, env },
    onNotice: (text) => host.onNotice(text),
  });
  for (const warning of loaded.warnings) host.onNotice(warning);
  // Before the sources: they keep what former nights counted in its folder.
  const ledger = await openLedger(stateFolder(options.datos, env));
  for (const aviso of ledger.avisos) host.onNotice(aviso);
  let current: Generation | undefined;
  const inForce = () => {
    if (current === undefined) throw new Error('The service has no settings yet');
    return current;
  };
  const closing = new Set<Promise<void>>();
  const takeOver = (next: Generation) => {
    const former = inForce();
    current = next;
    former.handOver.abort();
    // When the last who uses it has ended: the night under way, a person who looks; at once where there is nobody.
    closing.add(former.close());
  };
  try {
    current = await openGeneration(host, options, loaded);
    const panel = await parts.openPanel({
      ledger,
      clock,
      use: (work) => inForce().use(work),
      setup: settingsSetup({ host, options, ledger, inForce, takeOver }),
    });
    return { panel, generation: inForce, run: () => run(host, ledger, panel, parts, inForce, closing) };
  } catch (error) {
    await current?.close();
    await ledger.close();
    throw error;
  }
}

async function run<P extends ServicePanel>(
  host: Host,
  ledger: Ledger,
  panel: P,
  parts: ServiceParts<P>,
  inForce: () => Generation,
  closing: ReadonlySet<Promise<void>>,
): Promise<void> {
  const onEvent = (event: ServeEvent) => {
    panel.onEvent(event);
    parts.onEvent(event);
  };
  try {
    while (!host.signal.aborted) await night(inForce(), host, ledger, { ...parts, onEvent });
  } finally {
    await panel.close();
    await Promise.all([...closing, inForce().close()]);
    await ledger.close();
  }
}

/** The nightly service on these settings, until the program ends or others take over. */
async function night(
  generation: Generation,
  { onNotice, clock, signal }: Host,
  ledger: Ledger,
  { onEvent, onUndelivered }: Pick<ServiceParts<ServicePanel>, 'onEvent' | 'onUndelivered'>,
): Promise<void> {
  const { alertCenter, serve } = await import('@puente-sic/engine');
  const { settings, running, handOver } = generation;
  for (const { mensaje } of running.pendientes) onNotice(mensaje);
  await generation.use(({ providers, version, clientFor }) =>
    serve({
      ...{ providers, ledger, version, clock, clientFor, signal, onEvent, handOver: handOver.signal },
      ...(settings.retencionDias !== undefined && { retencionDias: settings.retencionDias }),
      alerts: alertCenter({
        ledger,
        clock,
        avisar: settings.otecs.map(({ rut, nombre, alertas = [], ventana, resumenA }) => ({
          ...{ rutOtec: rut, otec: nombre ?? rut, canales: alertas },
          ...(ventana && { ventana }),
          ...(resumenA !== undefined && { resumenA }),
        })),
        onFailure: onUndelivered,
      }),
    }),
  );
}
