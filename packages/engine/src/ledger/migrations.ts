import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { EngineFailure } from '../failure.ts';

/** Forward only: a published step is never edited; its position is the schema's version. */
const STEPS = [
  `CREATE TABLE envio (
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
   CREATE INDEX error_open ON error (rutOtec, codigoOferta, codigoGrupo) WHERE cerrado IS NULL;`,

  `CREATE TABLE noche (
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
   CREATE INDEX aviso_waiting ON aviso (desde) WHERE enviado IS NULL;`,

  `ALTER TABLE error ADD COLUMN url TEXT;      -- where it is corrected in the LMS
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
   ) STRICT;`,

  `ALTER TABLE condicion ADD COLUMN queHacer TEXT NOT NULL DEFAULT '';`,

  `ALTER TABLE envio ADD COLUMN porComprobar INTEGER NOT NULL DEFAULT 0; -- told as not taken: the history is asked before it is sent again
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
   UPDATE OR REPLACE aceptado SET codigoGrupo = '' WHERE huella IS NULL AND codigoGrupo = codigoModulo;`,
];

/** Brings the schema up to date; two processes that open at once wait for each other. */
export function migrate(db: DatabaseSyncInstance): void {
  if (schemaVersion(db) === STEPS.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of STEPS.slice(schemaVersion(db))) db.exec(step);
    db.exec(`PRAGMA user_version = ${STEPS.length}`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/**
 * How many steps a database has behind it.
 * @throws EngineFailure where it has more than we know.
 */
export function schemaVersion(db: DatabaseSyncInstance): number {
  const row: { user_version: number } = db.prepare('PRAGMA user_version').get();
  if (row.user_version > STEPS.length) {
    throw new EngineFailure(
      'La carpeta de estado (o el respaldo) fue escrita por una versión más nueva de puente.',
      'Actualice puente en este computador, o use otra carpeta con --datos.',
    );
  }
  return row.user_version;
}
