import type { Ledger } from '@puente-sic/engine';
import type { Generated, Kysely } from 'kysely';

/** Who may come in and what they did, in the ledger's file so that a deed and its audit share a transaction. */
export type AccountTables = {
  usuario: UsuarioTable;
  sesion: SesionTable;
  claveApi: ClaveApiTable;
  bitacora: BitacoraTable;
  segundoPaso: SegundoPasoTable;
};

/** Each may do what those before it may: look; send and mark; set up and see who did what. */
export const ROLES = ['lector', 'operador', 'administrador'] as const;
export type Rol = (typeof ROLES)[number];

export interface UsuarioTable {
  id: Generated<number>;
  usuario: string;
  clave: string;
  rol: Rol;
  creado: string;
  ultimoIngreso: string | null;
}

export interface SesionTable {
  huella: string;
  usuarioId: number;
  creada: string;
  vista: string;
}

export interface ClaveApiTable {
  id: Generated<number>;
  nombre: string;
  huella: string;
  rol: Rol;
  creada: string;
  ultimoUso: string | null;
}

export interface BitacoraTable {
  id: Generated<number>;
  cuando: string;
  quien: string | null;
  direccion: string;
  accion: string;
  detalle: string;
  huella: string;
}

export interface SegundoPasoTable {
  usuarioId: number;
  desde: string;
  ultimo: number;
}

/** The ledger's database, seen by its accounts. */
export function accountsOf({ db }: Ledger): Kysely<AccountTables> {
  return db.withTables<AccountTables>();
}
