import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions } from '../options.ts';

interface PlantillaCommandOptions extends CommonOptions {
  formato: string;
}

export function declarePlantilla(program: Command, context: Context): void {
  const command = program
    .command('plantilla')
    .description('escribe una planilla vacía y un ejemplo lleno, para preparar el avance a mano')
    .argument('[carpeta]', 'carpeta donde se escriben (si falta: la actual)', '.');
  examples(
    commonOptions(command).addOption(
      new Option('--formato <FORMATO>', 'xlsx o csv (si falta: xlsx)')
        .choices(['xlsx', 'csv'])
        .default('xlsx'),
    ),
    ['puente plantilla', 'dos libros de Excel en esta carpeta'],
    ['puente plantilla planillas --formato csv', 'dos archivos CSV en la carpeta planillas'],
  ).action(async (carpeta: string, options: PlantillaCommandOptions) =>
    context.finish(await plantilla(context, carpeta, options.formato === 'csv' ? 'csv' : 'xlsx')),
  );
}

async function plantilla(
  { terminal, json }: Context,
  carpeta: string,
  formato: 'csv' | 'xlsx',
): Promise<ExitCode> {
  const { writePlantilla } = await import('@puente-sic/sources');
  const archivos = await writePlantilla(carpeta, { formato });
  if (json) terminal.json({ archivos });
  const [empty = '', filled = ''] = archivos;
  terminal.line(`${terminal.colors.green('✔')} ${empty}  vacía, para llenar`);
  terminal.line(`${terminal.colors.green('✔')} ${filled}  un ejemplo lleno`);
  terminal.line();
  terminal.line(`Cuando esté llena, revísela con: puente validar ${empty}`);
  return EXIT.ok;
}
