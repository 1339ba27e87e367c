import { makeEnlace } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, datosOption, readSite } from '../options.ts';

interface EnlaceOptions extends CommonOptions {
  datos?: string;
  panel: string;
}

export function declareEnlace(program: Command, context: Context): void {
  const command = program
    .command('enlace')
    .description(
      'da un enlace que entra al panel una vez, para crear la cuenta de quien administra o darle otra clave',
    );
  examples(
    datosOption(commonOptions(command)).option(
      '--panel <URL>',
      'dirección del panel que ya está funcionando',
      readSite('--panel'),
      'http://127.0.0.1:4350',
    ),
    ['puente enlace', 'si se olvidó la clave, o el enlace de «puente servir» venció'],
    ['puente enlace --panel https://puente.ejemplo.cl', 'detrás de un proxy'],
  ).action(async (options: EnlaceOptions) => context.finish(await enlace(context, options)));
}

async function enlace(context: Context, { panel, ...place }: EnlaceOptions): Promise<ExitCode> {
  const { terminal, env, clock } = context;
  const { url, archivo } = await makeEnlace({ ...place, env }, panel, clock());
  if (context.json) terminal.json({ enlace: url, archivo });
  terminal.line(url);
  terminal.line('  Sirve una vez, por diez minutos, y deja sin efecto al anterior. No lo comparta.');
  return EXIT.ok;
}
