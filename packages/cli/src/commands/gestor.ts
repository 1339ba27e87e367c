import path from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { Failure } from '../failure.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, readWhole, stateFolder } from '../options.ts';

interface ServirOptions extends CommonOptions {
  puerto: number;
  direccion: string;
  datos?: string;
  registro?: string;
}

export function declareGestor(program: Command, context: Context): void {
  const gestor = program
    .command('gestor')
    .description('el Gestor Intermedio propio: para probar, aprender o integrar');
  const command = gestor
    .command('servir')
    .description(
      'levanta un Gestor Intermedio en este equipo, con las mismas direcciones y respuestas que el oficial',
    );
  examples(
    commonOptions(command)
      .option(
        '--puerto <PUERTO>',
        'puerto donde atiende; 0 toma uno libre (si falta: 8350)',
        readWhole(0, 65_535),
        8350,
      )
      .option(
        '--direccion <IP>',
        'dirección donde atiende (si falta: 127.0.0.1, solo este equipo)',
        '127.0.0.1',
      )
      .option(
        '--datos <DIR>',
        'carpeta de su base de datos, o postgres://… (si falta: PUENTE_DATOS/gestor, si no ./.puente/gestor)',
      )
      .option('--registro <JSON>', 'archivo con las OTEC, cursos y alumnos que conoce'),
    ['puente gestor servir --registro examples/registro-demo.json', 'con el registro del ejemplo'],
  ).action(async (options: ServirOptions) => context.finish(await servir(context, options)));
}

async function servir(context: Context, options: ServirOptions): Promise<ExitCode> {
  const { terminal, signal } = context;
  const { createLogger, startGestor } = await import('@puente-sic/gestor');
  const datos = options.datos ?? path.join(stateFolder(undefined, context.env), 'gestor');
  const gestor = await startGestor({
    datos: datos.startsWith('postgres') ? datos : path.resolve(datos),
    host: options.direccion,
    port: options.puerto,
    logger: createLogger('info', process.stderr),
    ...(options.registro !== undefined && { registro: options.registro }),
  }).catch((error: unknown) => {
    throw listenFailure(error, options) ?? error;
  });
  if (context.json) terminal.json({ url: gestor.url, puerto: gestor.port });
  terminal.line(`Gestor Intermedio en ${gestor.url}`);
  terminal.line('Se detiene con Ctrl-C.');
  await stopped(signal);
  await gestor.close();
  return EXIT.ok;
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

function listenFailure(error: unknown, { puerto, direccion }: ServirOptions): Failure | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Failure(
      `El puerto ${puerto} ya lo usa otro programa.`,
      'Elija otro con --puerto, o 0 para tomar uno libre.',
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new Failure(
      `No se puede atender en ${direccion}, puerto ${puerto}.`,
      'Elija otro con --puerto y --direccion.',
    );
  }
  return null;
}
