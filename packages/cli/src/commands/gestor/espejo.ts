import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Desacuerdo, InformeEspejo, Store } from '@puente-sic/gestor';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { type CommonOptions, commonOptions } from '../../options.ts';
import { count } from '../../print/words.ts';
import { readFailure } from '../../read-json.ts';
import { readHistoryFile } from './importar-valores.ts';
import { readSupuestos, supuestoOption } from './supuesto.ts';

interface EspejoOptions extends CommonOptions {
  registro: string;
  valores?: string;
  supuesto: string[];
}

export function declareEspejo(gestor: Command, context: Context): void {
  const command = gestor
    .command('espejo <TRAFICO>')
    .description(
      'juzga una copia de lo que otro Gestor recibió y dice en qué códigos no está de acuerdo con él; no envía nada',
    );
  examples(
    supuestoOption(
      commonOptions(command)
        .requiredOption(
          '--registro <ARCHIVO>',
          'las OTEC, cursos y alumnos que el otro Gestor conocía (JSON o CSV)',
        )
        .option(
          '--valores <HISTORIAL>',
          'un historial del otro Gestor, anterior a la copia: los últimos valores que aceptó',
        ),
    ),
    [
      'puente gestor espejo noche.ndjson --registro registro.json',
      'una línea por llamada: {"cuando": …, "cuerpo": {…}, "respuesta": …}',
    ],
  ).action(async (trafico: string, options: EspejoOptions) =>
    context.finish(await mirror(context, trafico, options)),
  );
}

async function mirror(context: Context, trafico: string, options: EspejoOptions): Promise<ExitCode> {
  const { espejo, importarValores, importRegistry, openStore, readRegistryFile } = await import(
    '@puente-sic/gestor'
  );
  // Before the folder is made: from here on an interruption is waited for.
  const { signal } = context;
  const supuestos = await readSupuestos(options.supuesto);
  const registry = await readRegistryFile(options.registro);
  const processes = options.valores === undefined ? [] : await readHistoryFile(options.valores);
  const folder = await mkdtemp(path.join(tmpdir(), 'puente-espejo-'));
  let store: Store | undefined;
  try {
    store = await openStore(folder);
    await importRegistry(store, registry, { now: context.clock() });
    await importarValores(store, processes);
    const report = await espejo(store, linesOf(trafico, signal), supuestos);
    print(context, report);
    return report.desacuerdos.length > 0 || report.llamadas === 0 ? EXIT.data : EXIT.ok;
  } finally {
    await store?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Asked to end, it throws: what was compared until then is no answer, and the copy of the registry is to go first.
 * @throws Failure where the file cannot be read.
 */
async function* linesOf(file: string, signal: AbortSignal): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, signal })) {
      signal.throwIfAborted();
      yield line;
    }
    signal.throwIfAborted();
  } catch (error) {
    throw readFailure(error, file) ?? error;
  }
}

function print({ terminal, json }: Context, report: InformeEspejo): void {
  if (json) terminal.json(report);
  const { llamadas, registros, iguales, desacuerdos, sinComparar } = report;
  terminal.line(
    llamadas === 0
      ? 'No se comparó ninguna llamada.'
      : `${count(llamadas, 'llamada comparada', 'llamadas comparadas')}: ${iguales} de ${count(registros, 'registro', 'registros')} con el mismo resultado.`,
  );
  for (const desacuerdo of desacuerdos) printOne(terminal, desacuerdo);
  if (llamadas > 0 && desacuerdos.length === 0) terminal.line('✔ Ningún desacuerdo en lo que se comparó.');
  for (const { motivo, lineas, primeras } of sinComparar)
    terminal.line(
      `Sin comparar, ${count(lineas, 'línea', 'líneas')} (${primeras.join(', ')}${lineas > primeras.length ? '…' : ''}): ${motivo}.`,
    );
}

function printOne(terminal: Context['terminal'], { nuestro, suyo, registros, ejemplos }: Desacuerdo): void {
  terminal.line(`✗ ${count(registros, 'registro', 'registros')}: allá ${suyo}, aquí ${nuestro}.`);
  for (const { linea, donde, codigoModulo, mensaje } of ejemplos)
    terminal.line(`    línea ${linea}, ${donde} (${codigoModulo})${mensaje === '' ? '' : `: «${mensaje}»`}`);
}
