import type { Rol } from '@puente-sic/app';

/** Who asks. */
export type Who =
  | { kind: 'nadie'; rol: null }
  | { kind: 'usuario'; rol: Rol; id: number; usuario: string }
  | { kind: 'clave'; rol: Rol; nombre: string };

/** As the audit trail names them. */
export function nameOf(who: Who): string | null {
  if (who.kind === 'usuario') return who.usuario;
  return who.kind === 'clave' ? `clave ${who.nombre}` : null;
}
