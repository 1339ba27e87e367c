import { acceptEntrega, type EntregaOptions, Failure } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { commonOptions, datosOption } from '../../options.ts';

export function declareAceptar(fuente: Command, context: Context): void {
  const command = fuente
    .command('aceptar <CURSO>')
    .description('acepta una entrega que quedó retenida porque trae muchas menos personas que la anterior');
  examples(
    datosOption(commonOptions(command)).option(
      '--fuente <NOMBRE>',
      'de qué fuente; si hay una sola, puede faltar',
    ),
    ['puente fuente aceptar 9', 'el curso, como lo llama la plataforma'],
  ).action(async (curso: string, options: EntregaOptions) =>
    context.finish(await aceptar(context, curso, options)),
  );
}

async function aceptar(context: Context, curso: string, options: EntregaOptions): Promise<ExitCode> {
  const { terminal } = context;
  if (!(await acceptEntrega(context, options, curso)))
    throw new Failure(
      `No hay ninguna entrega retenida del curso «${curso}».`,
      'Revise el identificador del curso; «puente fuente revisar» muestra lo que hay.',
    );
  if (context.json) terminal.json({ curso, aceptada: true });
  terminal.line(`${terminal.colors.green('✔')} La entrega del curso «${curso}» se usa desde ahora.`);
  return EXIT.ok;
}
