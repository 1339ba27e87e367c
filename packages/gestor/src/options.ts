import type { Logger } from 'pino';
import type { RegistryFile } from './registry/json.ts';
import type { Supuestos } from './supuestos.ts';

export interface GestorOptions {
  /** A folder for SQLite (made when missing), or `postgres://user:password@host/database`. */
  datos: string;
  /** Imported at start: a registry file's path, or its content. */
  registro?: string | RegistryFile;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free one. */
  port?: number;
  /** Default: the system's. */
  clock?: () => Date;
  /** Default: silent. See {@link createLogger}. */
  logger?: Logger;
  limits?: Partial<Limits>;
  /** Key for `/admin`, at least 16 characters; left out or empty: off. */
  adminKey?: string;
  /** Hour of Santiago's clock (0–23) of the night job; null: it does not run by itself. Default 1. */
  horaPublicacion?: number | null;
  /** Folder for the night's files. Default: `publicado` inside `datos`; none for PostgreSQL. */
  salida?: string;
  /** Whether X-Forwarded-For is believed: only behind a load balancer that sets it. Default false. */
  trustProxy?: boolean;
  supuestos?: Partial<Supuestos>;
}

/** What one caller may ask for. Whoever is over a limit is told so, and nothing of it is recorded. */
export interface Limits {
  /** Bytes of a body: twice what 1,000 students × 10 modules × 8 activities of 50 characters take. */
  cuerpo: number;
  /** Bytes of a body that are taken in before the credentials in it are looked up; of a bad one no more are kept. */
  sinCredenciales: number;
  /** Students in one call. */
  alumnos: number;
  /** Student × module records in one call. */
  registros: number;
  /** Calls a second of one provider, and of one address. */
  porOtec: number;
  porDireccion: number;
}

export const DEFAULT_LIMITS: Limits = {
  cuerpo: 16 * 1024 * 1024,
  sinCredenciales: 16 * 1024,
  alumnos: 5_000,
  registros: 20_000,
  porOtec: 200,
  porDireccion: 1_000,
};
