import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import { commonOptions } from '../options.ts';

export function declareDemo(program: Command, context: Context): void {
  const command = program
    .command('demo')
    .description('muestra todo el recorrido con datos inventados, en este equipo y sin conectarse a nada');
  commonOptions(command).action(async () => context.finish(await demo(context)));
}

async function demo(context: Context): Promise<ExitCode> {
  const [{ openStage }, { play }, { exitCodeOf }] = await Promise.all([
    import('../demo/stage.ts'),
    import('../demo/acts.ts'),
    import('@puente-sic/engine'),
  ]);
  const stage = await openStage(context.signal);
  try {
    const played = await play(context, stage);
    if (context.json) context.terminal.json(played);
    // Tonight's mistakes belong to the play; what must be right is its end.
    return exitCodeOf(played.corregido);
  } finally {
    await stage.close();
  }
}
