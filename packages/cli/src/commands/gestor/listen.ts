import path from 'node:path';
import { Failure, stateFolder } from '@puente-sic/app';
import type { Gestor } from '@puente-sic/gestor';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { type CommonOptions, commonOptions, readWhole } from '../../options.ts';

/** Where a service of ours listens and keeps its data. */
export interface ListenOptions extends CommonOptions {
  puerto: number;
  direccion: string;
  datos?: string;
}

export function listenOptions(command: Command, puerto: number, datos: string): Command {
  return commonOptions(command)
    .option(
      '--puerto <PUERTO>',
      `puerto donde atiende; 0 toma uno libre (si falta: ${puerto})`,
      readWhole(0, 65_535),
      puerto,
    )
    .option(
      '--direccion <IP>',
      'dirección donde atiende (si falta: 127.0.0.1, solo este equipo)',
      '127.0.0.1',
    )
    .option('--datos <DIR>', datos);
}

/** The database that `--datos` names: a folder, or postgres://… as it is. */
export function databaseOf(datos: string | undefined, { env }: Context, name = 'gestor'): string {
  const folder = datos ?? path.join(stateFolder(undefined, env), name);
  return /^postgres(ql)?:\/\//.test(folder) ? folder : path.resolve(folder);
}

/** What else a served service ends by, and what is done with it before it closes. */
export interface Ending<T> {
  /** Resolves when the service is to end by itself; the signal fires when the process is asked to end. */
  until?: (service: T, signal: AbortSignal) => Promise<void>;
  before?: (service: T) => Promise<void>;
}

/** Starts a service, tells where it is, and ends it when the process is asked to end or it is done. */
export async function serveUntilStopped<T extends Gestor>(
  { terminal, json, signal }: Context,
  options: ListenOptions,
  start: () => Promise<T>,
  lines: (service: T) => string[],
  { until, before }: Ending<T> = {},
): Promise<void> {
  const service = await start().catch((error: unknown) => {
    throw listenFailure(error, options) ?? error;
  });
  if (json) terminal.json({ url: service.url, puerto: service.port });
  for (const line of [...lines(service), 'Se detiene con Ctrl-C.']) terminal.line(line);
  if (until) await until(service, signal);
  else if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }
  await before?.(service);
  await service.close();
}

function listenFailure(error: unknown, { puerto, direccion }: ListenOptions): Failure | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Failure(
      `El puerto ${puerto} ya lo usa otro programa.`,
      'Elija otro con --puerto, o 0 para tomar uno libre.',
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new Failure(
      `No se puede atender en ${direccion}, puerto ${puerto}.`,
      'Elija otro con --puerto y --direccion.',
    );
  }
  return null;
}
