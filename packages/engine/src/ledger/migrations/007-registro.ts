import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** Each student × module of an envío with its fate; what people decided; what makes a look at Hoy cheap. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
ALTER TABLE envio ADD COLUMN origen TEXT NOT NULL DEFAULT 'mano';          -- servicio: by itself, for its night | mano
ALTER TABLE envio ADD COLUMN desglose TEXT NOT NULL DEFAULT 'pendiente';   -- its rows in registro: hecho | pendiente | perdido
UPDATE envio SET desglose = 'perdido' WHERE cuerpo IS NULL;
DROP INDEX envio_course;
CREATE INDEX envio_course ON envio (rutOtec, codigoOferta, codigoGrupo, noche, estado, origen, desglose);
CREATE INDEX envio_night ON envio (rutOtec, noche, codigoOferta, codigoGrupo, estado, aceptados, rechazados);
CREATE INDEX envio_breakdown ON envio (creado) WHERE desglose = 'pendiente';

CREATE TABLE registro (                 -- student × module of an envío and its fate; goes with the body's retention
  codigoEnvio        TEXT NOT NULL REFERENCES envio (codigoEnvio),
  alumno             INTEGER NOT NULL,  -- position in listaAlumnos, from 0
  modulo             INTEGER NOT NULL,  -- position in that student's listaModulos
  noche              TEXT NOT NULL,     -- as its envío's
  rut                TEXT NOT NULL,
  codigoModulo       TEXT NOT NULL,
  porcentajeAvance   REAL NOT NULL,
  tiempoConectividad REAL NOT NULL,     -- seconds
  estado             INTEGER NOT NULL,
  avanceAlumno       REAL NOT NULL,     -- the student's own figures, which go with each module
  estadoAlumno       INTEGER NOT NULL,
  huella             TEXT NOT NULL,     -- SHA-256 of all that it says, but for the night
  resultado          TEXT NOT NULL,     -- pendiente | aceptado | rechazado | desconocido | no-enviado
  codigo             TEXT,
  motivo             TEXT,              -- in the service's words
  PRIMARY KEY (codigoEnvio, alumno, modulo)
) STRICT, WITHOUT ROWID;
CREATE INDEX registro_person ON registro (rut, noche);

ALTER TABLE aceptado ADD COLUMN noche TEXT;          -- that it was sent for; null where it is not known
ALTER TABLE aceptado ADD COLUMN avanceAlumno REAL;   -- null: not known
ALTER TABLE aceptado ADD COLUMN estadoAlumno INTEGER;
UPDATE aceptado SET noche = (SELECT noche FROM envio WHERE envio.codigoEnvio = aceptado.codigoEnvio);
CREATE INDEX aceptado_person ON aceptado (rut);
CREATE INDEX aceptado_last ON aceptado (rutOtec, codigoOferta, codigoGrupo, cuando);
CREATE INDEX error_person ON error (rut) WHERE rut IS NOT NULL;

CREATE TABLE decision (                 -- what a person decided about a course, a student, a module
  id           INTEGER PRIMARY KEY,
  rutOtec      TEXT NOT NULL,
  codigoOferta TEXT NOT NULL,
  codigoGrupo  TEXT NOT NULL,
  rut          TEXT,                    -- null: every student
  codigoModulo TEXT,                    -- null: every module
  tipo         TEXT NOT NULL,           -- mantener | codigo | conocido | no-informar
  valor        TEXT,                    -- codigo: the code that goes instead
  quien        TEXT NOT NULL,
  cuando       TEXT NOT NULL,
  motivo       TEXT,
  hasta        TEXT,                    -- since when it no longer counts
  quienHasta   TEXT,                    -- null with hasta: it ended by itself
  cierre       TEXT                     -- deshecha | superada
) STRICT;
CREATE INDEX decision_open ON decision (rutOtec, codigoOferta, codigoGrupo) WHERE hasta IS NULL;
CREATE INDEX decision_person ON decision (rut) WHERE rut IS NOT NULL;
`;
