import type { SourceError } from '@puente-sic/sources';

/**
 * Whether a source itself failed. By its name and not by its class: the engine knows sources as a type only, so that
 * whoever installs it does not get every LMS's drivers.
 */
export function isSourceError(error: unknown): error is SourceError {
  return error instanceof Error && error.name === 'SourceError' && 'kind' in error && 'fix' in error;
}
