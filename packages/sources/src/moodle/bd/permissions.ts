import { type Db, type DbKind, type DbSettings, text } from '../../db/db.ts';
import { addressOf, withSnapshot } from './connect.ts';
import { ACTIVITY_COLUMNS, nothingSeen, prefixesSeen, prefixOf, TABLES, visibleColumns } from './tables.ts';

/** What a read-only account for puente is made with. */
export interface PermissionsRequest {
  kind: DbKind;
  /** Name of Moodle's database; of its schema too in PostgreSQL where it is not `public`. */
  database: string;
  schema?: string;
  prefijo?: string;
  user?: string;
  /** Where puente connects from, for MySQL and MariaDB; `%` is anywhere. */
  host?: string;
  /** Types of activity of the site. Default: those that Moodle brings, and the usual ones of live classes. */
  activityTypes?: string[];
  /** Columns that this site's version has, by table without prefix; those of the newest version when left out. */
  columns?: Map<string, Set<string>>;
}

/** Types of activity that Moodle brings, and the usual ones of live classes. */
const USUAL_TYPES = [
  ...['assign', 'bigbluebuttonbn', 'book', 'choice', 'data', 'feedback', 'folder', 'forum', 'glossary'],
  ...['h5pactivity', 'imscp', 'label', 'lesson', 'lti', 'page', 'quiz', 'resource', 'scorm', 'subsection'],
  ...['url', 'wiki', 'workshop'],
];

/** SQL that makes an account which can read the tables and columns that puente reads, and nothing else. */
export function permissionsSql(request: PermissionsRequest): string {
  return (request.kind === 'mysql' ? mysqlSql : postgresSql)(request, grantsOf(request)).join('\n');
}

function mysqlSql(
  { database, user = 'puente_lectura', host = '%' }: PermissionsRequest,
  grants: Grant[],
): string[] {
  const name = `'${user}'@'${host}'`;
  return [
    '-- Cuenta de solo lectura para Puente. Cambie la clave, y «%» por el equipo desde el que se conecta.',
    `CREATE USER ${name} IDENTIFIED BY 'CAMBIE-ESTA-CLAVE';`,
    ...grants.flatMap((grant) => grantSql('mysql', grant, database, name)),
  ];
}

function postgresSql(
  { database, schema = 'public', user = 'puente_lectura' }: PermissionsRequest,
  grants: Grant[],
): string[] {
  const quote = QUOTES.postgres;
  return [
    '-- Cuenta de solo lectura para Puente. Cambie la clave. Ejecútelo conectado a la base de Moodle.',
    `CREATE ROLE ${quote(user)} LOGIN PASSWORD 'CAMBIE-ESTA-CLAVE';`,
    `ALTER ROLE ${quote(user)} SET default_transaction_read_only = on;`,
    `GRANT CONNECT ON DATABASE ${quote(database)} TO ${quote(user)};`,
    `GRANT USAGE ON SCHEMA ${quote(schema)} TO ${quote(user)};`,
    ...grants.flatMap((grant) => grantSql('postgres', grant, schema, quote(user))),
  ];
}

const QUOTES: Record<DbKind, (identifier: string) => string> = {
  mysql: (identifier) => `\`${identifier.replaceAll('`', '``')}\``,
  postgres: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
};

/** `place`: the database, in PostgreSQL the schema. `account`: as SQL. */
function grantSql(kind: DbKind, { table, columns, note }: Grant, place: string, account: string): string[] {
  const quote = QUOTES[kind];
  return [
    ...(note === undefined ? [] : [`-- ${note}`]),
    `GRANT SELECT (${columns.map(quote).join(', ')}) ON ${quote(place)}.${quote(table)} TO ${account};`,
  ];
}

interface Grant {
  table: string;
  columns: readonly string[];
  /** Only some versions have these columns: a comment before the statement. */
  note?: string;
}

function grantsOf({ prefijo = 'mdl_', activityTypes = USUAL_TYPES, columns }: PermissionsRequest): Grant[] {
  const grants: Grant[] = Object.entries(TABLES).flatMap(([table, wanted]) => {
    const optional = 'optional' in wanted ? wanted.optional : [];
    const there = columns?.get(table);
    const name = prefijo + table;
    if (there)
      return [{ table: name, columns: [...wanted.needed, ...optional].filter((one) => there.has(one)) }];
    const note = 'Solo versiones nuevas de Moodle tienen lo que sigue: si da error, no hace falta.';
    return [
      { table: name, columns: wanted.needed },
      ...(optional.length > 0 ? [{ table: name, columns: optional, note }] : []),
    ];
  });
  return [...grants, ...activityTypes.map((type) => ({ table: prefijo + type, columns: ACTIVITY_COLUMNS }))];
}

