import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_CONFIG, Failure } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type CommonOptions, commonOptions } from '../options.ts';

export function declareInit(program: Command, context: Context): void {
  const command = program
    .command('init')
    .description('pregunta lo necesario, prueba cada respuesta y escribe puente.yaml');
  commonOptions(command).action(async (options: CommonOptions) =>
    context.finish(await init(context, options)),
  );
}

async function init(context: Context, { config = DEFAULT_CONFIG }: CommonOptions): Promise<ExitCode> {
  if (!context.stdin.isTTY) {
    throw new Failure(
      '«puente init» hace preguntas y necesita un terminal.',
      'Ejecútelo en un terminal, o escriba puente.yaml a mano: docs/configuracion.md muestra cómo.',
    );
  }
  if (existsSync(config)) {
    throw new Failure(
      `Ya existe ${config}.`,
      'Muévalo, o diga otro nombre con --config; «puente init» no escribe encima.',
    );
  }
  const [{ interview }, { settingsText }, { terminalAsker }] = await Promise.all([
    import('../init/interview.ts'),
    import('../init/write.ts'),
    import('../init/terminal-asker.ts'),
  ]);
  const answers = await interview(terminalAsker(), context, path.dirname(config));
  await writeFile(config, settingsText(answers), { flag: 'wx' });
  if (context.json) context.terminal.json({ archivo: config });
  context.terminal.line(`${context.terminal.colors.green('✔')} ${config}`);
  context.terminal.line('  Siguiente paso: puente previsualizar');
  return EXIT.ok;
}
