import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** What settling needs to survive a restart, how far a history was read, and which sends it was seen to have. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
ALTER TABLE envio ADD COLUMN porComprobar INTEGER NOT NULL DEFAULT 0; -- told as not taken: the history is asked before it is sent again
ALTER TABLE envio ADD COLUMN preguntado TEXT;      -- first time that SENCE was asked after the cut, by this computer's clock
ALTER TABLE envio ADD COLUMN preguntadoSence TEXT; -- the same by SENCE's clock; null where it does not tell
ALTER TABLE envio ADD COLUMN procesoAnterior INTEGER; -- the highest process number known when it left
ALTER TABLE envio ADD COLUMN confirmado TEXT;      -- when the history was seen to have all that was accepted
CREATE INDEX envio_unproven ON envio (rutOtec) WHERE porComprobar = 1;

CREATE TABLE historial (
  rutOtec TEXT PRIMARY KEY,
  hasta   TEXT NOT NULL,                -- last day wholly read, YYYY-MM-DD; later readings begin the day before
  leido   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was taken over from a history whose seccion_cod was the module's code: the group is not known.
UPDATE OR REPLACE aceptado SET codigoGrupo = '' WHERE huella IS NULL AND codigoGrupo = codigoModulo;
`;
