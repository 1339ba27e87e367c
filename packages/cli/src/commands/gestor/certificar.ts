import { readFile } from 'node:fs/promises';
import { Failure } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { readWhole } from '../../options.ts';
import { databaseOf, type ListenOptions, listenOptions, serveUntilStopped } from './listen.ts';

interface CertificarOptions extends ListenOptions {
  segundosLenta: number;
  verificar?: string;
}

export function declareCertificar(gestor: Command, context: Context): void {
  const command = gestor
    .command('certificar')
    .description('kit que certifica un programa de envío, en cualquier lenguaje, por lo que ve llegar de él');
  examples(
    listenOptions(
      command,
      8352,
      'carpeta donde queda lo visto y su clave (si falta: PUENTE_DATOS/certificacion, si no ./.puente/certificacion)',
    )
      .option(
        '--segundos-lenta <SEGUNDOS>',
        'cuánto tarda la respuesta lenta (si falta: 180)',
        readWhole(1, 590),
        180,
      )
      .option('--verificar <INFORME>', 'no atiende: comprueba la firma de un informe.html'),
    ['puente gestor certificar', 'y abrir http://127.0.0.1:8352/certificacion'],
    ['puente gestor certificar --verificar informe.html', 'si nadie lo cambió, y qué kit lo firmó'],
  ).action(async (options: CertificarOptions) => context.finish(await certificar(context, options)));
}

async function certificar(context: Context, options: CertificarOptions): Promise<ExitCode> {
  if (options.verificar !== undefined) return verify(context, options.verificar);
  const { createLogger, startKit } = await import('@puente-sic/gestor');
  await serveUntilStopped(
    context,
    options,
    () =>
      startKit({
        datos: folderOf(options.datos, context),
        host: options.direccion,
        port: options.puerto,
        segundosLenta: options.segundosLenta,
        logger: createLogger('info', process.stderr),
      }),
    ({ url, huella }) => [
      `Kit de certificación. Apunte su programa a ${url}`,
      `Escenarios y resultados en ${new URL('/certificacion', url).href}`,
      `Huella con que firma sus informes: ${huella}`,
    ],
  );
  return EXIT.ok;
}

function folderOf(datos: string | undefined, context: Context): string {
  const folder = databaseOf(datos, context, 'certificacion');
  if (!folder.startsWith('postgres')) return folder;
  throw new Failure(
    'El kit guarda lo que ve en una carpeta, no en PostgreSQL.',
    'Diga una carpeta en --datos.',
  );
}

async function verify({ terminal, json }: Context, file: string): Promise<ExitCode> {
  const { readSignedReport, verifyText } = await import('@puente-sic/gestor');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Failure(`No se puede leer ${file}.`, 'Revise el nombre del archivo.');
  });
  const signed = readSignedReport(text);
  const huella = signed ? verifyText(signed) : null;
  if (json) terminal.json({ valido: huella !== null, huella });
  if (huella === null) {
    terminal.line('✖ El informe no es válido: le falta la firma, o alguien cambió lo firmado.');
    terminal.line('  → Pida el archivo otra vez a quien lo hizo, tal como lo entrega el kit.');
    return EXIT.data;
  }
  terminal.line('✔ Lo firmado no ha cambiado desde que el kit lo firmó.');
  terminal.line(`  Huella del kit: ${huella}`);
  terminal.line('  → Compárela con la que muestra el kit de quien le entregó el informe.');
  return EXIT.ok;
}
