import path from 'node:path';
import type { Restored } from '@puente-sic/engine';
import { writeBitacora } from './accounts/bitacora.ts';
import type { Actor } from './accounts/deed.ts';

/** Puts a backup in the place of what a state folder keeps; the restored audit says who did it. */
export async function restoreState(
  datos: string,
  actor: Actor,
  { respaldo }: { respaldo: string },
  now: Date,
): Promise<Restored> {
  const { openLedger, restore } = await import('@puente-sic/engine');
  const restored = await restore(datos, respaldo, now);
  const ledger = await openLedger(datos);
  try {
    const { anterior, borrados, porBorrar } = restored;
    const former =
      anterior === null ? 'No había nada antes.' : `Lo que había quedó en ${path.basename(anterior)}.`;
    const detalle = `Restauró ${path.basename(respaldo)}. ${former} Personas sacadas de nuevo: ${borrados}; por sacar: ${porBorrar}.`;
    await writeBitacora(ledger, { ...actor, accion: 'respaldo-restaurado', detalle }, now);
  } finally {
    await ledger.close();
  }
  return restored;
}
