import { clientFactory, Failure, withPlan } from '@puente-sic/app';
import type { SendResult } from '@puente-sic/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { throwSourceFailures } from '../failures.ts';
import { examples } from '../help.ts';
import { type SelectionOptions, selectionOptions } from '../options.ts';
import { printSend } from '../print/send.ts';
import { sendProgress } from '../print/send-progress.ts';

interface EnviarOptions extends SelectionOptions {
  repetir?: boolean;
}

export function declareEnviar(program: Command, context: Context): void {
  const command = program
    .command('enviar')
    .description(
      'revisa, envía y explica la respuesta, alumno por alumno; lo que sería rechazado se retiene',
    );
  examples(
    selectionOptions(command),
    ['puente enviar', 'todas las fuentes de puente.yaml'],
    ['puente enviar --archivo avance.xlsx', 'un archivo, cualesquiera sean las fechas del curso'],
    ['puente enviar --solo-errores', 'después de corregir: solo lo que había fallado'],
  )
    .option('--repetir', 'envía también lo que SENCE ya aceptó hoy con los mismos valores')
    .action(async (options: EnviarOptions) => context.finish(await enviar(context, options)));
}

async function enviar(context: Context, options: EnviarOptions): Promise<ExitCode> {
  const { send, exitCodeOf } = await import('@puente-sic/engine');
  const progress = sendProgress(context.terminal);
  const result = await withPlan(context, options, 'send', async (plan, connection) => {
    const clientFor = await clientFactory(connection);
    context.sending();
    try {
      const repetir = options.repetir === true;
      return await send({ ...plan, repetir, clock: context.clock, clientFor, onProgress: progress.on });
    } finally {
      progress.clear();
    }
  });
  const code = exitCodeOf(result);
  if (context.json) {
    throwNothingSent(code, result);
    context.terminal.json(result);
    return code;
  }
  if (result.envios.length + result.yaEnviados.length === 0) throwNothingSent(code, result);
  printSend(context.terminal, result, options.soloErrores === true);
  throwNothingSent(code, result);
  return code;
}

/** 2 and 3 mean that nothing was sent: told as the failure that it is. */
function throwNothingSent(code: ExitCode, { fallas, noEnviados }: SendResult): void {
  if (code === EXIT.usage) throwSourceFailures(fallas);
  if (code !== EXIT.connection) return;
  const causes = [...noEnviados, ...fallas];
  throw new Failure(
    [...new Set(causes.map(({ mensaje }) => mensaje))].join('\n'),
    [...new Set(causes.map(({ queHacer }) => queHacer))].join('\n'),
    EXIT.connection,
  );
}
