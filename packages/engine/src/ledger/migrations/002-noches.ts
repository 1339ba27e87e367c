import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** Nights of the service, what it looks at between them, its alerts; erasures and secrets. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
CREATE TABLE noche (
  rutOtec     TEXT NOT NULL,
  fuente      TEXT NOT NULL,            -- '*' with curso '*': the night as a whole
  curso       TEXT NOT NULL,            -- the source's own id; '*': which courses there are is not known yet
  noche       TEXT NOT NULL,
  estado      TEXT NOT NULL,            -- pendiente | hecha | perdida
  desde       TEXT NOT NULL,            -- not before: its place in the window, later the next try
  intentos    INTEGER NOT NULL DEFAULT 0,
  motivo      TEXT,                     -- why it is not done yet
  inciertos   TEXT NOT NULL DEFAULT '[]', -- codes that stand between it and being done
  tarde       INTEGER NOT NULL DEFAULT 0, -- done after its window
  actualizado TEXT NOT NULL,
  PRIMARY KEY (rutOtec, noche, fuente, curso)
) STRICT, WITHOUT ROWID;

CREATE TABLE servicio (
  rutOtec TEXT PRIMARY KEY,
  desde   TEXT NOT NULL                 -- first time that the service ran: nights before it were nobody's
) STRICT, WITHOUT ROWID;

CREATE TABLE condicion (
  rutOtec TEXT NOT NULL,
  clave   TEXT NOT NULL,                -- token | conexion | reloj | fuente:NAME
  mal     INTEGER NOT NULL,
  mensaje TEXT NOT NULL,
  desde   TEXT NOT NULL,
  PRIMARY KEY (rutOtec, clave)
) STRICT, WITHOUT ROWID;

CREATE TABLE aviso (
  id       INTEGER PRIMARY KEY,
  rutOtec  TEXT NOT NULL,
  clave    TEXT NOT NULL,               -- what it is about; one per change of state
  canal    TEXT NOT NULL,
  contenido TEXT NOT NULL,              -- JSON
  creado   TEXT NOT NULL,
  desde    TEXT NOT NULL,               -- next try
  intentos INTEGER NOT NULL DEFAULT 0,
  enviado  TEXT
) STRICT;
CREATE TABLE borrado (                  -- one person's data taken out; who it was is not in it
  id        INTEGER PRIMARY KEY,
  cuando    TEXT NOT NULL,
  huella    TEXT NOT NULL,              -- SHA-256 of the RUT, to answer "was this person erased, and when?"
  envios    INTEGER NOT NULL,
  aceptados INTEGER NOT NULL,
  errores   INTEGER NOT NULL
) STRICT;

CREATE TABLE secreto (
  nombre  TEXT PRIMARY KEY,
  cifrado BLOB NOT NULL,                -- AES-256-GCM: nonce, tag, text
  cambiado TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX aviso_resumen ON aviso (rutOtec, clave, canal) WHERE clave LIKE 'resumen:%';
CREATE INDEX aviso_waiting ON aviso (desde) WHERE enviado IS NULL;
`;
