import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** Courses that a source has and that are not reported: told, until a person says whether they are. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
CREATE TABLE cursoNuevo (
  rutOtec      TEXT NOT NULL,
  fuente       TEXT NOT NULL,
  curso        TEXT NOT NULL,           -- as its source calls it; '*': the source has been looked at
  codigoOferta TEXT NOT NULL,
  codigoGrupo  TEXT NOT NULL,           -- '': all its groups, which only a reading would tell
  titulo       TEXT NOT NULL,
  alumnos      INTEGER,                 -- null: only a reading would tell
  primerDia    TEXT,                    -- YYYY-MM-DD
  ultimoDia    TEXT,
  clase        TEXT NOT NULL,           -- nuevo | antiguo (was there when courses were chosen) | terminado (before puente)
  desde        TEXT NOT NULL,           -- the night that first saw it
  PRIMARY KEY (rutOtec, fuente, curso, codigoOferta, codigoGrupo)
) STRICT;
CREATE INDEX decision_course ON decision (rutOtec) WHERE hasta IS NULL AND rut IS NULL AND codigoModulo IS NULL;
`;
