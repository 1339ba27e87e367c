import {
  type ClaveDeEntregaOptions,
  createClaveDeEntrega,
  Failure,
  removeClaveDeEntrega,
} from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { commonOptions, datosOption } from '../../options.ts';

interface ClaveOptions extends ClaveDeEntregaOptions {
  quitar?: boolean;
}

export function declareClave(fuente: Command, context: Context): void {
  const command = fuente
    .command('clave <NOMBRE>')
    .description(
      'crea una clave con que una plataforma entrega los cursos de una OTEC a una fuente de tipo push y pregunta qué pasó con ellos, y nada más; se muestra una sola vez',
    );
  examples(
    datosOption(commonOptions(command))
      .option('--fuente <NOMBRE>', 'a qué fuente entrega; si hay una sola, puede faltar')
      .option('--rut-otec <RUT>', 'de qué OTEC son los cursos que entrega; si hay una sola, puede faltar')
      .option('--quitar', 'quita las claves de ese nombre'),
    ['puente fuente clave plataforma', 'docs/entregas.md dice cómo se usa'],
    ['puente fuente clave plataforma --quitar', 'deja de servir de inmediato'],
  ).action(async (nombre: string, options: ClaveOptions) =>
    context.finish(await clave(context, nombre, options)),
  );
}

async function clave(context: Context, nombre: string, options: ClaveOptions): Promise<ExitCode> {
  const { terminal } = context;
  if (options.quitar) {
    if (!(await removeClaveDeEntrega(context, options, nombre)))
      throw new Failure(`No hay una clave de entrega «${nombre}».`, 'Revise el nombre con que se creó.');
    if (context.json) terminal.json({ nombre, quitada: true });
    terminal.line(`${terminal.colors.green('✔')} La clave «${nombre}» ya no sirve.`);
    return EXIT.ok;
  }
  const made = await createClaveDeEntrega(context, options, nombre);
  if (context.json) terminal.json({ nombre, clave: made });
  terminal.line(made);
  terminal.notice(
    'Guárdela ahora en la plataforma: no se vuelve a mostrar. Solo sirve para entregar, y para preguntar qué pasó con lo entregado.',
  );
  return EXIT.ok;
}
