import { assertSettled, CONSOLE, Failure, forgetPerson, fuentesIn, stateFolder } from '@puente-sic/app';
import { santiagoDate } from '@puente-sic/protocol';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { type CommonOptions, commonOptions, datosOption, readPersona } from '../../options.ts';
import { chileanDay, count } from '../../print/words.ts';
import { tellClicks } from './clicks.ts';
import { nothingOf } from './exportar.ts';

interface BorrarOptions extends CommonOptions {
  datos?: string;
  si?: boolean;
  aunqueNoLiquidado?: boolean;
}

export function declarePersonaBorrar(persona: Command, context: Context): void {
  const borrar = persona
    .command('borrar')
    .description(
      'saca a una persona de lo enviado, lo aceptado y los errores, y deja de informarla; queda constancia sin su RUT',
    )
    .argument('<rut>', 'RUT de la persona', readPersona('la orden'));
  examples(
    datosOption(commonOptions(borrar))
      .option('--si', 'confirma que se borra, sin vuelta atrás')
      .option('--aunque-no-liquidado', 'también si puede faltar liquidar un curso suyo'),
    ['puente persona borrar 17118181-K --si', 'dice en qué respaldos sigue; no alcanza a lo que SENCE tiene'],
  ).action(async (rut: string, options: BorrarOptions) => context.finish(await erase(context, rut, options)));
}

async function erase(
  context: Context,
  rut: string,
  { config, datos, si, aunqueNoLiquidado = false }: BorrarOptions,
): Promise<ExitCode> {
  if (!si) {
    throw new Failure(
      'Borrar los datos de una persona no tiene vuelta atrás; no se hizo nada.',
      'Si está seguro, repita la orden con --si. Antes puede guardarlos con «puente persona exportar».',
    );
  }
  const { coursesOfPerson, erasedIn, openLedger } = await import('@puente-sic/engine');
  const folder = stateFolder(datos, context.env);
  const ledger = await openLedger(folder);
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  try {
    const cursos = await coursesOfPerson(ledger, rut);
    const enFuente = [...new Set(cursos.map(({ codigoOferta }) => codigoOferta))];
    const before = erasedIn(folder)(rut);
    const now = context.clock();
    const place = { ...(config !== undefined && { config }), ...(datos !== undefined && { datos }) };
    const fuentes = await fuentesIn({ ...place, env: context.env });
    const olvido = await forgetPerson(ledger, CONSOLE, { rut, fuentes }, context.clock, (inside) =>
      assertSettled(inside, rut, aunqueNoLiquidado, now),
    );
    const { borrado, archivos, queda } = olvido;
    const { respaldos, planillas } = queda;
    if (borrado === null) throw nothingLeft(rut, folder, before, [...respaldos, ...planillas]);
    if (context.json) context.terminal.json({ borrado, archivos, ...queda, enFuente });
    const parts = [
      count(borrado.envios, 'envío', 'envíos'),
      count(borrado.aceptados, 'avance aceptado', 'avances aceptados'),
    ];
    context.terminal.line(
      `${context.terminal.colors.green('✔')} Borrado de ${parts.join(', ')} y ${count(borrado.errores, 'error', 'errores')}.`,
    );
    list(context, 'Se sacó también de estos archivos (las planillas apartadas, enteras):', archivos);
    tellSource(context, rut, enFuente);
    list(context, 'Sigue en estas planillas, o no se pudieron revisar; sáquela usted de ahí:', planillas);
    if (queda.sinPlanillas) {
      context.terminal.line(
        '  No se revisaron las planillas: puente.yaml no se puede leer. Corríjalo y repita.',
      );
    }
    list(
      context,
      'Sigue en estos respaldos; los de «respaldos» se van solos dentro de siete días:',
      respaldos,
    );
    tellClicks(context, queda.clics);
    context.terminal.line(
      '  No alcanza a los respaldos que usted guardó en otra parte ni a lo que SENCE tiene.',
    );
  } finally {
    await ledger.close();
  }
  return EXIT.ok;
}

function list({ terminal }: Context, title: string, files: readonly string[]): void {
  if (files.length === 0) return;
  terminal.line(`  ${title}`);
  for (const file of files) terminal.line(`    ${file}`);
}

/** The source is not ours to erase from: as long as it has the person, who is not sent has to be told. */
function tellSource({ terminal }: Context, rut: string, enFuente: readonly string[]): void {
  const where = enFuente.length === 0 ? '' : ` La última noche estaba en: ${enFuente.join(', ')}.`;
  terminal.paragraph(
    `No se borra de la fuente (Moodle, planillas): sáquela también de ahí.${where} Mientras siga, no se envía a SENCE y cada envío dice en qué fila está.`,
    '  ',
  );
  terminal.paragraph(
    `Si debe seguir informándose, porque SENCE y el pago del curso lo necesitan: puente persona informar ${rut} --motivo "…"`,
    '    ',
    `  ${terminal.colors.cyan('→')} `,
  );
}

function nothingLeft(
  rut: string,
  folder: string,
  before: Date | null,
  respaldos: readonly string[],
): Failure {
  const told = before === null ? '' : `; ya se había borrado el ${chileanDay(santiagoDate(before))}`;
  const still = respaldos.length === 0 ? '' : `; sigue en ${respaldos.join(', ')}`;
  return nothingOf(rut, folder, `no se borró nada${told}${still}`);
}
