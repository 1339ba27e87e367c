import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** What was sent, what SENCE accepted of it and what it refused. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
CREATE TABLE envio (
  codigoEnvio  TEXT PRIMARY KEY,
  rutOtec      TEXT NOT NULL,
  codigoOferta TEXT NOT NULL,
  codigoGrupo  TEXT NOT NULL,
  noche        TEXT NOT NULL,           -- Santiago's date of the night reported
  version      INTEGER NOT NULL,
  estado       TEXT NOT NULL,           -- docs/estados.md
  registros    INTEGER NOT NULL,        -- student × module records in the body
  cuerpo       BLOB,                    -- gzip of the JSON as sent, token taken out; null once retention is over
  huella       TEXT NOT NULL,           -- SHA-256 of that JSON, hexadecimal
  creado       TEXT NOT NULL,
  enviado      TEXT,                    -- written before the network is touched
  cortado      TEXT,                    -- when it became uncertain
  respondido   TEXT,
  httpStatus   INTEGER,
  respuesta    BLOB,                    -- gzip of the answer verbatim, or of the history that settled it
  via          TEXT,                    -- respuesta | historial
  idProceso    INTEGER,
  aceptados    INTEGER NOT NULL DEFAULT 0,
  rechazados   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX envio_course ON envio (rutOtec, codigoOferta, codigoGrupo, noche);
CREATE INDEX envio_open ON envio (rutOtec, estado) WHERE estado IN ('preparado', 'enviando', 'incierto');

CREATE TABLE aceptado (
  rutOtec            TEXT NOT NULL,
  codigoOferta       TEXT NOT NULL,
  codigoGrupo        TEXT NOT NULL,
  rut                TEXT NOT NULL,
  codigoModulo       TEXT NOT NULL,
  porcentajeAvance   REAL NOT NULL,
  tiempoConectividad REAL,              -- seconds; null where only the percentage is known
  estado             INTEGER,
  huella             TEXT,              -- of the whole record, for the mode "cambios"; null when not sent by us
  cuando             TEXT NOT NULL,
  codigoEnvio        TEXT,
  idProceso          INTEGER,
  PRIMARY KEY (rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo)
) STRICT, WITHOUT ROWID;

CREATE TABLE error (
  id           INTEGER PRIMARY KEY,
  rutOtec      TEXT NOT NULL,
  codigoOferta TEXT NOT NULL,
  codigoGrupo  TEXT NOT NULL,
  rut          TEXT,                    -- null: the whole call
  codigoModulo TEXT,                    -- null: the whole student
  codigo       TEXT,
  origen       TEXT NOT NULL,           -- gestor | previa
  mensaje      TEXT NOT NULL,
  explicacion  TEXT NOT NULL,
  queHacer     TEXT NOT NULL,
  lugar        TEXT,
  codigoEnvio  TEXT,
  desde        TEXT NOT NULL,
  ultimaVez    TEXT NOT NULL,
  cerrado      TEXT,
  cierre       TEXT                     -- aceptado | desaparecido | cambiado
) STRICT;
CREATE INDEX error_open ON error (rutOtec, codigoOferta, codigoGrupo) WHERE cerrado IS NULL;
`;
