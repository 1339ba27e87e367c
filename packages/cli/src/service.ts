import { setTimeout as wait } from 'node:timers/promises';
import { Failure, openService, type PlaceOptions, type Service } from '@puente-sic/app';
import type { Panel } from '@puente-sic/panel';
import { mask } from '@puente-sic/protocol';
import type { Context } from './context.ts';
import { printEvent } from './print/event.ts';

export interface ServiceOptions extends PlaceOptions {
  puerto?: number;
  direccion?: string;
  direccionPublica?: string;
}

/** The nightly service with the panel over it; events are told on the standard error. */
export async function openPanelService(context: Context, options: ServiceOptions): Promise<Service<Panel>> {
  const { openPanel } = await import('@puente-sic/panel');
  const { terminal, clock } = context;
  const { puerto, direccion, direccionPublica } = options;
  try {
    return await openService(context, options, {
      openPanel: () =>
        openPanel({
          ...(puerto !== undefined && { port: puerto }),
          ...(direccion !== undefined && { host: direccion }),
          ...(direccionPublica !== undefined && { publicUrl: direccionPublica }),
        }),
      onEvent: (event) => printEvent(terminal, event, clock()),
      onUndelivered: (canal) =>
        terminal.notice(`${clock().toISOString()} el aviso por ${canal} no se pudo entregar; se repetirá`),
      onDefect: (error, haciendo = 'el servicio') => {
        const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
        terminal.notice(mask(`${clock().toISOString()} defecto en ${haciendo}: ${stack}`));
      },
      pause: (ms, signal) => wait(ms, undefined, { signal }).catch(() => {}),
    });
  } catch (error) {
    throw portFailure(error, puerto ?? 4350) ?? error;
  }
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
