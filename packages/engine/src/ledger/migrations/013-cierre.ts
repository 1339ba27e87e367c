import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** What a provider's people write of the end of their courses, and the steps that they have done. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
CREATE TABLE cierre (                     -- without course codes: of all courses of the provider that say nothing else
  rutOtec      TEXT NOT NULL,
  codigoOferta TEXT NOT NULL DEFAULT '',
  codigoGrupo  TEXT NOT NULL DEFAULT '',
  programa     TEXT CHECK (programa IN ('franquicia', 'social', 'otro')), -- null: nobody has said
  minAvance    REAL,                      -- percentage, 0-100; null: no minimum
  minHoras     REAL,                      -- hours connected; null: no minimum
  valor        INTEGER,                   -- pesos per student, as the provider reckons; null: it says nothing of money
  PRIMARY KEY (rutOtec, codigoOferta, codigoGrupo)
) STRICT;

CREATE TABLE pasoCierre (
  rutOtec      TEXT NOT NULL,
  codigoOferta TEXT NOT NULL,
  codigoGrupo  TEXT NOT NULL,
  paso         TEXT NOT NULL,
  quien        TEXT NOT NULL,
  cuando       TEXT NOT NULL,
  PRIMARY KEY (rutOtec, codigoOferta, codigoGrupo, paso)
) STRICT;
`;
