import { stateFolder, verifyBitacora } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, datosOption } from '../options.ts';
import { count } from '../print/words.ts';

interface BitacoraOptions extends CommonOptions {
  datos?: string;
  cabeza?: string;
}

export function declareBitacora(program: Command, context: Context): void {
  const bitacora = program.command('bitacora').description('la bitácora: quién hizo qué en este puente');
  const verificar = bitacora
    .command('verificar')
    .description('comprueba que ningún hecho anotado haya sido cambiado o sacado');
  examples(
    datosOption(commonOptions(verificar)).option(
      '--cabeza <CABEZA>',
      'la que dice un resumen de la mañana o un ZIP de evidencia: que la bitácora de entonces siga ahí entera',
    ),
    ['puente bitacora verificar --cabeza 128-3f2a9b1c5d7e9f0a1b2c', 'contra la del correo de ese día'],
  ).action(async (options: BitacoraOptions) => context.finish(await verify(context, options)));
}

async function verify(context: Context, { datos, cabeza }: BitacoraOptions): Promise<ExitCode> {
  const { openLedgerToRead } = await import('@puente-sic/engine');
  const { terminal } = context;
  const { green, red } = terminal.colors;
  const ledger = await openLedgerToRead(stateFolder(datos, context.env));
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  try {
    const found = await verifyBitacora(ledger, cabeza);
    const { hechos, roto, contiene } = found;
    const isWhole = roto === null && contiene !== false;
    if (context.json) terminal.json({ valido: isWhole, ...found });
    if (roto !== null) {
      terminal.line(`${red('✖')} El hecho ${roto} de la bitácora fue cambiado o sacado.`);
    } else terminal.line(`${green('✔')} ${count(hechos, 'hecho', 'hechos')}, cada uno como se anotó.`);
    if (contiene === false) {
      terminal.line(
        `${red('✖')} No contiene la cabeza ${cabeza}: falta lo de entonces, o se escribió de nuevo.`,
      );
    } else if (contiene) terminal.line(`${green('✔')} Contiene la cabeza ${cabeza}.`);
    terminal.line(`  Cabeza de ahora: ${found.cabeza}`);
    return isWhole ? EXIT.ok : EXIT.data;
  } finally {
    await ledger.close();
  }
}
