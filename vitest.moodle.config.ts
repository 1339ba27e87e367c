import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** `npm run test:moodle`: real sites' dumps against what must be found in them. Not part of `npm test`. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    projects: undefined,
    include: ['packages/sources/test/moodle-datos/*.check.ts'],
    globalSetup: [],
  },
});
