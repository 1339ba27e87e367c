import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { CONSOLE, Failure, loadSettings, noteEvidence, resolveOtec, stateFolder } from '@puente-sic/app';
import type { Evidence, EvidenceMade, Verification } from '@puente-sic/engine';
import { santiagoDate } from '@puente-sic/protocol';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { type CommonOptions, commonOptions, datosOption, readDay } from '../options.ts';
import { count } from '../print/words.ts';
import { readBytes } from '../read-json.ts';

interface EvidenciaOptions extends CommonOptions {
  datos?: string;
  curso: string;
  desde: string;
  hasta?: string;
  salida?: string;
  rutOtec?: string;
}

export function declareEvidencia(program: Command, context: Context): void {
  const command = program
    .command('evidencia')
    .description('arma un ZIP para una auditoría: cada envío con su respuesta, y la historia de cada alumno');
  examples(
    datosOption(commonOptions(command))
      .requiredOption('--curso <OFERTA>', 'codigoOferta del curso')
      .requiredOption('--desde <FECHA>', 'primera noche, inclusive (año-mes-día)', readDay)
      .option('--hasta <FECHA>', 'última noche, inclusive (si falta: hoy)', readDay)
      .option('--rut-otec <RUT>', 'RUT de la OTEC, si puente.yaml tiene varias')
      .option('--salida <ZIP>', 'archivo nuevo (si falta: evidencia-CURSO-DESDE-HASTA.zip)'),
    ['puente evidencia --curso CAP-26-01-13-0446-1 --desde 2026-10-01', 'hasta hoy'],
    ['puente verificar evidencia.zip', 'que nada de él haya cambiado'],
  ).action(async (options: EvidenciaOptions) => context.finish(await evidencia(context, options)));
}

export function declareVerificar(program: Command, context: Context): void {
  const command = program
    .command('verificar')
    .description('comprueba que nada haya cambiado en un ZIP de evidencia')
    .argument('<zip>', 'archivo hecho con «puente evidencia»');
  commonOptions(command).action(async (zip: string) => context.finish(await verificar(context, zip)));
}

async function evidencia(context: Context, options: EvidenciaOptions): Promise<ExitCode> {
  const { evidence, openLedgerToRead } = await import('@puente-sic/engine');
  const { settings } = await loadSettings({ ...options, needsTokens: false, env: context.env });
  const rutOtec = resolveOtec(settings, options);
  const { curso, desde, hasta = santiagoDate(context.clock()) } = options;
  const archivo = path.resolve(
    options.salida ?? `evidencia-${curso.replace(/[^\w.-]+/g, '_')}-${desde}-${hasta}.zip`,
  );
  const ledger = await openLedgerToRead(stateFolder(options.datos, context.env));
  for (const aviso of ledger.avisos) context.onNotice(aviso);
  try {
    const { zip, envios } = await evidence({
      ledger,
      rutOtec,
      curso,
      desde,
      hasta,
      clock: context.clock,
    });
    if (envios === 0) {
      throw new Failure(
        `No hay envíos del curso ${curso} entre el ${desde} y el ${hasta}.`,
        'Revise el codigoOferta y las fechas, y que --datos sea la carpeta con que se envió.',
      );
    }
    // Before it is read, so that the head of the trail in it tells of it too.
    await noteEvidence(ledger, CONSOLE, curso, context.clock());
    const { registros, huella } = await writeNew(archivo, zip);
    if (context.json) context.terminal.json({ archivo, envios, registros, huella });
    print(context, [
      `${context.terminal.colors.green('✔')} ${archivo}`,
      `  ${count(envios, 'envío', 'envíos')}, ${count(registros, 'registro', 'registros')} (alumno × módulo); sin tokens.`,
      `  Huella del manifiesto (SHA-256): ${huella}`,
      '  Anótela en otra parte: con ella se prueba más tarde que nada fue cambiado.',
    ]);
  } finally {
    await ledger.close();
  }
  return EXIT.ok;
}

async function verificar(context: Context, archivo: string): Promise<ExitCode> {
  const { verifyEvidence } = await import('@puente-sic/engine');
  const verification = verifyEvidence(await readBytes(archivo));
  const { huella, problemas, manifiesto } = verification;
  if (context.json) context.terminal.json({ valido: problemas.length === 0, huella, problemas, manifiesto });
  print(context, linesOf(verification, context));
  return problemas.length === 0 ? EXIT.ok : EXIT.data;
}

const PROBLEMAS = { cambiado: 'fue cambiado', falta: 'falta', sobra: 'no estaba cuando se hizo' } as const;

function linesOf({ manifiesto, huella, problemas }: Verification, { terminal }: Context): string[] {
  const { colors } = terminal;
  const about = `${manifiesto.codigoOferta}, del ${manifiesto.desde} al ${manifiesto.hasta}`;
  return [
    problemas.length === 0
      ? `${colors.green('✔')} Nada cambió: ${count(manifiesto.archivos.length, 'archivo', 'archivos')} de ${about}.`
      : `${colors.red('✖')} El ZIP de ${about} no está como se hizo:`,
    ...problemas.map(({ nombre, problema }) => `  ${nombre} ${PROBLEMAS[problema]}`),
    `  Huella del manifiesto (SHA-256): ${huella}`,
  ];
}

function print({ terminal }: Context, lines: string[]): void {
  for (const line of lines) terminal.line(line);
}

/** A ZIP that could not be made to its end is not left behind. */
async function writeNew(archivo: string, zip: Evidence['zip']): Promise<EvidenceMade> {
  const file = await openNew(archivo);
  let whole = false;
  try {
    for (;;) {
      const piece = await zip.next();
      if (piece.done) {
        whole = true;
        return piece.value;
      }
      await file.writeFile(piece.value);
    }
  } finally {
    await file.close();
    if (!whole) await rm(archivo, { force: true });
  }
}

async function openNew(archivo: string): Promise<FileHandle> {
  try {
    return await open(archivo, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST')
      throw new Failure(`Ya existe ${archivo}; no se escribió encima.`, 'Elija otro nombre con --salida.');
    if (code === 'ENOENT' || code === 'EACCES') {
      throw new Failure(
        `No se pudo escribir ${archivo}.`,
        'Revise que la carpeta exista y que usted pueda escribir en ella.',
      );
    }
    throw error;
  }
}
