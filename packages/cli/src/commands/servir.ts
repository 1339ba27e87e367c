import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { Failure } from '../failure.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, datosOption, readWhole, stateFolder } from '../options.ts';
import { printEvent } from '../print/event.ts';
import { providersOf } from '../serve/providers.ts';
import { clientFactory, connect } from '../session.ts';

interface ServirOptions extends CommonOptions {
  datos?: string;
  puerto?: number;
}

export function declareServir(program: Command, context: Context): void {
  const command = program
    .command('servir')
    .description('queda funcionando y envía cada noche dentro de la ventana, exactamente una vez');
  examples(
    datosOption(commonOptions(command)).option(
      '--puerto <PUERTO>',
      'responde GET /salud en 127.0.0.1 y este puerto; 0 toma uno libre',
      readWhole(0, 65_535),
    ),
    ['puente servir --puerto 4351', 'como servicio del sistema'],
  ).action(async (options: ServirOptions) => context.finish(await servir(context, options)));
}

async function servir(context: Context, options: ServirOptions): Promise<ExitCode> {
  const { alertCenter, healthOf, openLedger, serve, startHealth } = await import('@puente-sic/engine');
  const { terminal, clock, signal } = context;
  const { settings, connection } = await connect(context, options);
  const clientFor = await clientFactory(connection);
  const ledger = openLedger(stateFolder(options.datos, context.env));
  const providers = await providersOf(context, settings, connection, options);
  const health =
    options.puerto === undefined
      ? null
      : await startHealth({ port: options.puerto }, () =>
          healthOf(
            ledger,
            providers.map(({ otec, ventana }) => ({ rutOtec: otec.rut, ...(ventana && { ventana }) })),
            clock(),
          ),
        ).catch((error: unknown) => {
          throw portFailure(error, options.puerto) ?? error;
        });
  const address = health?.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  if (context.json) terminal.json({ otecs: providers.map(({ otec }) => otec.rut), salud: healthUrl(port) });
  terminal.line(
    `Enviando cada noche por ${providers.map(({ otec }) => otec.rut).join(', ')}. Se detiene con Ctrl-C.`,
  );
  if (port !== undefined) terminal.line(`Salud: ${healthUrl(port)}`);
  try {
    await serve({
      providers,
      ledger,
      version: settings.version === '1' ? 1 : 2,
      ...(settings.retencionDias !== undefined && { retencionDias: settings.retencionDias }),
      clock,
      clientFor,
      signal,
      alerts: alertCenter({
        ledger,
        clock,
        avisar: settings.otecs.map(({ rut, nombre, alertas = [], ventana, resumenA }) => ({
          rutOtec: rut,
          otec: nombre ?? rut,
          canales: alertas,
          ...(ventana && { ventana }),
          ...(resumenA !== undefined && { resumenA }),
        })),
        onFailure: (canal) =>
          terminal.notice(`${clock().toISOString()} el aviso por ${canal} no se pudo entregar; se repetirá`),
      }),
      onEvent: (event) => printEvent(terminal, event, clock()),
    });
  } finally {
    health?.close();
    for (const { sources } of providers) for (const source of sources) await source.close();
    await ledger.close();
  }
  return EXIT.ok;
}

function healthUrl(port: number | undefined): string | null {
  return port === undefined ? null : `http://127.0.0.1:${port}/salud`;
}

function portFailure(error: unknown, puerto: number | undefined): Failure | null {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return taken
    ? new Failure(
        `El puerto ${puerto} ya lo usa otro programa.`,
        'Elija otro con --puerto, o 0 para tomar uno libre.',
      )
    : null;
}
