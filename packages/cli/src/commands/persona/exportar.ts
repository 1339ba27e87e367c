import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CONSOLE, Failure, fuentesIn, giveOutPerson, stateFolder } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { type CommonOptions, commonOptions, datosOption, readPersona } from '../../options.ts';
import { count, dottedRut } from '../../print/words.ts';

interface ExportarOptions extends CommonOptions {
  datos?: string;
}

export function declarePersonaExportar(persona: Command, context: Context): void {
  const exportar = persona
    .command('exportar')
    .description('escribe en un archivo todo lo que hay de una persona')
    .argument('<rut>', 'RUT de la persona', readPersona('la orden'))
    .argument('[archivo]', 'archivo nuevo (si falta: persona-RUT.json)');
  datosOption(commonOptions(exportar)).action(
    async (rut: string, archivo: string | undefined, options: ExportarOptions) =>
      context.finish(await write(context, rut, archivo, options)),
  );
}

async function write(
  context: Context,
  rut: string,
  archivo: string | undefined,
  { config, datos }: ExportarOptions,
): Promise<ExitCode> {
  const file = path.resolve(archivo ?? `persona-${rut}.json`);
  if (existsSync(file)) {
    throw new Failure(`Ya existe ${file}; no se reemplaza.`, 'Diga otro nombre de archivo.');
  }
  const { openLedgerToRead } = await import('@puente-sic/engine');
  const folder = stateFolder(datos, context.env);
  const ledger = await openLedgerToRead(folder);
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  try {
    const place = { ...(config !== undefined && { config }), ...(datos !== undefined && { datos }) };
    const fuentes = await fuentesIn({ ...place, env: context.env });
    const person = await giveOutPerson(ledger, CONSOLE, { rut, fuentes }, context.clock());
    if (person === null) throw nothingOf(rut, folder, 'no se escribió ningún archivo');
    await writeFile(file, `${JSON.stringify(person, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    const registros = person.envios.length;
    const { planillas } = person;
    if (context.json) context.terminal.json({ archivo: file, registros, planillas });
    context.terminal.line(
      `${context.terminal.colors.green('✔')} Escrito en ${file}: ${count(registros, 'registro enviado', 'registros enviados')}.`,
    );
    if (planillas.length > 0) {
      context.terminal.line('  También está en estas planillas; el archivo dice cuáles, sin sus filas:');
      for (const planilla of planillas) context.terminal.line(`    ${planilla}`);
    }
    context.terminal.line('  Contiene datos personales: entréguelo solo a quien corresponde.');
  } finally {
    await ledger.close();
  }
  return EXIT.ok;
}

/** Nothing is known of a person: where that was looked for, and what may be meant. */
export function nothingOf(rut: string, folder: string, done: string): Failure {
  return new Failure(
    `De ${dottedRut(rut)} no hay nada en ${folder} (envíos, avances aceptados, errores, decisiones, noches, avisos, entregas, clics); ${done}.`,
    'Revise el RUT, y la carpeta con --datos. Lo que tienen Moodle y SENCE no está ahí.',
  );
}
