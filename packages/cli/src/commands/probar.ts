import { clientFactory, connect, Failure, stateFolder } from '@puente-sic/app';
import type { PruebaDeConexion } from '@puente-sic/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { offerSync } from '../offer-sync.ts';
import { probarOficial } from '../official.ts';
import { type ConnectionOptions, connectionOptions } from '../options.ts';
import { count, dottedRut, duration } from '../print/words.ts';

export function declareProbar(program: Command, context: Context): void {
  const command = program
    .command('probar')
    .description('prueba la conexión: si se llega al Gestor y si acepta el token (un intento, hasta 15 s)');
  examples(
    connectionOptions(command)
      .option(
        '--oficial',
        'hace además la prueba oficial de SENCE (curso CAP-15-01-13-0446, todo en 0) y compara lo que responde con lo que este proyecto supone',
      )
      .option('--acepto', 'con --oficial: acepta que se envíe el curso de prueba con su token')
      .option(
        '--salida <ARCHIVO>',
        'con --oficial: dónde queda lo visto, sin token ni RUT',
        'prueba-oficial.json',
      ),
    ['puente probar', 'las OTEC de puente.yaml'],
    ['puente probar --rut-otec 77124930-2', 'con el token en la variable SENCE_TOKEN'],
    ['puente probar --oficial --acepto', 'lo que ningún documento dice del servicio real'],
  ).action(async (options: ProbarOptions) =>
    context.finish(options.oficial ? await probarOficial(context, options) : await probar(context, options)),
  );
}

interface ProbarOptions extends ConnectionOptions {
  oficial?: boolean;
  acepto?: boolean;
  salida: string;
}

/** One provider's test as `--json` prints it. */
export interface Prueba extends PruebaDeConexion {
  gestor: string;
}

async function probar(context: Context, options: ConnectionOptions): Promise<ExitCode> {
  const { terminal, clock, signal } = context;
  const { openLedgerToRead, testConnection } = await import('@puente-sic/engine');
  const { connection } = await connect(context, options);
  const clientFor = await clientFactory(connection);
  const pruebas: Prueba[] = [];
  terminal.line(`Gestor: ${connection.gestor}`);
  for (const otec of connection.otecs) {
    const prueba = await testConnection(otec, { clientFor, clock, signal });
    pruebas.push({ ...prueba, gestor: connection.gestor });
    printPrueba(context, prueba);
  }
  const ledger = await openLedgerToRead(stateFolder(undefined, context.env));
  try {
    const otecs = connection.otecs.filter((_, at) => pruebas[at]?.tokenAceptado);
    await offerSync(context, { ledger, otecs, clientFor, signal });
  } finally {
    await ledger.close();
  }
  const failed = pruebas.filter(({ tokenAceptado }) => !tokenAceptado);
  if (failed.length > 0) {
    throw new Failure(
      failed.map(({ mensaje }) => mensaje).join('\n'),
      [...new Set(failed.map(({ queHacer }) => queHacer))].join('\n'),
      EXIT.connection,
    );
  }
  if (context.json) terminal.json({ pruebas });
  return EXIT.ok;
}

function printPrueba({ terminal }: Context, prueba: PruebaDeConexion): void {
  const { colors } = terminal;
  const rut = dottedRut(prueba.rutOtec);
  const took = colors.dim(`(${duration(prueba.milisegundos)})`);
  const ok = prueba.tokenAceptado;
  const found = ok
    ? 'se llega al Gestor y acepta el token'
    : prueba.alcanzado
      ? 'algo responde en esa dirección, pero no acepta el token'
      : 'no se llega al Gestor';
  terminal.line(`${ok ? colors.green('✔') : colors.red('✖')} ${rut}  ${found} ${took}`);
  const ahead = prueba.relojAdelantadoSegundos ?? 0;
  if (Math.abs(ahead) > 60) {
    const which = ahead > 0 ? 'adelantado' : 'atrasado';
    terminal.notice(
      `Aviso: el reloj de este equipo está ${which} ${count(Math.abs(ahead), 'segundo', 'segundos')} respecto del Gestor; ajústelo, porque la hora del envío cuenta.`,
    );
  }
}
