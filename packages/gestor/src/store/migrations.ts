import { type Migrations, migrate, runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';
import { partitionByMonth } from './postgres/meses.ts';
import type { Dialect } from './store.ts';

/**
 * Brings the schema up to date.
 * @param place how a message names the database.
 */
export async function migrateStore<T>(db: Kysely<T>, dialect: Dialect, place: string): Promise<void> {
  await migrate(db, migrations(dialect), place);
}

/** The store's schema, oldest step first. A published step is never edited: add another one. */
export function migrations(dialect: Dialect): Migrations {
  return {
    '001-first': { up: (db) => runStatements(db, spelled(FIRST, dialect)) },
    '002-latido': { up: (db) => runStatements(db, spelled(LATIDO, dialect)) },
    '003-archivo': { up: (db) => runStatements(db, spelled(ARCHIVO, dialect)) },
    ...(dialect === 'postgres' && { '004-meses': { up: partitionByMonth } }),
  };
}

/** The few words that the two databases spell differently. */
const WORDS: Record<Dialect, Record<string, string>> = {
  sqlite: {
    serial: 'integer primary key autoincrement',
    bigint: 'integer',
    double: 'real',
    clustered: 'without rowid',
  },
  postgres: {
    serial: 'bigint generated always as identity primary key',
    bigint: 'bigint',
    double: 'double precision',
    clustered: '',
  },
};

function spelled(page: string, dialect: Dialect): string {
  return page.replace(/\{(\w+)\}/g, (whole, word: string) => WORDS[dialect][word] ?? whole);
}

const LATIDO = `
create table latido (
  "id" integer primary key,
  "en" {bigint} not null,
  "relleno" text not null
)
`;

const ARCHIVO = `
create table archivo (
  "mes" text primary key,
  "procesos" integer not null,
  "registros" {bigint} not null,
  "hastaId" {bigint} not null,
  "ultimaNoche" text,
  "huella" text not null,
  "carpeta" text not null,
  "escritoEn" {bigint} not null,
  "borradoEn" {bigint}
);
create table archivo_otec (
  "mes" text not null references archivo,
  "rutOtec" integer not null,
  "procesos" integer not null,
  primary key ("rutOtec", "mes")
) {clustered}
`;

const FIRST = `
create table otec (
  "rut" integer primary key,
  "dv" text not null,
  "nombre" text not null,
  "vigente" integer not null
);
create table token (
  "id" {serial},
  "rutOtec" integer not null references otec,
  "hash" text not null unique,
  "desde" text,
  "hasta" text,
  "revocadoEn" {bigint},
  "origen" text not null
);
create index token_otec on token ("rutOtec");

create table alumno (
  "rut" integer primary key,
  "dv" text not null,
  "nombre" text not null
);
create table curso (
  "id" {serial},
  "rutOtec" integer not null references otec,
  "codigoOferta" text not null,
  "codigoGrupo" text not null,
  "nombre" text not null,
  "fechaInicio" text,
  "fechaFin" text,
  "cerradoEn" {bigint},
  unique ("codigoOferta", "codigoGrupo")
);
create index curso_otec on curso ("rutOtec");
create table modulo (
  "cursoId" {bigint} not null references curso,
  "codigoModulo" text not null,
  "nombre" text not null,
  "cerradoEn" {bigint},
  primary key ("cursoId", "codigoModulo")
) {clustered};
create table inscripcion (
  "cursoId" {bigint} not null references curso,
  "rutAlumno" integer not null references alumno,
  "modulos" text,
  "cerradoEn" {bigint},
  primary key ("cursoId", "rutAlumno")
) {clustered};

create table proceso (
  "id" {serial},
  "rutOtec" integer not null,
  "cursoId" {bigint},
  "codigoOferta" text,
  "codigoGrupo" text,
  "codigoEnvio" text,
  "cantActividadSincronica" text,
  "cantActividadAsincronica" text,
  "recibidoEn" {bigint} not null,
  "dia" text not null,
  "alumnos" integer not null,
  "aceptados" integer not null,
  "rechazados" integer not null,
  "rechazo" text,
  "noche" text
);
create index proceso_otec on proceso ("rutOtec", "id");
create index proceso_curso on proceso ("cursoId", "id");
create index proceso_pendiente on proceso ("dia", "id") where "noche" is null;
create index proceso_noche on proceso ("noche", "rutOtec", "id") where "noche" is not null;

create table registro (
  "procesoId" {bigint} not null,
  "n" integer not null,
  "rut_alumno" text,
  "dv_alumno" text,
  "tiempo_conectividad" text,
  "estado" text,
  "porcentaje_avance" text,
  "fecha_inicio" text,
  "fecha_fin" text,
  "fecha_ejecucion" text,
  "evaluacion_final" text,
  "mod_cod" text,
  "mod_tiempo_conectividad" text,
  "mod_estado" text,
  "mod_porcentaje_avance" text,
  "mod_fecha_inicio" text,
  "mod_fecha_fin" text,
  "mod_nota" text,
  "mod_cant_sincronica" text,
  "mod_cant_asincronica" text,
  "actividades" text,
  "estado_registro" integer not null,
  "obs_registro" text not null,
  primary key ("procesoId", "n")
) {clustered};
create table avance (
  "cursoId" {bigint} not null,
  "rutAlumno" integer not null,
  "codigoModulo" text not null,
  "porcentajeAvance" {double} not null,
  "procesoId" {bigint} not null,
  primary key ("cursoId", "rutAlumno", "codigoModulo")
) {clustered};

create table noche (
  "dia" text primary key,
  "iniciadaEn" {bigint} not null,
  "tomadaEn" {bigint},
  "terminadaEn" {bigint}
);
create table sic (
  "cursoId" {bigint} not null,
  "rutAlumno" integer not null,
  "codigoModulo" text not null,
  "dvAlumno" text not null,
  "tiempoConectividad" {double} not null,
  "estado" integer not null,
  "porcentajeAvance" {double} not null,
  "fechaInicio" text not null,
  "fechaFin" text not null,
  "fechaEjecucion" text not null,
  "evaluacionFinal" {double},
  "modTiempoConectividad" {double} not null,
  "modEstado" integer not null,
  "modPorcentajeAvance" {double} not null,
  "modFechaInicio" text not null,
  "modFechaFin" text not null,
  "notaModulo" {double},
  "procesoId" {bigint} not null,
  "n" integer not null,
  "noche" text not null,
  primary key ("cursoId", "rutAlumno", "codigoModulo")
) {clustered}
`;
