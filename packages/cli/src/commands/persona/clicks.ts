import type { Context } from '../../context.ts';

/** What is kept of an LMS's clicks knows no RUT, so that neither an export nor an erasure finds a person in it. */
export function tellClicks({ terminal }: Context, files: readonly string[]): void {
  if (files.length === 0) return;
  terminal.line('  No incluye los clics leídos del LMS, que se guardan por cuenta, sin RUT ni nombre, en:');
  for (const file of files) terminal.line(`    ${file}`);
}
