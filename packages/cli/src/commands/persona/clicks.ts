import type { Context } from '../../context.ts';

/** What is kept of Moodle's log knows no RUT, so that neither an export nor an erasure finds a person in it. */
export function tellClicks({ terminal }: Context, files: readonly string[]): void {
  if (files.length === 0) return;
  terminal.line(
    '  No incluye los clics leídos de Moodle, que se guardan por número de cuenta, sin RUT ni nombre, en:',
  );
  for (const file of files) terminal.line(`    ${file}`);
}
