import { setTimeout as wait } from 'node:timers/promises';
import { Failure, openService, type PlaceOptions, type Service } from '@puente-sic/app';
import type { Panel } from '@puente-sic/panel';
import type { Context } from './context.ts';
import { printEvent } from './print/event.ts';

export interface ServiceOptions extends PlaceOptions {
  puerto?: number;
  direccion?: string;
  direccionPublica?: string;
  /** Files that a rehearsal hands out. */
  ejemplos?: string;
}

/** The nightly service with the panel over it: what happens at night goes to the standard output, the log to the error. */
export async function openPanelService(context: Context, options: ServiceOptions): Promise<Service<Panel>> {
  const { createLogger, openPanel } = await import('@puente-sic/panel');
  const { terminal, clock } = context;
  const { puerto, direccion, direccionPublica, ejemplos } = options;
  const logger = createLogger((line) => terminal.notice(line.trimEnd()));
  try {
    return await openService(context, options, {
      openPanel: () =>
        openPanel({
          logger,
          ...(puerto !== undefined && { port: puerto }),
          ...(direccion !== undefined && { host: direccion }),
          ...(direccionPublica !== undefined && { publicUrl: direccionPublica }),
          ...(ejemplos !== undefined && { ejemplos }),
        }),
      onEvent: (event) => printEvent(terminal, event, clock()),
      onUndelivered: (canal) =>
        terminal.notice(`${clock().toISOString()} el aviso por ${canal} no se pudo entregar; se repetirá`),
      onDefect: (err, haciendo = 'el servicio') => logger.error({ err, haciendo }, 'a defect'),
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
        `Quizás Puente ya está abierto en http://127.0.0.1:${puerto}. Para tomar otro puerto, agregue --puerto ${puerto + 1} (con «npm start»: npm start -- --puerto ${puerto + 1}), o 0 para uno libre.`,
      )
    : null;
}
