import type { ConnectionTest } from '@puente-sic/client';
import { CATALOGUE } from '@puente-sic/protocol';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { Failure } from '../failure.ts';
import { examples } from '../help.ts';
import { type ConnectionOptions, connectionOptions } from '../options.ts';
import { count, dottedRut, duration } from '../print/words.ts';
import { clientFactory, connect } from '../session.ts';

export function declareProbar(program: Command, context: Context): void {
  const command = program
    .command('probar')
    .description('prueba la conexión: si se llega al Gestor y si acepta el token (un intento, hasta 15 s)');
  examples(
    connectionOptions(command),
    ['puente probar', 'las OTEC de puente.yaml'],
    ['puente probar --rut-otec 77124930-2', 'con el token en la variable SENCE_TOKEN'],
  ).action(async (options: ConnectionOptions) => context.finish(await probar(context, options)));
}

/** One provider's test as `--json` prints it. */
export interface Prueba {
  rutOtec: string;
  gestor: string;
  alcanzado: boolean;
  tokenAceptado: boolean;
  milisegundos: number;
  /** How far this computer's clock is ahead of the service's; null where the service does not tell. */
  relojAdelantadoSegundos: number | null;
}

interface Failed {
  mensaje: string;
  queHacer: string;
}

async function probar(context: Context, options: ConnectionOptions): Promise<ExitCode> {
  const { terminal } = context;
  const { connection } = await connect(context, options);
  const clientFor = await clientFactory(connection);
  const pruebas: Prueba[] = [];
  const failures: Failed[] = [];
  terminal.line(`Gestor: ${connection.gestor}`);
  for (const otec of connection.otecs) {
    const test = await clientFor(otec).testConnection({ signal: context.signal });
    const prueba = pruebaOf(test, otec.rut, connection.gestor, context.clock());
    pruebas.push(prueba);
    failures.push(...failureOf(test, otec.rut));
    printPrueba(context, prueba);
  }
  if (failures.length > 0) {
    throw new Failure(
      failures.map(({ mensaje }) => mensaje).join('\n'),
      [...new Set(failures.map(({ queHacer }) => queHacer))].join('\n'),
      EXIT.connection,
    );
  }
  if (context.json) terminal.json({ pruebas });
  return EXIT.ok;
}

function pruebaOf(test: ConnectionTest, rutOtec: string, gestor: string, now: Date): Prueba {
  if (test.kind === 'unreachable') {
    const { error } = test;
    const common = { rutOtec, gestor, tokenAceptado: false, milisegundos: error.durationMs };
    return { ...common, alcanzado: error.status !== null, relojAdelantadoSegundos: null };
  }
  const ahead = test.serverDate && Math.round((now.getTime() - test.serverDate.getTime()) / 1000);
  return {
    rutOtec,
    gestor,
    alcanzado: true,
    tokenAceptado: test.kind === 'accepted',
    milisegundos: Math.round(test.durationMs),
    relojAdelantadoSegundos: ahead,
  };
}

function failureOf(test: ConnectionTest, rut: string): Failed[] {
  if (test.kind === 'accepted') return [];
  if (test.kind === 'unreachable') return [{ mensaje: test.error.mensaje, queHacer: test.error.queHacer }];
  const entry = CATALOGUE[test.reason.code === '002' ? '002' : '001'];
  return [
    {
      mensaje:
        `Se llegó al Gestor, pero no acepta a la OTEC ${rut}: «${test.reason.message}». ${entry.meaning}`.trim(),
      queHacer: entry.fix,
    },
  ];
}

function printPrueba({ terminal }: Context, prueba: Prueba): void {
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
