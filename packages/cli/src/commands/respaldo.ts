import path from 'node:path';
import { CONSOLE, restoreState, stateFolder } from '@puente-sic/app';
import { santiagoDateTime } from '@puente-sic/protocol';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, datosOption } from '../options.ts';
import { count } from '../print/words.ts';

interface RespaldoOptions extends CommonOptions {
  datos?: string;
}

export function declareRespaldar(program: Command, context: Context): void {
  const command = program
    .command('respaldar')
    .description('copia a una carpeta todo lo que puente guarda, también mientras se envía')
    .argument('[carpeta]', 'carpeta nueva (si falta: puente-FECHA.respaldo)');
  examples(datosOption(commonOptions(command)), [
    'puente respaldar /respaldos/puente-lunes.respaldo',
    'nunca reemplaza lo que ya existe',
  ]).action(async (archivo: string | undefined, options: RespaldoOptions) =>
    context.finish(await respaldar(context, archivo, options)),
  );
}

export function declareRestaurar(program: Command, context: Context): void {
  const command = program
    .command('restaurar')
    .description('vuelve a poner todo como estaba en un respaldo; lo que había queda guardado al lado')
    .argument(
      '<respaldo>',
      'carpeta hecha con «puente respaldar», o una de «respaldos» en la carpeta de estado',
    );
  datosOption(commonOptions(command)).action(async (archivo: string, options: RespaldoOptions) =>
    context.finish(await restaurar(context, archivo, options)),
  );
}

async function respaldar(
  context: Context,
  archivo: string | undefined,
  { datos }: RespaldoOptions,
): Promise<ExitCode> {
  const { backup } = await import('@puente-sic/engine');
  const stamp = santiagoDateTime(context.clock()).replace(/[-:]/g, '').replace(' ', '-');
  const file = path.resolve(archivo ?? `puente-${stamp}.respaldo`);
  await backup(stateFolder(datos, context.env), file, context.clock());
  if (context.json) context.terminal.json({ archivo: file });
  context.terminal.line(`${context.terminal.colors.green('✔')} Respaldo en ${file}`);
  context.terminal.line('  Contiene datos personales: guárdelo donde solo lo lea quien debe.');
  return EXIT.ok;
}

async function restaurar(context: Context, archivo: string, { datos }: RespaldoOptions): Promise<ExitCode> {
  const folder = stateFolder(datos, context.env);
  const respaldo = path.resolve(archivo);
  const restored = await restoreState(folder, CONSOLE, { respaldo }, context.clock());
  const { anterior, borrados, porBorrar } = restored;
  if (context.json) context.terminal.json({ datos: folder, ...restored });
  context.terminal.line(`${context.terminal.colors.green('✔')} Restaurado en ${folder}`);
  if (anterior !== null) context.terminal.line(`  Lo que había quedó en ${anterior}`);
  if (borrados > 0) {
    context.terminal.line(
      `  Se volvió a sacar a ${count(borrados, 'persona que ya se había borrado', 'personas que ya se habían borrado')}.`,
    );
  }
  if (porBorrar > 0) {
    context.terminal.line(
      `  Falta sacar a ${count(porBorrar, 'persona ya borrada, que tiene', 'personas ya borradas, que tienen')} un envío que no se sabe si llegó: «puente servir» lo hace solo cuando se aclare.`,
    );
  }
  context.terminal.line(
    '  Las cuentas y claves del panel siguen siendo las de ahora; hay que entrar de nuevo.',
  );
  context.terminal.line(
    '  Lo enviado después del respaldo se lee en el historial de SENCE antes de enviar nada más.',
  );
  return EXIT.ok;
}
