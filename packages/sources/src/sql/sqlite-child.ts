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
  let width = 0;
  process.on('message', (asked: Ask | 'next') => {
    try {
      db ??= open(file);
      if (asked !== 'next') {
        const names = namesOf(db.prepare(asked.sql));
        width = names.length;
        statement = withCuts(db, asked.sql);
        statement.setReturnArrays(true);
        say({ columns: names });
        rest = statement.iterate(...asked.parameters);
      }
      const rows: unknown[][] = [];
      while (rows.length < BATCH) {
        const next = rest?.next();
        if (!next || next.done) return say({ rows, more: false });
        rows.push(marked(next.value as unknown[], width));
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

/**
 * The query with one column more, that names the texts with a NUL in them: the driver cuts a text there without a word.
 * A query that cannot stand within another goes as it is.
 */
function withCuts(db: DatabaseSyncInstance, sql: string): StatementSyncInstance {
  const query = `(\n${sql.replace(/[;\s]+$/, '')}\n)`;
  try {
    const cuts = namesOf(db.prepare(`select * from ${query} limit 0`)).map((name, index) => {
      const column = `"${name.replaceAll('"', '""')}"`;
      return `case when typeof(${column}) = 'text' and instr(${column}, char(0)) > 0 then '${index},' else '' end`;
    });
    return db.prepare(`select *, ${cuts.join(' || ')} from ${query}`);
  } catch {
    return db.prepare(sql);
  }
}

function namesOf(statement: StatementSyncInstance): string[] {
  return statement.columns().map((column: { name: string }) => column.name);
}

/** A text that was cut has its NUL again: whoever reads it tells that it is none. */
function marked(row: unknown[], width: number): unknown[] {
  if (row.length === width) return row;
  const cuts = row.pop();
  if (typeof cuts !== 'string' || cuts === '') return row;
  for (const index of cuts.split(',').slice(0, -1)) row[Number(index)] = `${row[Number(index)]}\0`;
  return row;
}

function say(said: Said): void {
  process.send?.(said);
}

main(process.argv[2] as string);
