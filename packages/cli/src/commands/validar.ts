import type { Hallazgo } from '@puente-sic/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions } from '../options.ts';
import { printValidation } from '../print/findings.ts';

export function declareValidar(program: Command, context: Context): void {
  const command = program
    .command('validar')
    .description('revisa un archivo sin conectarse a nada: el JSON de la API, o una planilla CSV o Excel')
    .argument('<archivo>', 'archivo que se revisa; - lee la entrada estándar');
  examples(
    commonOptions(command),
    ['puente validar avance.xlsx', 'una planilla'],
    ['puente validar envio.json --json', 'para otro programa'],
    ['mi-lms exportar | puente validar -', 'lo que escribe otro programa'],
  ).action(async (archivo: string, { config }: CommonOptions) =>
    context.finish(await validar(context, archivo, config)),
  );
}

async function validar(context: Context, archivo: string, config: string | undefined): Promise<ExitCode> {
  const { validateFile } = await import('../validate/file.ts');
  const hallazgos = await validateFile(context, archivo, config);
  const valido = !hallazgos.some(({ gravedad }) => gravedad === 'error');
  if (context.json) context.terminal.json({ valido, hallazgos } satisfies Validacion);
  else printValidation(context.terminal, hallazgos);
  return valido ? EXIT.ok : EXIT.data;
}

/** What `validar --json` prints. */
export interface Validacion {
  valido: boolean;
  hallazgos: Hallazgo[];
}
