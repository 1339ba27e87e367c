import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';

export type Colors = ReturnType<typeof pc.createColors>;

/** Where a command writes: results to the standard output, notices and progress to the standard error. */
export interface Terminal {
  /** Result lines for a person; silent under `--json`. */
  line(text?: string): void;
  /** A paragraph, wrapped to the width, each of its lines behind the indent. */
  paragraph(text: string, indent?: string, first?: string): void;
  /** The one JSON document of `--json`. */
  json(value: unknown): void;
  /** A notice beside the result; also under `--json`. */
  notice(text: string): void;
  /** Columns of the screen; very wide where the output goes into a file or another program. */
  width: number;
  colors: Colors;
  /** The standard error is a screen and shows the current state of long work. */
  live: NodeJS.WriteStream | null;
}

/** Wide enough that nothing is wrapped: a program or a file has no margin. */
const NO_MARGIN = 10_000;

/** Colour only on a terminal, never under NO_COLOR or TERM=dumb. */
export function createTerminal(
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
  json: boolean,
): Terminal {
  const plain = Boolean(env.NO_COLOR) || env.TERM === 'dumb';
  const width = stdout.isTTY ? Math.max(40, stdout.columns || 80) : NO_MARGIN;
  const write = (text: string) => stdout.write(`${text}\n`);
  return {
    width,
    colors: pc.createColors(Boolean(stdout.isTTY) && !plain),
    live: stderr.isTTY && !plain && !json ? stderr : null,
    line: (text = '') => {
      if (!json) write(text);
    },
    paragraph: (text, indent = '', first = indent) => {
      if (json) return;
      const lines = wrapAnsi(text, Math.max(20, Math.min(width, 100) - indent.length), { hard: false }).split(
        '\n',
      );
      const whole = width === NO_MARGIN ? text.split('\n') : lines;
      write(whole.map((line, index) => (index === 0 ? first : indent) + line).join('\n'));
    },
    json: (value) => {
      write(JSON.stringify(value, null, 2));
    },
    notice: (text) => {
      stderr.write(`${text}\n`);
    },
  };
}

/** The same terminal with everything moved to the right. */
export function indented(terminal: Terminal, by: string): Terminal {
  return {
    ...terminal,
    width: terminal.width - by.length,
    line: (text = '') => terminal.line(text === '' ? '' : by + text),
    paragraph: (text, indent = '', first = indent) => terminal.paragraph(text, by + indent, by + first),
  };
}
