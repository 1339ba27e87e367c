import { StoreError } from '@puente-sic/store';

/** Whether an error means that the database cannot be reached or cannot write now, rather than a bug of ours. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StoreError) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/.test(code) ||
    // PostgreSQL: connection failures, server stopping or starting, disk full, too many connections.
    /^(08|57P|53)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|database is locked|disk is full/.test(
      error.message,
    )
  );
}
