import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** What a source said of each course, and who may enter the panel. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
ALTER TABLE error ADD COLUMN url TEXT;      -- where it is corrected in the LMS
ALTER TABLE error ADD COLUMN conocido TEXT; -- since when somebody has it marked as known
CREATE INDEX envio_recent ON envio (creado, codigoEnvio);

CREATE TABLE curso (                     -- what its source said of it when it was last sent
  rutOtec      TEXT NOT NULL,
  codigoOferta TEXT NOT NULL,
  codigoGrupo  TEXT NOT NULL,
  fuente       TEXT NOT NULL,
  curso        TEXT NOT NULL,            -- the source's own id, as in noche
  titulo       TEXT NOT NULL,
  url          TEXT,
  alumnos      INTEGER NOT NULL,
  actualizado  TEXT NOT NULL,
  PRIMARY KEY (rutOtec, codigoOferta, codigoGrupo)
) STRICT, WITHOUT ROWID;

CREATE TABLE usuario (
  id            INTEGER PRIMARY KEY,
  usuario       TEXT NOT NULL COLLATE NOCASE UNIQUE,
  clave         TEXT NOT NULL,           -- argon2id
  rol           TEXT NOT NULL,           -- administrador | operador | lector
  creado        TEXT NOT NULL,
  ultimoIngreso TEXT
) STRICT;
CREATE TABLE sesion (
  huella    TEXT PRIMARY KEY,            -- SHA-256 of the cookie
  usuarioId INTEGER NOT NULL REFERENCES usuario (id) ON DELETE CASCADE,
  creada    TEXT NOT NULL,
  vista     TEXT NOT NULL                -- last use
) STRICT, WITHOUT ROWID;
CREATE TABLE claveApi (
  id        INTEGER PRIMARY KEY,
  nombre    TEXT NOT NULL,
  huella    TEXT NOT NULL UNIQUE,        -- SHA-256 of the key
  rol       TEXT NOT NULL,
  creada    TEXT NOT NULL,
  ultimoUso TEXT
) STRICT;
CREATE TABLE bitacora (
  id        INTEGER PRIMARY KEY,
  cuando    TEXT NOT NULL,
  quien     TEXT,                        -- null: nobody with a session
  direccion TEXT NOT NULL,
  accion    TEXT NOT NULL,
  detalle   TEXT NOT NULL                -- never a secret, never a student
) STRICT;
`;
