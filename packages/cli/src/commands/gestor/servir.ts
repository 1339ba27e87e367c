import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { readWhole } from '../../options.ts';
import { databaseOf, type ListenOptions, listenOptions, serveUntilStopped } from './listen.ts';

interface ServirOptions extends ListenOptions {
  registro?: string;
  horaPublicacion?: number;
  salida?: string;
  detrasDeProxy?: boolean;
  procesos: number;
}

export function declareServir(gestor: Command, context: Context): void {
  const command = gestor
    .command('servir')
    .description(
      'levanta un Gestor Intermedio en este equipo, con las mismas direcciones y respuestas que el oficial',
    );
  examples(
    listenOptions(
      command,
      8350,
      'carpeta de su base de datos, o postgres://… (si falta: PUENTE_DATOS/gestor, si no ./.puente/gestor)',
    )
      .option(
        '--registro <ARCHIVO>',
        'JSON o CSV con las OTEC, cursos y alumnos que conoce; se importa al partir',
      )
      .option(
        '--hora-publicacion <HORA>',
        'hora de Santiago en que lo aceptado pasa a SIC (si falta: 1)',
        readWhole(0, 23),
      )
      .option(
        '--salida <DIR>',
        'carpeta de los archivos de cada noche (si falta: publicado, dentro de --datos)',
      )
      .option(
        '--procesos <N>',
        'procesos que atienden en el mismo puerto, uno por núcleo; más de uno, solo sobre PostgreSQL (si falta: 1)',
        readWhole(1, 64),
        1,
      )
      .option('--detras-de-proxy', 'cree la dirección que anota un balanceador de carga (X-Forwarded-For)'),
    ['puente gestor servir --registro examples/registro-demo.json', 'con el registro del ejemplo'],
    ['puente gestor servir --datos postgres://gestor@localhost/gestor --procesos 4', 'sobre PostgreSQL'],
  )
    .addHelpText(
      'after',
      '\nCon la variable GESTOR_CLAVE_ADMIN (16 signos o más) atiende también /admin, y sus operadores\nven todo en /procesos con el usuario «operador» y esa clave.',
    )
    .action(async (options: ServirOptions) => context.finish(await servir(context, options)));
}

async function servir(context: Context, options: ServirOptions): Promise<ExitCode> {
  const { createLogger, startGestor, startGestores } = await import('@puente-sic/gestor');
  const { procesos, registro, horaPublicacion, salida, detrasDeProxy } = options;
  const adminKey = context.env.GESTOR_CLAVE_ADMIN;
  await serveUntilStopped(
    context,
    options,
    () => {
      const settings = {
        datos: databaseOf(options.datos, context),
        host: options.direccion,
        port: options.puerto,
        logger: createLogger('info', process.stderr),
        ...(registro !== undefined && { registro }),
        ...(horaPublicacion !== undefined && { horaPublicacion }),
        ...(salida !== undefined && { salida }),
        ...(detrasDeProxy && { trustProxy: true }),
        ...(adminKey && { adminKey }),
      };
      return procesos === 1 ? startGestor(settings) : startGestores({ ...settings, procesos });
    },
    ({ url }) => [`Gestor Intermedio en ${url}`, `Pantalla de procesos en ${new URL('/procesos', url).href}`],
  );
  return EXIT.ok;
}
