import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** Hoy asks for what is odd among thousands of rows, without reading all that is as it should be. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
CREATE INDEX envio_unknown ON envio (rutOtec, noche)
  WHERE estado IN ('aceptado', 'parcial', 'rechazado') AND registros > aceptados + rechazados;
CREATE INDEX noche_open ON noche (rutOtec, noche) WHERE estado != 'hecha';
`;
