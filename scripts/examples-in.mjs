import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/*
 * The published command plays its demonstration without the repository: examples/ goes along while it is packed. What
 * generates them, and the other senders, stay at home.
 */
const own = fileURLToPath(new URL('../packages/cli/examples/', import.meta.url));
const root = fileURLToPath(new URL('../examples/', import.meta.url));
const STAYS = /^(generador|generar\.ts|php|python|sdk)/;

rmSync(own, { recursive: true, force: true });
if (process.argv[2] !== '--quitar') {
  cpSync(root, own, { recursive: true, filter: (path) => !STAYS.test(path.slice(root.length)) });
}
