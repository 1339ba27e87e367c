import { CONSOLE, Failure, reportPerson, stateFolder } from '@puente-sic/app';
import { santiagoDate } from '@puente-sic/protocol';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { type CommonOptions, commonOptions, datosOption, readPersona } from '../../options.ts';
import { chileanDay } from '../../print/words.ts';

interface InformarOptions extends CommonOptions {
  datos?: string;
  motivo?: string;
}

export function declarePersonaInformar(persona: Command, context: Context): void {
  const informar = persona
    .command('informar')
    .description(
      'vuelve a informar a SENCE a una persona cuyos datos se borraron y que la fuente todavía tiene',
    )
    .argument('<rut>', 'RUT de la persona', readPersona('la orden'));
  examples(
    datosOption(commonOptions(informar)).option(
      '--motivo <TEXTO>',
      'por qué; queda anotado en la bitácora, sin el RUT',
    ),
    [
      'puente persona informar 17118181-K --motivo "Sigue en el curso; el contrato obliga a informarla"',
      'sale desde el próximo envío',
    ],
  ).action(async (rut: string, options: InformarOptions) =>
    context.finish(await report(context, rut, options)),
  );
}

async function report(
  context: Context,
  rut: string,
  { datos, motivo = '' }: InformarOptions,
): Promise<ExitCode> {
  if (motivo.trim().length < 5) {
    throw new Failure(
      'Falta decir por qué se informa de nuevo; no se hizo nada.',
      'Agregue --motivo con la razón, por ejemplo: --motivo "Sigue en el curso".',
    );
  }
  const { openLedger } = await import('@puente-sic/engine');
  const ledger = await openLedger(stateFolder(datos, context.env));
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  try {
    const asked = { rut, motivo: motivo.trim() };
    const borrado = santiagoDate(await reportPerson(ledger, CONSOLE, asked, context.clock()));
    if (context.json) context.terminal.json({ informada: true, borrado });
    context.terminal.line(
      `${context.terminal.colors.green('✔')} Sus datos se borraron el ${chileanDay(borrado)}; vuelve a informarse desde el próximo envío, mientras la fuente la tenga.`,
    );
  } finally {
    await ledger.close();
  }
  return EXIT.ok;
}
