import { readFileSync } from 'node:fs';
import { isObject } from '../judge/values.ts';

/** Of this package, as published; named on every report. */
export const KIT_VERSION = readVersion();

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (isObject(manifest) && typeof manifest.version === 'string') return manifest.version;
  throw new Error('package.json has no version');
}
