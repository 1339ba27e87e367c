import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** Erasures that wait for a second person, and the second step of who comes in. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
CREATE TABLE pedidoBorrado (              -- goes when it is confirmed, withdrawn, or the person is erased
  id         INTEGER PRIMARY KEY AUTOINCREMENT, -- the audit names it by this alone
  rut        TEXT NOT NULL UNIQUE,
  motivo     TEXT NOT NULL,
  pidio      TEXT NOT NULL,               -- account that asked for it
  pedido     TEXT NOT NULL,
  retuvo     TEXT,                        -- account that holds it; null: nobody does
  retenido   TEXT,
  retencion  TEXT                         -- the ground on which it is held
) STRICT;

CREATE TABLE segundoPaso (                -- accounts that need a code besides the password; its secret is in secreto
  usuarioId INTEGER PRIMARY KEY REFERENCES usuario (id) ON DELETE CASCADE,
  desde     TEXT NOT NULL,
  ultimo    INTEGER NOT NULL              -- the step (30 s) of the last code that let in: it lets in once
) STRICT;
`;
