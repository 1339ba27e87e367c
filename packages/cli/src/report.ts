import { Failure } from '@puente-sic/app';
import { mask } from '@puente-sic/protocol';
import { EXIT, type ExitCode } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** Tells what stopped a command and gives its exit code. A defect shows its stack, without secrets. */
export function report(error: unknown, terminal: Terminal, json: boolean, wasSending: boolean): ExitCode {
  const failure = asFailure(error);
  if (json)
    terminal.json({ error: { mensaje: failure?.message ?? DEFECT, queHacer: failure?.fix ?? DEFECT_FIX } });
  if (!failure) {
    terminal.notice(mask(error instanceof Error ? (error.stack ?? error.message) : String(error)));
    if (!json) terminal.notice(`\n✖ ${DEFECT}\n  → ${DEFECT_FIX}`);
    return wasSending ? EXIT.unknown : EXIT.usage;
  }
  if (!json) {
    terminal.notice(
      `✖ ${failure.message.replaceAll('\n', '\n  ')}\n  → ${failure.fix.replaceAll('\n', '\n    ')}`,
    );
  }
  // What became of a send could not be written down: the next one asks SENCE.
  return wasSending && error instanceof Error && error.name === 'StoreError'
    ? EXIT.unknown
    : failure.exitCode;
}

const DEFECT = 'Esto es un defecto de puente, no un error suyo.';
const DEFECT_FIX =
  'Envíe el texto de arriba a quienes mantienen el programa. Si estaba enviando, «puente historial» muestra qué llegó.';

const FIXABLE: readonly string[] = [
  'SourceError',
  'EngineFailure',
  'StoreError',
  'StartError',
  'ArchivoError',
];

/**
 * The parts below throw errors of their own that already carry what happened and what to do; which of them it is
 * shows in the name, so that a command that fails early has not loaded them.
 */
function asFailure(error: unknown): Failure | null {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return null;
  if (error.name === 'GestorError' && 'mensaje' in error && 'queHacer' in error) {
    return new Failure(String(error.mensaje), String(error.queHacer), EXIT.connection);
  }
  if (FIXABLE.includes(error.name) && 'fix' in error) {
    const isDown = 'kind' in error && error.kind === 'down';
    return new Failure(error.message, String(error.fix), isDown ? EXIT.connection : EXIT.usage);
  }
  if (error.name === 'AbortError') {
    return new Failure('Se interrumpió.', 'Repita la orden cuando quiera.', EXIT.connection);
  }
  if (error.name === 'RegistryError')
    return new Failure(error.message, 'Corrija el archivo del registro y repita.');
  return null;
}
