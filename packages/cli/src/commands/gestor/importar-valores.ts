import { Failure } from '@puente-sic/app';
import { type ProcesoHistorial, readHistory } from '@puente-sic/protocol';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { examples } from '../../help.ts';
import { type CommonOptions, commonOptions } from '../../options.ts';
import { count } from '../../print/words.ts';
import { readBytes } from '../../read-json.ts';
import { databaseOf } from './listen.ts';

interface ImportarValoresOptions extends CommonOptions {
  datos?: string;
}

export function declareImportarValores(gestor: Command, context: Context): void {
  const command = gestor
    .command('importar-valores <HISTORIAL>')
    .description(
      'toma del historial de otro Gestor el último porcentaje aceptado de cada alumno y módulo, para que el 025 no parta de cero',
    );
  examples(
    commonOptions(command).option(
      '--datos <DIR>',
      'carpeta de su base de datos, o postgres://… (si falta: la de «gestor servir»)',
    ),
    [
      'puente gestor importar-valores historial.json',
      'lo que este Gestor ya aceptó no se cambia; se puede repetir',
    ],
  ).action(async (historial: string, options: ImportarValoresOptions) =>
    context.finish(await importarValores(context, historial, options)),
  );
}

async function importarValores(
  context: Context,
  file: string,
  options: ImportarValoresOptions,
): Promise<ExitCode> {
  const { importarValores: take, openStore } = await import('@puente-sic/gestor');
  const processes = await readHistoryFile(file);
  const store = await openStore(databaseOf(options.datos, context));
  try {
    const report = await take(store, processes);
    if (context.json) context.terminal.json(report);
    const { procesos, valores, conocidos, sinCurso, ilegibles } = report;
    const { terminal } = context;
    terminal.line(
      `${count(procesos, 'proceso leído', 'procesos leídos')}: ${count(valores, 'último valor tomado', 'últimos valores tomados')}, ${conocidos} que ya estaban.`,
    );
    if (sinCurso > 0)
      terminal.line(
        `✗ ${count(sinCurso, 'registro aceptado', 'registros aceptados')} de cursos o módulos que no están en el registro: impórtelo primero (puente gestor importar) y repita.`,
      );
    if (ilegibles > 0)
      terminal.line(
        `✗ ${count(ilegibles, 'registro aceptado', 'registros aceptados')} sin un RUT o un porcentaje que se pueda leer.`,
      );
    return sinCurso + ilegibles > 0 ? EXIT.data : EXIT.ok;
  } finally {
    await store.close();
  }
}

/**
 * An answer of historialEnvios that was kept as a file.
 * @throws Failure where it is none, or a part of it is no process.
 */
export async function readHistoryFile(file: string): Promise<ProcesoHistorial[]> {
  const history = readHistory((await readBytes(file)).toString('utf8'));
  if (history.kind === 'processes' && history.skipped === 0) return history.processes;
  const what =
    history.kind === 'processes'
      ? `${history.skipped} de sus entradas no son procesos`
      : 'no es una respuesta de historialEnvios';
  throw new Failure(
    `${file} no se puede usar como historial: ${what}.`,
    'Guarde la respuesta entera de historialEnvios, tal como llega, y repita.',
  );
}
