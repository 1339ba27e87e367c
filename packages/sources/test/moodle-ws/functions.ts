import { OPTIONAL_FUNCTIONS, REQUIRED_FUNCTIONS } from '../../src/moodle/ws/functions.ts';

/** What a service made by the guide has. */
export const SITE_FUNCTIONS: string[] = [
  ...Object.keys(REQUIRED_FUNCTIONS),
  ...Object.keys(OPTIONAL_FUNCTIONS),
];
