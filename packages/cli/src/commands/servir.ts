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
  direccion?: string;
  direccionPublica?: string;
}

export function declareServir(program: Command, context: Context): void {
  const command = program
    .command('servir')
    .description(
      'queda funcionando, envía cada noche dentro de la ventana y muestra el panel en el navegador',
    );
  examples(
    datosOption(commonOptions(command))
      .option(
        '--puerto <PUERTO>',
        'puerto del panel y de GET /salud; 0 toma uno libre (si falta: 4350)',
        readWhole(0, 65_535),
      )
      .option(
        '--direccion <DIRECCIÓN>',
        'dónde escucha; otra que 127.0.0.1 exige que ya exista un administrador',
      )
      .option(
        '--direccion-publica <URL>',
        'con qué dirección lo ven los navegadores, detrás de un proxy HTTPS',
      ),
    ['puente servir', 'y abrir http://127.0.0.1:4350'],
    ['puente servir --puerto 4351', 'como servicio del sistema'],
  ).action(async (options: ServirOptions) => context.finish(await servir(context, options)));
}

async function servir(context: Context, options: ServirOptions): Promise<ExitCode> {
  const { alertCenter, openLedger, serve } = await import('@puente-sic/engine');
  const { startPanel } = await import('@puente-sic/panel');
  const { terminal, clock, signal } = context;
  const { settings, connection } = await connect(context, options);
  const clientFor = await clientFactory(connection);
  const ledger = openLedger(stateFolder(options.datos, context.env));
  const providers = await providersOf(context, settings, connection, options);
  const version = settings.version === '1' ? 1 : 2;
  const panel = await startPanel({
    ...{ ledger, providers, version, clock, clientFor },
    ...(options.puerto !== undefined && { port: options.puerto }),
    ...(options.direccion !== undefined && { host: options.direccion }),
    ...(options.direccionPublica !== undefined && { publicUrl: options.direccionPublica }),
  }).catch(async (error: unknown) => {
    await ledger.close();
    throw portFailure(error, options.puerto ?? 4350) ?? error;
  });
  const salud = `${panel.url}/salud`;
  if (context.json) terminal.json({ otecs: providers.map(({ otec }) => otec.rut), panel: panel.url, salud });
  terminal.line(
    `Enviando cada noche por ${providers.map(({ otec }) => otec.rut).join(', ')}. Se detiene con Ctrl-C.`,
  );
  terminal.line(`Panel: ${panel.url}`);
  terminal.line(`Salud: ${salud}`);
  try {
    await serve({
      providers,
      ledger,
      version,
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
      onEvent: (event) => {
        panel.onEvent(event);
        printEvent(terminal, event, clock());
      },
    });
  } finally {
    await panel.close();
    for (const { sources } of providers) for (const source of sources) await source.close();
    await ledger.close();
  }
  return EXIT.ok;
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
