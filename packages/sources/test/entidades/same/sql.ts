import type { Kind, Site, Value } from './site.ts';
import { isMoment, wallClock } from './written.ts';

type EngineName = 'SQLite' | 'PostgreSQL' | 'MariaDB';

/** The type that each engine's schema would have for a column; a moment with its zone, or on the site's clock. */
const TYPES: Record<EngineName, (kind: Kind, naive: boolean) => string> = {
  SQLite: (kind, naive) =>
    ({
      ...{ key: 'text', text: 'text', day: 'text', yesNo: 'integer', number: 'integer', percent: 'real' },
      ...{ seconds: 'integer', moment: naive ? 'text' : 'integer', done: naive ? 'text' : 'integer' },
    })[kind],
  PostgreSQL: (kind, naive) =>
    ({
      ...{ key: 'varchar(60)', text: 'text', day: 'date', yesNo: 'boolean', number: 'smallint' },
      ...{ percent: 'numeric(8,3)', seconds: 'bigint' },
      ...{ moment: naive ? 'timestamp' : 'timestamptz', done: naive ? 'timestamp' : 'timestamptz' },
    })[kind],
  MariaDB: (kind, naive) =>
    ({
      ...{ key: 'varchar(60)', text: 'varchar(255)', day: 'date', yesNo: 'tinyint(1)', number: 'smallint' },
      ...{ percent: 'decimal(8,3)', seconds: 'bigint' },
      ...{ moment: naive ? 'datetime' : 'timestamp null', done: naive ? 'datetime' : 'timestamp null' },
    })[kind],
};

/** Statements that make the site's tables and fill them, one after another as their rows stand. */
export function siteSql({ tables, naive }: Site, engine: EngineName): string[] {
  return Object.entries(tables).flatMap(([entity, { columns, rows }]) => {
    // What is only ever said to be done or not is no moment.
    const kinds = columns.map(([, kind], at): Kind => {
      const isTruth = kind === 'done' && rows.some((row) => typeof row[at] === 'boolean');
      return isTruth ? 'yesNo' : kind;
    });
    const typed = columns.map(([name], at) => `${name} ${TYPES[engine](kinds[at] as Kind, naive)}`);
    const literals = rows.map((row, index) => {
      const cells = row.map((value, at) => literal(value, kinds[at] as Kind, engine, naive));
      return `(${[index, ...cells].join(', ')})`;
    });
    const charset = engine === 'MariaDB' ? ' default charset utf8mb4' : '';
    return [
      `drop table if exists ${entity}`,
      `create table ${entity} (n integer primary key, ${typed.join(', ')})${charset}`,
      ...(literals.length === 0 ? [] : [`insert into ${entity} values ${literals.join(', ')}`]),
    ];
  });
}

/** A query per entity, with its columns by name. */
export function siteQueries({ tables }: Site): string {
  return Object.entries(tables)
    .map(([entity, { columns }]) => {
      const names = columns.map(([name]) => `${name} as "${name}"`);
      return `-- entidad: ${entity}\nselect ${names.join(', ')} from ${entity} order by n;\n`;
    })
    .join('\n');
}

function literal(value: Value, kind: Kind, engine: EngineName, naive: boolean): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return engine === 'PostgreSQL' ? String(value) : value ? '1' : '0';
  if (isMoment(value, kind)) {
    if (naive) return `'${wallClock(value)}'`;
    if (engine === 'SQLite') return String(value / 1000);
    const utc = new Date(value).toISOString().slice(0, 19).replace('T', ' ');
    return engine === 'PostgreSQL' ? `'${utc}+00'` : `'${utc}'`;
  }
  if (typeof value === 'number') return String(value);
  return `'${value.replaceAll("'", "''")}'`;
}
