import type { Hallazgo } from '@puente-sic/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { Failure } from '../failure.ts';
import { examples } from '../help.ts';
import { commonOptions } from '../options.ts';
import { printFindings } from '../print/findings.ts';
import { decode, parseJson, readBytes } from '../read-json.ts';
import { meansBodies, validateBodies } from '../validate/json.ts';

export function declareValidar(program: Command, context: Context): void {
  const command = program
    .command('validar')
    .description('revisa un archivo sin conectarse a nada: el JSON de la API, o una planilla CSV o Excel')
    .argument('<archivo>', 'archivo que se revisa; - lee un JSON desde la entrada estándar');
  examples(
    commonOptions(command),
    ['puente validar avance.xlsx', 'una planilla'],
    ['puente validar envio.json --json', 'para otro programa'],
    ['mi-lms exportar | puente validar -', 'lo que escribe otro programa'],
  ).action(async (archivo: string) => context.finish(await validar(context, archivo)));
}

async function validar(context: Context, archivo: string): Promise<ExitCode> {
  const hallazgos = await (archivo === '-' ? ofStdin(context) : ofFile(context, archivo));
  const valido = !hallazgos.some(({ gravedad }) => gravedad === 'error');
  if (context.json) context.terminal.json({ valido, hallazgos });
  else printFindings(context.terminal, hallazgos);
  return valido ? EXIT.ok : EXIT.data;
}

/** API bodies are judged as they are; any other file as the source `archivo` reads it. */
async function ofFile({ clock }: Context, archivo: string): Promise<Hallazgo[]> {
  if (/\.json$/i.test(archivo)) {
    const value = parseJson(decode(await readBytes(archivo)), archivo);
    if (meansBodies(value)) return validateBodies(value);
  }
  const { validateTable } = await import('../validate/table.ts');
  return validateTable(archivo, clock());
}

async function ofStdin({ stdin }: Context): Promise<Hallazgo[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  const value = parseJson(decode(Buffer.concat(chunks)), 'La entrada estándar');
  if (meansBodies(value)) return validateBodies(value);
  throw new Failure(
    'La entrada estándar trae filas de una planilla, no el JSON de la API.',
    'Guárdelas en un archivo y revíselo: puente validar ARCHIVO',
  );
}
