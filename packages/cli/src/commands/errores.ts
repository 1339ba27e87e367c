import { stateFolder } from '@puente-sic/app';
import type { ErrorAbierto } from '@puente-sic/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { alumnoOption, type CommonOptions, commonOptions, datosOption } from '../options.ts';
import { printErrores } from '../print/errores.ts';

interface ErroresOptions extends CommonOptions {
  datos?: string;
  curso?: string;
  alumno?: string;
}

export function declareErrores(program: Command, context: Context): void {
  const command = program
    .command('errores')
    .description('lista lo rechazado y lo retenido que falta corregir, por alumno, lo más antiguo primero');
  examples(
    alumnoOption(
      datosOption(commonOptions(command)).option('--curso <OFERTA>', 'solo el curso de este codigoOferta'),
    ),
    ['puente errores', 'todo lo pendiente'],
    ['puente enviar --solo-errores', 'después de corregir'],
  ).action(async (options: ErroresOptions) => context.finish(await errores(context, options)));
}

async function errores(context: Context, { datos, curso, alumno }: ErroresOptions): Promise<ExitCode> {
  const { errors, openLedgerToRead } = await import('@puente-sic/engine');
  const ledger = await openLedgerToRead(stateFolder(datos, context.env));
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  let found: ErrorAbierto[];
  try {
    found = await errors(ledger, {
      ...(curso !== undefined && { curso }),
      ...(alumno !== undefined && { alumno }),
    });
  } finally {
    await ledger.close();
  }
  if (context.json) context.terminal.json({ errores: found });
  else printErrores(context.terminal, found);
  return found.length > 0 ? EXIT.data : EXIT.ok;
}
