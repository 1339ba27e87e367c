import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Both processes of the torture, each as one file. */
export interface Bundle {
  engine: string;
  gestor: string;
  remove(): void;
}

/**
 * They are started some thousand times: as one file without anything to compile, a start costs a sixth. Inside
 * node_modules, so that what is native is still found.
 */
export async function bundle(): Promise<Bundle> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const outDir = mkdtempSync(join(root, 'node_modules', '.tortura-'));
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true, external: ['@photostructure/sqlite', 'pg-native'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      minify: false,
      rollupOptions: {
        input: { engine: here('engine.ts'), gestor: here('gestor.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return {
    engine: join(outDir, 'engine.mjs'),
    gestor: join(outDir, 'gestor.mjs'),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
