import { Failure, type FuenteMoodle, loadSettings, type MoodleOptions, moodlesOf } from '@puente-sic/app';
import { type Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { commonOptions } from '../../options.ts';

interface PermisosOptions extends MoodleOptions {
  motor?: 'mariadb' | 'postgres';
  base: string;
  prefijo: string;
  serviciosWeb?: boolean;
}

export function declarePermisos(moodle: Command, context: Context): void {
  const command = moodle
    .command('permisos')
    .description(
      'escribe el SQL de una cuenta de solo lectura y revisa la que hay; o explica el rol para servicios web',
    );
  examples(
    commonOptions(command)
      .option('--fuente <NOMBRE>', 'revisa solo esta fuente de puente.yaml')
      .addOption(
        new Option(
          '--motor <MOTOR>',
          'escribe el SQL sin conectarse, para mariadb (o mysql) o postgres',
        ).choices(['mariadb', 'mysql', 'postgres']),
      )
      .option('--base <NOMBRE>', 'con --motor: nombre de la base de Moodle (si falta: moodle)', 'moodle')
      .option('--prefijo <PREFIJO>', 'con --motor: prefijo de sus tablas (si falta: mdl_)', 'mdl_')
      .option('--servicios-web', 'explica paso a paso el usuario, rol, servicio y token de moodle-ws'),
    ['puente moodle permisos --motor mariadb', 'el SQL, para quien administra la base'],
    ['puente moodle permisos --servicios-web', 'los pasos, para quien administra Moodle'],
    ['puente moodle permisos', 'revisa las cuentas de puente.yaml'],
  ).action(async (options: PermisosOptions) => context.finish(await permisos(context, options)));
}

async function permisos(context: Context, options: PermisosOptions): Promise<ExitCode> {
  const { PERMISSIONS, permissionsGuide, permissionsSql } = await import('@puente-sic/sources');
  if (options.serviciosWeb) {
    const guia = permissionsGuide();
    if (context.json)
      context.terminal.json({ guia, permisos: PERMISSIONS.map(({ capability }) => capability) });
    context.terminal.line(guia);
    return EXIT.ok;
  }
  if (options.motor) {
    const kind = options.motor === 'postgres' ? 'postgres' : 'mysql';
    const sql = permissionsSql({ kind, database: options.base, prefijo: options.prefijo });
    if (context.json) context.terminal.json({ sql });
    context.terminal.line(sql);
    return EXIT.ok;
  }
  return checkAccounts(context, options);
}

/** What an account of puente.yaml may do, as `--json` prints it. */
interface Revision {
  fuente: string;
  /** Needed and not to be read. */
  falta: string[];
  /** Not to be read, and not needed. */
  opcional: string[];
  /** Kinds of activity that are sent without their name. */
  sinNombre: string[];
  /** Tables that it could write to, and should not. */
  puedeEscribir: string[];
  /** Gives what is missing, and nothing else. */
  sql: string;
}

async function checkAccounts(context: Context, options: PermisosOptions): Promise<ExitCode> {
  const { checkPermissions } = await import('@puente-sic/sources');
  const { settings } = await loadSettings({ ...options, needsTokens: false, env: context.env });
  const fuentes = moodlesOf(settings, options.fuente).filter(isDatabase);
  if (fuentes.length === 0) {
    throw new Failure(
      'En puente.yaml no hay una fuente de tipo moodle-bd que revisar.',
      'Diga --motor para obtener el SQL sin conectarse, o --servicios-web si lee Moodle con un token.',
    );
  }
  const revisiones: Revision[] = [];
  for (const fuente of fuentes) {
    const { missing, optional, unnamed, writable, sql } = await checkPermissions(fuente, context.signal);
    const revision: Revision = {
      fuente: fuente.nombre,
      falta: missing,
      opcional: optional,
      sinNombre: unnamed,
      puedeEscribir: writable,
      sql,
    };
    revisiones.push(revision);
    print(context, revision);
  }
  if (context.json) context.terminal.json({ revisiones });
  const wrong = revisiones.some(({ falta, puedeEscribir }) => falta.length + puedeEscribir.length > 0);
  return wrong ? EXIT.data : EXIT.ok;
}

function isDatabase(fuente: FuenteMoodle): fuente is Extract<FuenteMoodle, { tipo: 'moodle-bd' }> {
  return fuente.tipo === 'moodle-bd';
}

function print(
  { terminal }: Context,
  { fuente, falta, opcional, sinNombre, puedeEscribir, sql }: Revision,
): void {
  const { bold, dim, green, red, yellow } = terminal.colors;
  const list = (names: string[]) => names.join(', ');
  terminal.line(bold(fuente));
  terminal.line(
    falta.length === 0
      ? `${green('✔')} Puede leer todo lo que hace falta.`
      : `${red('✖')} No puede leer: ${list(falta)}`,
  );
  if (puedeEscribir.length > 0)
    terminal.line(`${red('✖')} Puede escribir, y no debería: ${list(puedeEscribir)}`);
  if (sinNombre.length > 0) {
    terminal.line(
      `${yellow('▲')} No puede leer el nombre de estas actividades (irán como «zoom 12»): ${list(sinNombre)}`,
    );
  }
  const restringidas = opcional.filter((name) => name.endsWith('.availability'));
  if (restringidas.length > 0) {
    terminal.line(
      `${yellow('▲')} No puede leer, y sin eso no se avisa de actividades restringidas que alguien no puede hacer: ${list(restringidas)}`,
    );
  }
  const resto = opcional.filter((name) => !restringidas.includes(name));
  if (resto.length > 0) terminal.line(dim(`  No puede leer, y no hace falta: ${list(resto)}`));
  if (sql !== '') {
    terminal.line();
    terminal.line('Quien administra la base de datos da lo que falta con:');
    terminal.line();
    terminal.line(sql);
  }
}
