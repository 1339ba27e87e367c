import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The one rule: what has e2e in its path belongs to `npm run test:todo`, all the rest to `npm test`. */
const E2E = ['**/e2e/**/*.test.ts', '**/*.e2e.test.ts'];

declare module 'vitest' {
  interface ProvidedContext {
    /** What tests keep their data in: a file of SQLite, or servers of PostgreSQL and MariaDB. */
    stores: 'sqlite' | 'servers';
  }
}

export default defineConfig({
  resolve: {
    // Tests read the sources, so that a forgotten build can never make them pass.
    alias: [
      { find: /^@puente-sic\/(\w+)$/, replacement: `${root}packages/$1/src/index.ts` },
      { find: /^puente-sic$/, replacement: `${root}packages/cli/src/index.ts` },
    ],
  },
  test: {
    // Time limits are for hangs, never for speed.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    reporters: ['default', './test/slowest.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'rapidas',
          include: ['{packages,test,scripts}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...E2E],
          globalSetup: ['test/compile.ts'],
          setupFiles: ['test/draws.ts'],
          provide: { stores: 'sqlite' },
          maxWorkers: '100%',
          // Files share their worker: loading everything anew for each costs more than the tests.
          isolate: false,
          unstubEnvs: true,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'todo',
          include: E2E,
          globalSetup: ['test/build.ts'],
          setupFiles: ['test/draws.ts'],
          provide: { stores: 'servers' },
          // A browser, a database and a program that is killed leave no core for others.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
