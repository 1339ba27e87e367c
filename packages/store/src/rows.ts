import type { StatementSyncInstance } from '@photostructure/sqlite';

/**
 * The rows of a statement, one by one. The statement is held until the last of them: the driver's own iterator does not
 * hold it, and one that is collected meanwhile takes the process with it.
 */
export function* rowsOf<Row = Record<string, unknown>>(
  statement: StatementSyncInstance,
  ...parameters: unknown[]
): Generator<Row> {
  try {
    yield* statement.iterate(...parameters);
  } finally {
    statement.columns();
  }
}
