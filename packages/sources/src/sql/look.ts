import { type SqlAddress, withDatabase } from './connect.ts';

/**
 * Connects to a database and gives the names of the tables and views that the account sees in it: enough for a person to
 * know whether it is the right one.
 * @throws SourceError where it cannot be reached, does not let the account in, or is no database.
 */
export function tablesSeen(address: SqlAddress, signal: AbortSignal): Promise<string[]> {
  const sql = (Object.entries(LISTS).find(([protocol]) => address.url.startsWith(protocol)) ?? OTHERS)[1];
  return withDatabase(address, signal, async (db) => {
    const names: string[] = [];
    await db.stream(sql, (cells) => {
      names.push(String(cells[0]));
    });
    return names;
  });
}

const LISTS: Record<string, string> = {
  sqlite:
    "select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite%' order by name",
  postgres:
    'select table_name from information_schema.tables where table_schema = any(current_schemas(false)) order by table_name',
  // As a query has to name those of other schemas.
  sqlserver:
    "select case when table_schema = schema_name() then table_name else table_schema + '.' + table_name end from information_schema.tables order by 1",
};
const OTHERS: [string, string] = [
  'mysql',
  'select table_name from information_schema.tables where table_schema = database() order by table_name',
];
