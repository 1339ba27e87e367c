import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CONSOLE, Failure, forgetPerson, stateFolder } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, datosOption, readPersona } from '../options.ts';

interface PersonaOptions extends CommonOptions {
  datos?: string;
  si?: boolean;
}

export function declarePersona(program: Command, context: Context): void {
  const persona = program
    .command('persona')
    .description('los datos de una persona en este equipo: entregarlos o borrarlos (ley 19.628)');
  const exportar = persona
    .command('exportar')
    .description('escribe en un archivo todo lo que hay de una persona')
    .argument('<rut>', 'RUT de la persona', readPersona('la orden'))
    .argument('[archivo]', 'archivo nuevo (si falta: persona-RUT.json)');
  datosOption(commonOptions(exportar)).action(
    async (rut: string, archivo: string | undefined, options: PersonaOptions) =>
      context.finish(await write(context, rut, archivo, options)),
  );
  const borrar = persona
    .command('borrar')
    .description('saca a una persona de lo enviado, lo aceptado y los errores; queda constancia sin su RUT')
    .argument('<rut>', 'RUT de la persona', readPersona('la orden'));
  examples(datosOption(commonOptions(borrar)).option('--si', 'confirma que se borra, sin vuelta atrás'), [
    'puente persona borrar 17118181-K --si',
    'dice en qué respaldos sigue; no alcanza a lo que SENCE tiene',
  ]).action(async (rut: string, options: PersonaOptions) =>
    context.finish(await erase(context, rut, options)),
  );
}

async function write(
  context: Context,
  rut: string,
  archivo: string | undefined,
  { datos }: PersonaOptions,
): Promise<ExitCode> {
  const file = path.resolve(archivo ?? `persona-${rut}.json`);
  if (existsSync(file)) {
    throw new Failure(`Ya existe ${file}; no se reemplaza.`, 'Diga otro nombre de archivo.');
  }
  const { clickFiles, exportPerson, openLedgerToRead } = await import('@puente-sic/engine');
  const ledger = await openLedgerToRead(stateFolder(datos, context.env));
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  try {
    const person = await exportPerson(ledger, rut);
    await writeFile(file, `${JSON.stringify(person, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    const registros = person.envios.length;
    const clics = clickFiles(stateFolder(datos, context.env));
    if (context.json) context.terminal.json({ archivo: file, registros, clics });
    context.terminal.line(
      `${context.terminal.colors.green('✔')} Escrito en ${file}: ${registros} registros enviados.`,
    );
    tellClicks(context, clics);
    context.terminal.line('  Contiene datos personales: entréguelo solo a quien corresponde.');
  } finally {
    await ledger.close();
  }
  return EXIT.ok;
}

async function erase(context: Context, rut: string, { datos, si }: PersonaOptions): Promise<ExitCode> {
  if (!si) {
    throw new Failure(
      'Borrar los datos de una persona no tiene vuelta atrás; no se hizo nada.',
      'Si está seguro, repita la orden con --si. Antes puede guardarlos con «puente persona exportar».',
    );
  }
  const { backupsThatHold, clickFiles, openLedger } = await import('@puente-sic/engine');
  const ledger = await openLedger(stateFolder(datos, context.env));
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  try {
    const borrado = await forgetPerson(ledger, CONSOLE, { rut }, context.clock());
    const folder = stateFolder(datos, context.env);
    const [respaldos, clics] = [backupsThatHold(folder, rut), clickFiles(folder)];
    if (context.json) context.terminal.json({ borrado, respaldos, clics });
    context.terminal.line(
      `${context.terminal.colors.green('✔')} Borrado de ${borrado.envios} envíos, ${borrado.aceptados} avances aceptados y ${borrado.errores} errores.`,
    );
    if (respaldos.length > 0) {
      context.terminal.line(
        '  Sigue en estos respaldos; los de «respaldos» se van solos dentro de siete días:',
      );
      for (const respaldo of respaldos) context.terminal.line(`    ${respaldo}`);
    }
    tellClicks(context, clics);
    context.terminal.line(
      '  No alcanza a los respaldos que usted guardó en otra parte ni a lo que SENCE tiene.',
    );
  } finally {
    await ledger.close();
  }
  return EXIT.ok;
}

/** What is kept of Moodle's log knows no RUT, so that neither an export nor an erasure finds a person in it. */
function tellClicks({ terminal }: Context, files: readonly string[]): void {
  if (files.length === 0) return;
  terminal.line(
    '  No incluye los clics leídos de Moodle, que se guardan por número de cuenta, sin RUT ni nombre, en:',
  );
  for (const file of files) terminal.line(`    ${file}`);
}
