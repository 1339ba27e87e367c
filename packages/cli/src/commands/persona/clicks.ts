import type { Context } from '../../context.ts';

/** Clicks of accounts of which no reading has said whose they are: neither an export nor an erasure finds a person in them. */
export function tellClicks({ terminal }: Context, files: readonly string[]): void {
  if (files.length === 0) return;
  terminal.line('  No alcanza a los clics de cuentas que no se sabe de quién son, sin RUT ni nombre, en:');
  for (const file of files) terminal.line(`    ${file}`);
}
