import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound } from '../http/refusal.ts';

/** What a rehearsal hands out. */
export function ejemplos(mount: Mount, { ejemplos: folder }: Context): void {
  const names = async () => (folder === null ? [] : (await readdir(folder)).sort());

  mount('ejemplos', async () => ({ archivos: await names() }));

  mount('ejemplo', async ({ params: { archivo }, reply }) => {
    // One of the folder's own names: no other path can be asked for.
    const known = (await names()).find((name) => name === archivo);
    if (folder === null || known === undefined) throw notFound('Ese archivo de ejemplo no existe.');
    reply.header('content-disposition', `attachment; filename="${known}"`).type('application/octet-stream');
    return reply.send(await readFile(join(folder, known)));
  });
}
