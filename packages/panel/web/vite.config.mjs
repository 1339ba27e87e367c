import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Also where a test builds it, whose NODE_ENV would bring React's slow and large development build.
process.env.NODE_ENV = 'production';

/** The panel's screens: files with the hash of their content in the name, handed out by packages/panel/src. */
export default defineConfig({
  root: here('.'),
  logLevel: 'warn',
  // Nothing inline: the panel's Content-Security-Policy allows no script and no style but its own files.
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // «use client» in the libraries speaks to server rendering, which there is none of.
      onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
    },
  },
});
