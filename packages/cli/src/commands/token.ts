import { CLAVE, Failure, forgetToken, KEY_FILE, keepToken, loadSettings, readAll } from '@puente-sic/app';
import { formatRut, readRut, readToken } from '@puente-sic/protocol';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, datosOption } from '../options.ts';

interface TokenOptions extends CommonOptions {
  datos?: string;
}

export function declareToken(program: Command, context: Context): void {
  const token = program
    .command('token')
    .description('guarda cifrado el token de una OTEC, para no dejarlo en un archivo ni en una variable');
  const guardar = token
    .command('guardar')
    .description('lee el token por la entrada estándar y lo guarda cifrado; reemplaza al anterior')
    .argument('<rut>', 'RUT de la OTEC');
  examples(datosOption(commonOptions(guardar)), [
    'puente token guardar 77124930-2 < token.txt',
    `la clave de cifrado está en la variable ${CLAVE}, o si no en ${KEY_FILE}, junto a puente.yaml`,
  ]).action(async (rut: string, options: TokenOptions) => context.finish(await save(context, rut, options)));
  const borrar = token
    .command('borrar')
    .description('borra el token guardado de una OTEC')
    .argument('<rut>', 'RUT de la OTEC');
  datosOption(commonOptions(borrar)).action(async (rut: string, options: TokenOptions) =>
    context.finish(await remove(context, rut, options)),
  );
}

async function save(context: Context, text: string, options: TokenOptions): Promise<ExitCode> {
  const rut = readOtec(text);
  const read = readToken(new TextDecoder().decode(await readAll(context.stdin)));
  if (!read) {
    throw new Failure(
      'Lo que llegó por la entrada estándar no es un token de SENCE.',
      'Debe ser solo el token, así: 5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220. Cópielo de nuevo desde https://sistemas.sence.cl/rts.',
    );
  }
  const made = await keepToken(context, options, { rut, token: read.token });
  if (context.json) context.terminal.json({ rutOtec: rut, guardado: true });
  context.terminal.line(
    `${context.terminal.colors.green('✔')} Token de ${rut} guardado cifrado. Ningún comando lo muestra.`,
  );
  if (made !== null) {
    context.terminal.line(
      `  La clave de cifrado quedó en ${made}: guárdela también en otra parte, y nunca junto al respaldo.`,
    );
  }
  if (await isElsewhere(context, options, rut)) {
    context.terminal.line(
      `  ${context.terminal.colors.yellow('▲')} Todavía no se usa: puente.yaml trae otro token de esa OTEC, y ese gana. Borre «token» (o «tokenArchivo») de ella en puente.yaml.`,
    );
  } else context.terminal.line('  En puente.yaml basta con el RUT de la OTEC, sin «token».');
  return EXIT.ok;
}

/** Whether puente.yaml has a token of the provider, which goes before the kept one. */
async function isElsewhere(context: Context, options: TokenOptions, rut: string): Promise<boolean> {
  try {
    const { settings } = await loadSettings({ ...options, needsTokens: false, env: context.env });
    const otec = settings.otecs.find((each) => each.rut === rut);
    return otec?.token !== undefined || otec?.tokenArchivo !== undefined;
  } catch (error) {
    if (error instanceof Failure) return false; // settings that cannot be read are told by what needs them
    throw error;
  }
}

async function remove(context: Context, text: string, options: TokenOptions): Promise<ExitCode> {
  const rut = readOtec(text);
  if (!(await forgetToken(context, options, rut))) {
    throw new Failure(`No hay un token guardado de ${rut}.`, 'Revise el RUT y la carpeta (--datos).');
  }
  if (context.json) context.terminal.json({ rutOtec: rut, guardado: false });
  context.terminal.line(`${context.terminal.colors.green('✔')} Token de ${rut} borrado.`);
  return EXIT.ok;
}

function readOtec(text: string): string {
  const rut = readRut(text);
  if (rut) return formatRut(rut);
  throw new Failure(`«${text}» no tiene la forma de un RUT.`, 'Escríbalo así: 77124930-2');
}
