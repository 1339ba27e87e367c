import type { Sandbox } from '@puente-sic/gestor';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { readWhole } from '../../options.ts';
import { databaseOf, type ListenOptions, listenOptions, serveUntilStopped } from './listen.ts';
import { readSupuestos, supuestoOption } from './supuesto.ts';

interface SandboxOptions extends ListenOptions {
  registro?: string;
  salirSiOcioso?: number;
  supuesto: string[];
}

export function declareSandbox(gestor: Command, context: Context): void {
  const command = gestor
    .command('sandbox')
    .description(
      'el mismo Gestor para ensayar: con los datos de la prueba oficial, fallas a pedido y un reloj que se mueve',
    );
  examples(
    supuestoOption(
      listenOptions(
        command,
        8351,
        'carpeta de su base de datos (si falta: PUENTE_DATOS/sandbox, si no ./.puente/sandbox)',
      )
        .option('--registro <ARCHIVO>', 'otro registro en lugar del que trae')
        .option(
          '--salir-si-ocioso <SEGUNDOS>',
          'termina solo después de este tiempo sin llamadas: para un CI',
          readWhole(1, 86_400),
        ),
    ),
    ['puente gestor sandbox', 'y abrir http://127.0.0.1:8351/sandbox'],
    ['puente gestor sandbox --supuesto ecoParcialVacio=true', 'con datosEnviados vacío cuando hay errores'],
  ).action(async (options: SandboxOptions) => context.finish(await sandbox(context, options)));
}

async function sandbox(context: Context, options: SandboxOptions): Promise<ExitCode> {
  const { createLogger, startSandbox } = await import('@puente-sic/gestor');
  const { registro, salirSiOcioso } = options;
  const supuestos = await readSupuestos(options.supuesto);
  const adminKey = context.env.GESTOR_CLAVE_ADMIN;
  await serveUntilStopped(
    context,
    options,
    () =>
      startSandbox({
        datos: databaseOf(options.datos, context, 'sandbox'),
        host: options.direccion,
        port: options.puerto,
        logger: createLogger('info', process.stderr),
        supuestos,
        ...(registro !== undefined && { registro }),
        ...(adminKey && { adminKey }),
      }),
    ({ url }) => [
      `Sandbox del Gestor Intermedio en ${url}`,
      `Fallas a pedido y reloj en ${new URL('/sandbox', url).href}`,
      `Validador en ${new URL('/validador', url).href}`,
    ],
    salirSiOcioso === undefined
      ? {}
      : { until: (service: Sandbox, signal) => service.untilIdle(salirSiOcioso, signal) },
  );
  return EXIT.ok;
}
