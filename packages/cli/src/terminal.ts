import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import { inert, inertJson } from './print/inert.ts';

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
/** Columns beyond which text is tiring to read, however wide the screen is. */
const READABLE = 100;

/** Colour and progress only on a screen, never under NO_COLOR or TERM=dumb. */
export function processTerminal(
  { stdout, stderr, env }: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'>,
  json: boolean,
): Terminal {
  const plain = Boolean(env.NO_COLOR) || env.TERM === 'dumb';
  const terminal = plainTerminal(
    (text) => stdout.write(text),
    (text) => stderr.write(text),
    stdout.isTTY ? Math.max(40, stdout.columns || 80) : NO_MARGIN,
  );
  return {
    ...terminal,
    ...(json && { line: () => {}, paragraph: () => {} }),
    colors: pc.createColors(Boolean(stdout.isTTY) && !plain),
    live: stderr.isTTY && !plain && !json ? stderr : null,
  };
}

/** Text without colour. */
export function plainTerminal(
  out: (text: string) => void,
  err: (text: string) => void,
  width: number = NO_MARGIN,
): Terminal {
  const write = (text: string) => out(`${inert(text)}\n`);
  return {
    width,
    colors: pc.createColors(false),
    live: null,
    line: (text = '') => write(text),
    paragraph: (text, indent = '', first = indent) => {
      const room = Math.max(20, Math.min(width, READABLE) - indent.length);
      const lines = (width === NO_MARGIN ? text : wrapAnsi(text, room)).split('\n');
      write(lines.map((line, index) => (index === 0 ? first : indent) + line).join('\n'));
    },
    json: (value) => out(`${inertJson(value)}\n`),
    notice: (text) => err(`${inert(text)}\n`),
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
