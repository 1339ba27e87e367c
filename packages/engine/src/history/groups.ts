import { readProcessId } from '@puente-sic/client';
import type { ProcesoHistorial, RegistroHistorial } from '@puente-sic/protocol';
import type { Kysely } from 'kysely';
import type { Tables } from '../ledger/tables.ts';

/** Tells the group of what a history has, as far as the ledger knows it. */
export interface Groups {
  /** The group of each record of this process; null where it is not known. */
  of(proceso: ProcesoHistorial): (registro: RegistroHistorial) => string | null;
}

/**
 * `seccion_cod` is the group by one source and the module's code by another (PROTOCOL, "Open, both must work"): it is
 * believed only where it is a group that the ledger knows. What we sent is known by its code or its process.
 */
export async function knownGroups(db: Kysely<Tables>, rutOtec: string): Promise<Groups> {
  const envios = await db
    .selectFrom('envio')
    .select(['codigoEnvio', 'idProceso', 'codigoOferta', 'codigoGrupo'])
    .where('rutOtec', '=', rutOtec)
    .where('codigoGrupo', '!=', '')
    .execute();
  const cursos = await db
    .selectFrom('curso')
    .select(['codigoOferta', 'codigoGrupo'])
    .where('rutOtec', '=', rutOtec)
    .execute();
  const byCode = new Map(envios.map((row) => [bareCode(row.codigoEnvio), row]));
  const byProcess = new Map(envios.map((row) => [row.idProceso, row]));
  const known = new Set([...envios, ...cursos].map((row) => keyOf(row.codigoOferta, row.codigoGrupo)));

  return {
    of(proceso) {
      const id = readProcessId(proceso);
      const own =
        byCode.get(bareCode(proceso.codigo_externo ?? '')) ?? (id === null ? undefined : byProcess.get(id));
      return ({ oferta_cod, seccion_cod, mod_cod }) => {
        if (own !== undefined && own.codigoOferta === oferta_cod) return own.codigoGrupo;
        if (oferta_cod === null || seccion_cod === null || seccion_cod === mod_cod) return null;
        return known.has(keyOf(oferta_cod, seccion_cod)) ? seccion_cod : null;
      };
    },
  };
}

/** A codigoEnvio as it is compared: services give it back in another case and with blanks. */
export function bareCode(code: string): string {
  return code.replace(/\s/g, '').toUpperCase();
}

function keyOf(codigoOferta: string, codigoGrupo: string): string {
  return `${codigoOferta}\n${codigoGrupo}`;
}
