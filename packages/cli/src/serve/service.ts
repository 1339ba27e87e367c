import type { Ledger } from '@puente-sic/engine';
import type { Panel } from '@puente-sic/panel';
import { loadSettings } from '../config/load.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { type CommonOptions, stateFolder } from '../options.ts';
import { printEvent } from '../print/event.ts';
import { settingsSetup } from '../setup/setup.ts';
import { type Generation, openGeneration } from './generation.ts';

export interface ServiceOptions extends CommonOptions {
  datos?: string;
  puerto?: number;
  direccion?: string;
  direccionPublica?: string;
}

/** The nightly service and the panel over it, both on the settings in force. */
export interface Service {
  panel: Panel;
  /** What is in force now. */
  generation(): Generation;
  /** Works until the context's signal ends it; then everything is closed. */
  run(): Promise<void>;
}

/** Opens the panel; what runs by night begins with `run`. */
export async function openService(context: Context, options: ServiceOptions): Promise<Service> {
  const { openLedger } = await import('@puente-sic/engine');
  const { startPanel } = await import('@puente-sic/panel');
  const { clock, env } = context;
  const loaded = await loadSettings({ ...options, needsTokens: false, env });
  for (const warning of loaded.warnings) context.terminal.notice(`Aviso: ${warning}`);
  // Before the sources: they keep what former nights counted in its folder.
  const ledger = await openLedger(stateFolder(options.datos, env));
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
    current = await openGeneration(context, options, loaded);
    const panel = await startPanel({
      ledger,
      clock,
      use: (work) => inForce().use(work),
      setup: settingsSetup({ context, options, ledger, inForce, takeOver }),
      ...(options.puerto !== undefined && { port: options.puerto }),
      ...(options.direccion !== undefined && { host: options.direccion }),
      ...(options.direccionPublica !== undefined && { publicUrl: options.direccionPublica }),
    });
    return { panel, generation: inForce, run: () => run(context, ledger, panel, inForce, closing) };
  } catch (error) {
    await current?.close();
    await ledger.close();
    throw portFailure(error, options.puerto ?? 4350) ?? error;
  }
}

async function run(
  context: Context,
  ledger: Ledger,
  panel: Panel,
  inForce: () => Generation,
  closing: ReadonlySet<Promise<void>>,
): Promise<void> {
  try {
    while (!context.signal.aborted) await night(inForce(), context, ledger, panel);
  } finally {
    await panel.close();
    await Promise.all([...closing, inForce().close()]);
    await ledger.close();
  }
}

/** The nightly service on these settings, until the program ends or others take over. */
async function night(
  generation: Generation,
  { terminal, clock, signal }: Context,
  ledger: Ledger,
  panel: Panel,
): Promise<void> {
  const { alertCenter, serve } = await import('@puente-sic/engine');
  const { settings, running, handOver } = generation;
  for (const { mensaje } of running.pendientes) terminal.notice(`Aviso: ${mensaje}`);
  await generation.use(({ providers, version, clientFor }) =>
    serve({
      ...{ providers, ledger, version, clock, clientFor, signal, handOver: handOver.signal },
      ...(settings.retencionDias !== undefined && { retencionDias: settings.retencionDias }),
      alerts: alertCenter({
        ledger,
        clock,
        avisar: settings.otecs.map(({ rut, nombre, alertas = [], ventana, resumenA }) => ({
          ...{ rutOtec: rut, otec: nombre ?? rut, canales: alertas },
          ...(ventana && { ventana }),
          ...(resumenA !== undefined && { resumenA }),
        })),
        onFailure: (canal) =>
          terminal.notice(`${clock().toISOString()} el aviso por ${canal} no se pudo entregar; se repetirá`),
      }),
      onEvent: (event) => {
        panel.onEvent(event);
        printEvent(terminal, event, clock());
      },
    }),
  );
}

function portFailure(error: unknown, puerto: number): Failure | null {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return taken
    ? new Failure(
        `El puerto ${puerto} ya lo usa otro programa.`,
        'Elija otro con --puerto, o 0 para tomar uno libre.',
      )
    : null;
}
