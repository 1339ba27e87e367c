import { statSync } from 'node:fs';
import path from 'node:path';
import type { Restored } from '@puente-sic/engine';
import { type Hecho, writeBitacora } from './accounts/bitacora.ts';
import type { Actor } from './accounts/deed.ts';
import { isOfLedger } from './problem.ts';

/** Puts a backup in the place of what a state folder keeps; the restored audit says who did it. */
export async function restoreState(
  datos: string,
  actor: Actor,
  { respaldo }: { respaldo: string },
  now: Date,
): Promise<Omit<Restored, 'huellas'>> {
  const { openLedger, restore } = await import('@puente-sic/engine');
  // Its intent stands in the trail of before, which goes on in the restored one.
  const before = `Va a restaurar ${path.basename(respaldo)}.`;
  await noteIn(datos, { ...actor, accion: 'restauracion-comenzada', detalle: before }, now);
  const restored = await restore(datos, respaldo, now).catch(async (error: unknown) => {
    const failed = `No se restauró ${path.basename(respaldo)}.`;
    await noteIn(datos, { ...actor, accion: 'restauracion-fallo', detalle: failed }, now);
    throw error;
  });
  if (restored.huellas.length > 0) {
    const { forgetKept } = await import('@puente-sic/sources');
    forgetKept(datos, new Set(restored.huellas));
  }
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
  const { huellas: _, ...told } = restored;
  return told;
}

/** Where there is a ledger that can be written to: a damaged one is what many a backup is restored for. */
async function noteIn(datos: string, hecho: Hecho, now: Date): Promise<void> {
  const { LEDGER_FILE, openLedger } = await import('@puente-sic/engine');
  const file = statSync(path.join(datos, LEDGER_FILE), { throwIfNoEntry: false });
  if (file === undefined || file.size === 0) return;
  try {
    const ledger = await openLedger(datos);
    try {
      await writeBitacora(ledger, hecho, now);
    } finally {
      await ledger.close();
    }
  } catch (error) {
    if (!isOfLedger(error)) throw error;
  }
}
