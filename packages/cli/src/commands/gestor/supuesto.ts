import { Failure } from '@puente-sic/app';
import type { Supuestos } from '@puente-sic/gestor';
import type { Command } from 'commander';

/** `--supuesto NOMBRE=VALOR`, which may be given several times. */
export function supuestoOption(command: Command): Command {
  return command.option(
    '--supuesto <NOMBRE=VALOR>',
    'juega otra lectura de lo que ninguna fuente publica (docs/supuestos.md); se puede repetir',
    (text: string, before: string[]) => [...before, text],
    [],
  );
}

/** @throws Failure that names those there are. */
export async function readSupuestos(texts: readonly string[]): Promise<Partial<Supuestos>> {
  const { readSupuesto, SUPUESTOS } = await import('@puente-sic/gestor');
  const all = texts.map((text) => {
    const read = readSupuesto(text);
    if (read) return read;
    throw new Failure(
      `«${text}» no es un supuesto con su valor.`,
      `Escriba NOMBRE=VALOR, como ecoParcialVacio=true. Los que hay: ${Object.keys(SUPUESTOS).join(', ')}.`,
    );
  });
  return Object.assign({}, ...all);
}
