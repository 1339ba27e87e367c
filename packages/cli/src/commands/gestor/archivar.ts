import path from 'node:path';
import { Failure } from '@puente-sic/app';
import type { MesArchivado, Store, VerificacionArchivo } from '@puente-sic/gestor';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { type CommonOptions, commonOptions, readMonth } from '../../options.ts';
import { count } from '../../print/words.ts';
import { databaseOf } from './listen.ts';

interface ArchivarOptions extends CommonOptions {
  datos?: string;
  antesDe?: string;
  destino?: string;
  verificar?: string;
}

export function declareArchivar(gestor: Command, context: Context): void {
  const command = gestor
    .command('archivar')
    .description(
      'pasa los meses antiguos de procesos y registros a archivos comprimidos, los lee de vuelta y solo entonces los saca de la base',
    );
  examples(
    commonOptions(command)
      .option(
        '--datos <DIR>',
        'carpeta de su base de datos, o postgres://… (si falta: la de «gestor servir»)',
      )
      .option('--antes-de <MES>', 'primer mes que se queda en la base, por ejemplo 2025-01', readMonth)
      .option(
        '--destino <DIR>',
        'carpeta que recibe una carpeta por mes (si falta: archivo, dentro de --datos)',
      )
      .option(
        '--verificar <DIR>',
        'no archiva: lee enteros los meses de esta carpeta y los compara con su manifiesto',
      ),
    ['puente gestor archivar --antes-de 2025-01', 'diciembre de 2024 y lo anterior; se puede repetir'],
    ['puente gestor archivar --verificar /respaldos/archivo', 'sin tocar ninguna base'],
  ).action(async (options: ArchivarOptions) => context.finish(await archivar(context, options)));
}

async function archivar(context: Context, options: ArchivarOptions): Promise<ExitCode> {
  if (options.verificar !== undefined) return verify(context, options.verificar);
  if (options.antesDe === undefined) {
    throw new Failure(
      'Falta decir hasta cuándo se archiva.',
      'Indique el primer mes que se queda: --antes-de 2025-01',
    );
  }
  const { archiveBefore, openStore } = await import('@puente-sic/gestor');
  const datos = databaseOf(options.datos, context);
  const store = await openStore(datos);
  try {
    const meses = await archiveBefore({
      store,
      clock: context.clock,
      antesDe: options.antesDe,
      destino: folderFor(options.destino, store, datos),
    });
    print(context, meses, options.antesDe);
  } finally {
    await store.close();
  }
  return EXIT.ok;
}

function folderFor(destino: string | undefined, { dialect }: Store, datos: string): string {
  if (destino !== undefined) return path.resolve(destino);
  if (dialect === 'sqlite') return path.join(datos, 'archivo');
  throw new Failure(
    'Con PostgreSQL hay que decir dónde queda el archivo.',
    'Indique una carpeta de un disco respaldado: --destino /respaldos/archivo',
  );
}

function print({ terminal, json }: Context, meses: MesArchivado[], antesDe: string): void {
  if (json) terminal.json({ meses });
  for (const { mes, procesos, registros, carpeta, bytes } of meses)
    terminal.line(
      `✔ ${mes}: ${count(procesos, 'proceso', 'procesos')} y ${count(registros, 'registro', 'registros')} en ${carpeta} (${megabytes(bytes)} MB), leídos de vuelta. Ya no están en la base.`,
    );
  terminal.line(
    meses.length === 0
      ? `No hay nada anterior a ${antesDe} en la base.`
      : 'Respalde esa carpeta: es lo único que queda de esos meses. Se comprueba con --verificar.',
  );
}

async function verify({ terminal, json }: Context, folder: string): Promise<ExitCode> {
  const { verifyArchive } = await import('@puente-sic/gestor');
  const found = await verifyArchive(folder);
  if (json) terminal.json({ verificados: found.map(shown) });
  for (const { carpeta, manifiesto, problemas } of found) {
    if (manifiesto !== null && problemas.length === 0) {
      const { procesos, registros } = manifiesto;
      terminal.line(
        `✔ ${carpeta}: ${count(procesos, 'proceso', 'procesos')} y ${count(registros, 'registro', 'registros')}, leídos hasta la última línea; todo es como dice su manifiesto.`,
      );
    } else terminal.line(`✗ ${carpeta}: ${problemas.join(' ')}`);
  }
  if (found.every(({ problemas }) => problemas.length === 0)) return EXIT.ok;
  terminal.line('  → Reponga esas carpetas desde un respaldo y vuelva a verificar.');
  return EXIT.data;
}

function shown({ carpeta, manifiesto, huella, problemas }: VerificacionArchivo) {
  const { mes = null, procesos = null, registros = null } = manifiesto ?? {};
  return { carpeta, mes, procesos, registros, huella, problemas };
}

function megabytes(bytes: number): string {
  return new Intl.NumberFormat('es-CL', { maximumFractionDigits: 1 }).format(bytes / 1_000_000);
}
