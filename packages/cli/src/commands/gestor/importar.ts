import type { ImportReport } from '@puente-sic/gestor';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { type CommonOptions, commonOptions } from '../../options.ts';
import { databaseOf } from './listen.ts';

interface ImportarOptions extends CommonOptions {
  datos?: string;
  completo?: boolean;
}

export function declareImportar(gestor: Command, context: Context): void {
  const command = gestor
    .command('importar <REGISTRO>')
    .description('lleva un registro (JSON o CSV) de OTEC, cursos y alumnos a la base de datos de un Gestor');
  examples(
    commonOptions(command)
      .option(
        '--datos <DIR>',
        'carpeta de su base de datos, o postgres://… (si falta: la de «gestor servir»)',
      )
      .option('--completo', 'el archivo es el país entero: lo que no nombra se cierra (nada se borra)'),
    ['puente gestor importar registro.json', 'se puede repetir: sin cambios, no cambia nada'],
  ).action(async (registro: string, options: ImportarOptions) =>
    context.finish(await importar(context, registro, options)),
  );
}

async function importar(context: Context, file: string, options: ImportarOptions): Promise<ExitCode> {
  const { importRegistry, openStore, readRegistryFile } = await import('@puente-sic/gestor');
  const registry = await readRegistryFile(file);
  const store = await openStore(databaseOf(options.datos, context));
  try {
    const report = await importRegistry(store, registry, {
      now: context.clock(),
      complete: options.completo === true,
    });
    print(context, report);
  } finally {
    await store.close();
  }
  return EXIT.ok;
}

const NAMES = {
  otecs: 'OTEC',
  tokens: 'Tokens',
  alumnos: 'Alumnos',
  cursos: 'Cursos',
  modulos: 'Módulos',
  inscripciones: 'Inscripciones',
} as const;

function print({ terminal, json }: Context, report: ImportReport): void {
  if (json) terminal.json(report);
  for (const key of Object.keys(NAMES) as (keyof typeof NAMES)[]) {
    const { agregados, cambiados, cerrados } = report[key];
    terminal.line(
      `${NAMES[key].padEnd(14)} ${agregados} agregados · ${cambiados} cambiados · ${cerrados} cerrados`,
    );
  }
  for (const aviso of report.avisos) terminal.line(`Aviso: ${aviso}`);
}
