import { readFile, writeFile } from 'node:fs/promises';
import { Failure } from '@puente-sic/app';
import type { Kit, Programa } from '@puente-sic/gestor';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { readWhole } from '../../options.ts';
import { databaseOf, type ListenOptions, listenOptions, serveUntilStopped } from './listen.ts';

interface CertificarOptions extends ListenOptions {
  segundosLenta: number;
  verificar?: string;
  programa?: string;
  versionPrograma?: string;
  perfil: string;
  hastaCompletar?: boolean;
  plazo?: number;
  informe?: string;
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
      .option('--programa <NOMBRE>', 'el programa que se certifica; queda en el informe')
      .option('--version-programa <VERSIÓN>', 'la versión de ese programa')
      .option(
        '--perfil <PERFIL>',
        'completo, version-1 o version-2: lo que el programa sabe enviar',
        'completo',
      )
      .option(
        '--segundos-lenta <SEGUNDOS>',
        'cuánto tarda la respuesta lenta (si falta: 180)',
        readWhole(1, 590),
        180,
      )
      .option(
        '--hasta-completar',
        'termina cuando no queda nada pendiente, o con POST /certificacion/fin: 0 si certifica, 1 si no',
      )
      .option(
        '--plazo <SEGUNDOS>',
        'con --hasta-completar: termina a más tardar después de este tiempo',
        readWhole(1, 86_400),
      )
      .option('--informe <ARCHIVO>', 'al terminar, escribe aquí el informe firmado')
      .option('--verificar <INFORME>', 'no atiende: dice si un informe.html certifica, y si nadie lo cambió'),
    ['puente gestor certificar', 'y abrir http://127.0.0.1:8352/certificacion'],
    ['puente gestor certificar --hasta-completar --plazo 900 --informe informe.html', 'en un CI'],
    ['puente gestor certificar --verificar informe.html', 'si certifica, qué programa y cuándo'],
  ).action(async (options: CertificarOptions) => context.finish(await certificar(context, options)));
}

async function certificar(context: Context, options: CertificarOptions): Promise<ExitCode> {
  if (options.verificar !== undefined) return verify(context, options.verificar);
  const { createLogger, startKit, verdictLine } = await import('@puente-sic/gestor');
  const programa = await programOf(options);
  const untilDone = options.hastaCompletar === true;
  let code: ExitCode = EXIT.ok;
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
        ...(programa && { programa }),
      }),
    ({ url, huella }) => [
      `Kit de certificación. Apunte su programa a ${url}`,
      `Escenarios y resultados en ${new URL('/certificacion', url).href}`,
      `Huella con que firma sus informes: ${huella}`,
    ],
    {
      ...(untilDone && { until: (kit: Kit, signal: AbortSignal) => waitDone(kit, signal, options.plazo) }),
      async before(kit) {
        const informe = kit.informe();
        if (untilDone && !informe.certificado) code = EXIT.data;
        if (options.informe !== undefined) await writeFile(options.informe, kit.informeFirmado());
        context.terminal.line(`${informe.certificado ? '✔' : '✖'} ${verdictLine(informe)}`);
      },
    },
  );
  return code;
}

async function waitDone(kit: Kit, signal: AbortSignal, plazo: number | undefined): Promise<void> {
  const limit = plazo === undefined ? [] : [AbortSignal.timeout(plazo * 1000)];
  await kit.untilDone(AbortSignal.any([signal, ...limit]));
}

/** Null: nothing was said, and what the folder says stands. */
async function programOf(options: CertificarOptions): Promise<Programa | null> {
  const { isPerfil, PERFILES } = await import('@puente-sic/gestor');
  const { programa, versionPrograma = '', perfil } = options;
  if (!isPerfil(perfil)) {
    throw new Failure(
      `No existe el perfil «${perfil}».`,
      `Los que hay: ${Object.keys(PERFILES).join(', ')}.`,
    );
  }
  if (programa === undefined && perfil === 'completo') return null;
  return { nombre: programa ?? '', version: versionPrograma, perfil };
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
  const { verifyReport } = await import('@puente-sic/gestor');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Failure(`No se puede leer ${file}.`, 'Revise el nombre del archivo.');
  });
  const { valido, certificado, linea, huella, informe } = verifyReport(text);
  if (json) terminal.json({ valido, certificado, resultado: linea, huella, informe });
  terminal.line(`${certificado ? '✔' : '✖'} ${linea}`);
  if (!valido) {
    terminal.line('  → Pida el archivo otra vez a quien lo hizo, tal como lo entrega el kit.');
    return EXIT.data;
  }
  terminal.line('  Nadie lo cambió desde que se firmó, y su registro, juzgado otra vez, dice lo mismo.');
  for (const { nombre, estado, visto } of informe?.escenarios ?? []) {
    if (estado === 'fallado' || estado === 'pendiente') terminal.line(`  · ${nombre}: ${estado}. ${visto}`);
  }
  terminal.line(`  Huella del kit: ${huella}`);
  terminal.line(`  ${informe?.declaracion ?? ''}`);
  return certificado ? EXIT.ok : EXIT.data;
}
