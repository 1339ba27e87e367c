import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** Who stands in a course's last list without a RUT that can be read; `orden`: its place among them. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(
    db,
    `CREATE TABLE sinRut (
       rutOtec TEXT NOT NULL,
       codigoOferta TEXT NOT NULL,
       codigoGrupo TEXT NOT NULL,
       orden INTEGER NOT NULL,
       escrito TEXT NOT NULL,
       nombre TEXT,
       lugar TEXT,
       visto TEXT NOT NULL,
       PRIMARY KEY (rutOtec, codigoOferta, codigoGrupo, orden)
     ) STRICT, WITHOUT ROWID;`,
  );
}
