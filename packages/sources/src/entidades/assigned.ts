import { listed } from '../rules/listed.ts';
import { SourceError } from '../source.ts';
import { entityOf, fieldsOf, NO_COLUMN } from './columns.ts';
import { ENTITIES } from './contract.ts';
import type { EntityTable, EntityTables } from './tables.ts';

/** `columnas` of puente.yaml: entity → field → the column that holds it. */
export type AssignedColumns = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** @throws SourceError `wrong` where it names an entity or a field that is none, or one column for two fields. */
export function checkAssigned(columnas: AssignedColumns): void {
  for (const [entity, fields] of Object.entries(columnas)) {
    if (entityOf(entity) !== entity) throw wrong(`la entidad «${entity}»`, ENTITIES);
    const all = new Map(fieldsOf(entity));
    const known = [...all.keys()];
    const columns = new Set<string>();
    for (const [field, column] of Object.entries(fields)) {
      if (!known.includes(field)) throw wrong(`el dato «${field}» de «${entity}»`, known);
      if (column === NO_COLUMN) {
        if (all.get(field)?.required) throw needed(entity, field);
        continue;
      }
      if (columns.has(column)) throw twice(entity, column);
      columns.add(column);
    }
  }
}

/** Tables whose columns are found as they were assigned. */
export function withAssigned(source: EntityTables, columnas: AssignedColumns): EntityTables {
  return {
    findings: source.findings,
    zone: (signal) => source.zone(signal),
    tables: source.tables.map((table): EntityTable => {
      const assigned = columnas[table.entity];
      if (assigned === undefined) return table;
      // Clicks that were read from another column are not added to these.
      const { keptAs } = table;
      return {
        ...table,
        assigned,
        ...(keptAs !== undefined && { keptAs: keptAs + JSON.stringify(assigned) }),
      };
    }),
  };
}

function wrong(what: string, known: readonly string[]): SourceError {
  return new SourceError(
    'wrong',
    `\`columnas\` de puente.yaml nombra ${what}, que no existe.`,
    `Puede ser: ${listed([...known], known.length)}.`,
  );
}

function needed(entity: string, field: string): SourceError {
  return new SourceError(
    'wrong',
    `\`columnas\` dice que «${field}» de «${entity}» no está en ninguna columna, y sin ese dato no se puede informar.`,
    'Diga en qué columna está, o quítelo de `columnas`.',
  );
}

function twice(entity: string, column: string): SourceError {
  return new SourceError(
    'wrong',
    `\`columnas\` de puente.yaml da la columna «${column}» de «${entity}» a dos datos.`,
    'Deje uno solo; si los dos salen de ella, la consulta puede traerla dos veces con otro nombre.',
  );
}
