import type { Selectable } from 'kysely';
import type { UsuarioTable } from './tables.ts';

/** An account of the panel; `clave` is its password's hash. */
export type UsuarioRow = Selectable<UsuarioTable>;
