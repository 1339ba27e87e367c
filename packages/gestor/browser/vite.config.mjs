import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** One file with everything in it, which the service hands out as it is. */
export default defineConfig({
  root: here('.'),
  logLevel: 'warn',
  build: {
    outDir: here('../dist/browser'),
    emptyOutDir: true,
    lib: { entry: here('validador.ts'), formats: ['es'], fileName: () => 'validador.js' },
    target: 'es2022',
  },
});
