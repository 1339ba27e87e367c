import { CONSOLE, Failure, settleAs, stateFolder } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, datosOption } from '../options.ts';

interface AclararOptions extends CommonOptions {
  datos?: string;
  /** `--no-recibido` makes it false; of both the last one. */
  recibido?: boolean;
  motivo?: string;
}

export function declareAclarar(program: Command, context: Context): void {
  const said = new Set<string>();
  const command = program
    .command('aclarar')
    .description(
      'dice si SENCE recibió un envío que quedó incierto, cuando su historial no se puede leer y usted ya lo averiguó',
    )
    .argument('<codigoEnvio>', 'el código del envío, como lo muestra «puente estado» o el panel');
  for (const flag of ['recibido', 'no-recibido']) command.on(`option:${flag}`, () => void said.add(flag));
  examples(
    datosOption(commonOptions(command))
      .option('--recibido', 'SENCE lo tiene: cuenta como aceptado, sin confirmar')
      .option('--no-recibido', 'SENCE no lo tiene: se envía de nuevo')
      .option('--motivo <TEXTO>', 'cómo lo supo; queda anotado en la bitácora'),
    [
      'puente aclarar P-20261122-7KQ4M2XW9TBD --recibido --motivo "Está en SIC, proceso 81234"',
      'solo cuando ya no se puede aclarar solo',
    ],
  ).action(async (codigoEnvio: string, options: AclararOptions) =>
    context.finish(await aclarar(context, codigoEnvio, options, said)),
  );
}

async function aclarar(
  context: Context,
  codigoEnvio: string,
  { datos, recibido, motivo = '' }: AclararOptions,
  said: ReadonlySet<string>,
): Promise<ExitCode> {
  if (recibido === undefined || said.size > 1) {
    throw new Failure(
      said.size > 1
        ? 'Dijo --recibido y --no-recibido a la vez; no se hizo nada.'
        : `Falta decir si SENCE recibió el envío ${codigoEnvio}; no se hizo nada.`,
      'Agregue --recibido si está en SIC, o --no-recibido si averiguó que no está. Si no lo sabe, no lo aclare: mírelo en SIC o pregunte a SENCE.',
    );
  }
  if (motivo.trim().length < 5) {
    throw new Failure(
      motivo.trim() === ''
        ? 'Falta decir cómo lo supo; no se hizo nada.'
        : `El motivo «${motivo.trim()}» no alcanza para saber cómo lo supo; no se hizo nada.`,
      'Agregue --motivo con lo que vio o le respondieron, por ejemplo: --motivo "Está en SIC, proceso 81234".',
    );
  }
  const { openLedger } = await import('@puente-sic/engine');
  const ledger = await openLedger(stateFolder(datos, context.env));
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  try {
    await settleAs(ledger, CONSOLE, { codigoEnvio, recibido, motivo: motivo.trim() }, context.clock());
  } finally {
    await ledger.close();
  }
  if (context.json) context.terminal.json({ codigoEnvio, recibido });
  const next = recibido
    ? 'Cuenta como aceptado, sin confirmar: si el historial vuelve a leerse, se compara.'
    : 'El próximo envío lo lleva de nuevo.';
  context.terminal.line(
    `${context.terminal.colors.green('✔')} Envío ${codigoEnvio}: ${recibido ? 'recibido' : 'no recibido'}. ${next}`,
  );
  return EXIT.ok;
}
