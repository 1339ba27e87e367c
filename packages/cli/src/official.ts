import { access, constants, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connect, Failure } from '@puente-sic/app';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { ConnectionOptions } from './options.ts';
import { VERSION } from './version.ts';

interface OficialOptions extends ConnectionOptions {
  acepto?: boolean;
  salida: string;
}

/** A well-formed token that is nobody's: what the service answers to it is one of the questions. */
const TOKEN_MALO = '00000000-0000-4000-8000-000000000000';

/** The official test with the provider's own token, and a file that tells which assumptions held. */
export async function probarOficial(context: Context, options: OficialOptions): Promise<ExitCode> {
  const { terminal, clock, signal, json } = context;
  const { connection } = await connect(context, options);
  const [otec, ...others] = connection.otecs;
  if (!otec || others.length > 0) {
    throw new Failure('La prueba oficial es de una OTEC a la vez.', 'Diga cuál con --rut-otec.');
  }
  if (!options.acepto) {
    throw new Failure(
      `La prueba oficial envía a ${connection.gestor}, con el token de la OTEC, el curso de prueba de SENCE (CAP-15-01-13-0446, porcentajes y tiempos en 0), tres veces, un curso que no existe y una llamada con un token malo. No toca ningún curso suyo.`,
      'Si está de acuerdo, repita con --acepto.',
    );
  }
  const file = path.resolve(options.salida);
  await requireWritable(file);
  const { GestorClient, GestorError, officialTest } = await import('@puente-sic/client');
  const clientWith = (token: string) =>
    new GestorClient({ baseUrl: connection.gestor, credenciales: { rutOtec: otec.rut, token } });
  const test = await officialTest({
    client: clientWith(otec.token),
    withBadToken: clientWith(TOKEN_MALO),
    ...{ clock, signal },
  }).catch((error: unknown) => {
    if (!(error instanceof GestorError)) throw error;
    throw new Failure(error.mensaje, error.queHacer, EXIT.connection);
  });
  const document = { puente: VERSION, gestor: new URL(connection.gestor).host, ...test };
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
  if (json) terminal.json(document);
  for (const { resultado, supone, observado } of test.hallazgos) {
    terminal.line(`${MARKS[resultado]} ${supone}`);
    if (resultado !== 'se cumple') terminal.line(`    ${resultado}: ${observado}`);
  }
  terminal.line(
    `Queda en ${file}, sin token ni RUT: publíquelo o envíelo a este proyecto, que así corrige lo que supone.`,
  );
  const [consulta] = test.hallazgos;
  if (consulta?.resultado !== 'se cumple') return EXIT.connection;
  return test.hallazgos.every(({ resultado }) => resultado === 'se cumple') ? EXIT.ok : EXIT.data;
}

/** What is seen must not be lost for a folder that is not there: known before the first call. */
async function requireWritable(file: string): Promise<void> {
  try {
    await access(path.dirname(file), constants.W_OK);
  } catch {
    throw new Failure(`No se puede escribir ${file}.`, 'Diga con --salida un archivo en una carpeta suya.');
  }
}

const MARKS = { 'se cumple': '✔', 'no se cumple': '✖', 'no se pudo ver': '○' } as const;
