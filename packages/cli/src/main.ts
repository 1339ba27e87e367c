import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { runProgram } from './program.ts';
import { report } from './report.ts';
import { processTerminal } from './terminal.ts';

await main(process.argv.slice(2));

async function main(argv: string[]): Promise<void> {
  const json = argv.includes('--json');
  const terminal = processTerminal(process, json);
  let sending = false;
  let stop: AbortSignal | undefined;
  let code: ExitCode = EXIT.ok;
  const context: Context = {
    terminal,
    json,
    onNotice: (text) => terminal.notice(`Aviso: ${text}`),
    env: process.env,
    stdin: process.stdin,
    get signal() {
      stop ??= stopSignal();
      return stop;
    },
    clock: () => new Date(),
    finish: (finished) => {
      code = finished;
    },
    sending: () => {
      sending = true;
    },
  };
  surviveClosedPipes();
  try {
    await runProgram(argv, context);
  } catch (error) {
    code = report(error, terminal, json, sending);
  }
  process.exitCode = code;
}

/**
 * For commands that ask for it; the others simply end. The first Ctrl-C (or a service manager's stop) asks to finish, the
 * second one ends at once.
 */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

/** `puente enviar | head` closes the pipe early; the send goes on to its end and keeps its exit code. */
function surviveClosedPipes(): void {
  const readerGone = new Set<string | undefined>(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!readerGone.has(error.code)) throw error;
    });
  }
}
