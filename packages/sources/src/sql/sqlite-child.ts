import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';

/** What the parent asks for: a query whose rows are sent in batches, each once the one before was taken. */
export interface Ask {
  sql: string;
  parameters: string[];
}

export type Said =
  | { columns: string[] }
  /** `more`: there may be others, when these were taken. */
  | { rows: unknown[][]; more: boolean }
  | { failed: { message: string; code: string | undefined } };

const BATCH = 500;

/** Runs in a process of its own, so that a query which never ends can be ended: nothing else stops SQLite. */
function main(file: string): void {
  let db: DatabaseSyncInstance | null = null;
  // Whoever iterates must hold the statement too: collected meanwhile, it takes the process with it.
  let statement: StatementSyncInstance | null = null;
  let rest: Iterator<unknown> | null = null;
  process.on('message', (asked: Ask | 'next') => {
    try {
      db ??= open(file);
      if (asked !== 'next') {
        statement = db.prepare(asked.sql);
        statement.setReturnArrays(true);
        say({ columns: statement.columns().map((column: { name: string }) => column.name) });
        rest = statement.iterate(...asked.parameters);
      }
      const rows: unknown[][] = [];
      while (rows.length < BATCH) {
        const next = rest?.next();
        if (!next || next.done) return say({ rows, more: false });
        rows.push(next.value as unknown[]);
      }
      say({ rows, more: true });
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      say({ failed: { message, code } });
    }
  });
  process.on('disconnect', () => process.exit(0));
}

function open(file: string): DatabaseSyncInstance {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  db.exec('pragma query_only = on; begin');
  return db;
}

function say(said: Said): void {
  process.send?.(said);
}

main(process.argv[2] as string);