/** What an account may do, against what puente needs. */
export interface PermissionCheck {
  /** `mdl_course` or `mdl_course.enddate`: needed and not to be read. Empty = all well. */
  missing: string[];
  /** Not to be read, and puente does without: told so that nobody wonders. */
  optional: string[];
  /** Types of activity whose names cannot be read: they are sent as `zoom 12`. */
  unnamed: string[];
  /** Tables that the account could write to. It should not be able to. */
  writable: string[];
  /** The SQL that gives this account what is missing and nothing else; blank where nothing is. */
  sql: string;
}

/**
 * Checks an account against what is read.
 * @throws SourceError when the database cannot be reached.
 */
export function checkPermissions(
  settings: DbSettings & { prefijo?: string },
  signal?: AbortSignal,
): Promise<PermissionCheck> {
  const { kind, user } = addressOf(settings);
  return withSnapshot(settings, signal, async (db) => {
    const prefijo = await prefixOf(db, settings.prefijo ?? 'mdl_');
    const seen = await visibleColumns(db, prefijo, Object.keys(TABLES));
    if (seen.size === 0) throw nothingSeen(prefijo, await prefixesSeen(db));
    const types = seen.get('modules')?.has('name')
      ? (await db.rows(`select name from ${db.quote(`${prefijo}modules`)} order by name`)).map((row) =>
          text(row.name),
        )
      : undefined;
    const ofTypes = await visibleColumns(db, prefijo, types ?? []);
    const unnamed = (types ?? []).filter(
      (type) => !ACTIVITY_COLUMNS.every((column) => ofTypes.get(type)?.has(column)),
    );
    const grants = [
      ...grantsLacking(seen, prefijo),
      ...unnamed.map((type) => ({ table: prefijo + type, columns: ACTIVITY_COLUMNS })),
    ];
    const { place, account } = await whoAmI(db, user);
    return {
      ...lackingOf(seen, prefijo),
      unnamed,
      writable: await writableTables(db, prefijo),
      sql: grants.flatMap((grant) => grantSql(kind, grant, place, account)).join('\n'),
    };
  });
}

/** What each table's grant has to be extended by. */
function grantsLacking(seen: Map<string, Set<string>>, prefijo: string): Grant[] {
  return Object.entries(TABLES).flatMap(([table, wanted]) => {
    const lacks = (column: string): boolean => seen.get(table)?.has(column) !== true;
    const needed = wanted.needed.filter(lacks);
    const optional = ('optional' in wanted ? wanted.optional : []).filter(lacks);
    const name = prefijo + table;
    return [
      ...(needed.length > 0 ? [{ table: name, columns: needed }] : []),
      ...optional.map((column) => ({ table: name, columns: [column], note: ONLY_SOME })),
    ];
  });
}

const ONLY_SOME =
  'Puente sigue sin lo que sigue, y algunas versiones de Moodle no lo tienen: si da error, no hace falta.';

/** Where the tables are and who asks, as SQL for a grant. */
async function whoAmI(db: Db, user: string): Promise<{ place: string; account: string }> {
  if (db.kind === 'postgres') {
    const [row] = await db.rows('select current_schema() as place');
    return { place: text(row?.place), account: QUOTES.postgres(user) };
  }
  const [row] = await db.rows('select database() as place, current_user() as account');
  const account = text(row?.account);
  const at = account.lastIndexOf('@');
  return { place: text(row?.place), account: `'${account.slice(0, at)}'@'${account.slice(at + 1)}'` };
}

function lackingOf(
  seen: Map<string, Set<string>>,
  prefijo: string,
): Pick<PermissionCheck, 'missing' | 'optional'> {
  const missing: string[] = [];
  const optional: string[] = [];
  for (const [table, wanted] of Object.entries(TABLES)) {
    const columns = seen.get(table);
    const lacking = wanted.needed.filter((column) => !columns?.has(column));
    const extra = 'optional' in wanted ? wanted.optional.filter((column) => !columns?.has(column)) : [];
    const names = (list: readonly string[]): string[] =>
      columns ? list.map((column) => `${prefijo}${table}.${column}`) : [prefijo + table];
    if (lacking.length > 0) ('withheld' in wanted ? optional : missing).push(...names(lacking));
    if (columns && extra.length > 0) optional.push(...names(extra));
  }
  return { missing, optional };
}

async function writableTables(db: Db, prefijo: string): Promise<string[]> {
  if (db.kind === 'postgres') {
    const rows = await db.rows(
      `select table_name as tab from information_schema.tables
       where table_schema = current_schema() and left(table_name, ?) = ?
         and has_table_privilege(quote_ident(table_schema) || '.' || quote_ident(table_name), 'insert, update, delete, truncate')
       order by 1`,
      [String(prefijo.length), prefijo],
    );
    return rows.map((row) => text(row.tab));
  }
  const rows = await db.rows('show grants');
  const grants = rows.map((row) => String(Object.values(row)[0]));
  return grants
    .filter((grant) => /^GRANT (?:ALL|.*\b(?:INSERT|UPDATE|DELETE|DROP|ALTER|CREATE)\b)/i.test(grant))
    .map((grant) => /\bON (\S+) TO\b/i.exec(grant)?.[1] ?? grant);
}
