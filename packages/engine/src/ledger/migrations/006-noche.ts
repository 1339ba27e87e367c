import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** Why a course of a night is not done, what stops a provider, what a night tells, who was in its courses. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
ALTER TABLE noche ADD COLUMN causa TEXT; -- what keeps it from being done, or lost it: no-entregado, token…

CREATE TABLE lectura (                   -- one source's readings of one night
  rutOtec     TEXT NOT NULL,
  noche       TEXT NOT NULL,
  fuente      TEXT NOT NULL,
  lecturas    INTEGER NOT NULL,          -- begun, also those that a crash cut
  proxima     TEXT NOT NULL,             -- not before
  actualizado TEXT NOT NULL,
  PRIMARY KEY (rutOtec, noche, fuente)
) STRICT, WITHOUT ROWID;

CREATE TABLE freno (                     -- a provider for which no call can succeed now
  rutOtec     TEXT PRIMARY KEY,
  clave       TEXT NOT NULL,             -- token | conexion
  noche       TEXT NOT NULL,             -- whose requests are counted
  pedidos     INTEGER NOT NULL,          -- requests of any kind that failed by it in that night
  mensaje     TEXT NOT NULL,
  queHacer    TEXT NOT NULL,
  proximo     TEXT NOT NULL,             -- the next connection test
  huella      TEXT NOT NULL,             -- SHA-256 of the credentials that it is about
  actualizado TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dicho (                     -- what a night has to tell a person
  rutOtec      TEXT NOT NULL,
  noche        TEXT NOT NULL,
  fuente       TEXT NOT NULL,
  curso        TEXT NOT NULL,            -- as in noche; '*': of the source as a whole
  orden        INTEGER NOT NULL,
  codigoOferta TEXT,
  codigoGrupo  TEXT,
  titulo       TEXT,
  rut          TEXT,
  nombre       TEXT,
  causa        TEXT NOT NULL,
  gravedad     TEXT NOT NULL,            -- rojo | amarillo | gris
  mensaje      TEXT NOT NULL,            -- names no student: rut and nombre do
  queHacer     TEXT NOT NULL,
  PRIMARY KEY (rutOtec, noche, fuente, curso, orden)
) STRICT, WITHOUT ROWID;

CREATE TABLE alumno (                    -- who was in a course when it was last read
  rutOtec      TEXT NOT NULL,
  codigoOferta TEXT NOT NULL,
  codigoGrupo  TEXT NOT NULL,
  rut          TEXT NOT NULL,
  nombre       TEXT,
  visto        TEXT NOT NULL,            -- last night that the source had the student
  fin          TEXT,                     -- last day of the enrolment
  ausente      TEXT,                     -- night on which it was told that the student is missing
  PRIMARY KEY (rutOtec, codigoOferta, codigoGrupo, rut)
) STRICT, WITHOUT ROWID;

ALTER TABLE curso ADD COLUMN visto TEXT;     -- last night on which its source gave it
ALTER TABLE curso ADD COLUMN ultimoDia TEXT; -- of the course or of its last enrolment
ALTER TABLE curso ADD COLUMN noPedido TEXT;  -- night on which it was told that it is not asked for any more
`;
