import { santiagoDateTime } from '@puente-sic/protocol';
import { confirmNight, type DiferenciaConfirmada } from '../history/confirm.ts';
import { type Dicho, replaceDichos } from '../ledger/dichos.ts';
import type { Otec } from '../request.ts';
import type { Night } from '../window.ts';
import type { ServeContext } from './types.ts';
import { UNKNOWN_COURSES } from './units.ts';

/** After a night and before the morning, SENCE's history is asked whether it has what was accepted. */
export interface Confirmer {
  /** Whether it is to be asked (again) now: soon after the window, then every hour while something is not confirmed. */
  isDue(night: Night, now: Date): boolean;
  run(night: Night, signal: AbortSignal): Promise<void>;
}

export function confirmerOf(otec: Otec, { ledger, clock, clientFor }: ServeContext): Confirmer {
  let noche = '';
  let next = new Date(0);
  return {
    isDue({ noche: asked, end }, now) {
      const since = now.getTime() - end.getTime();
      return since >= FIRST_MS && since < LAST_MS && (asked !== noche || now >= next);
    },
    async run(night, signal) {
      const { confirmados, sinConfirmar, diferencias, falla } = await confirmNight({
        ...{ ledger, otec, noche: night.noche, clientFor, clock, signal },
      });
      const now = clock();
      noche = night.noche;
      // Also where all is confirmed: a course that was late may go out after this, and nobody is asked for nothing.
      next = new Date(now.getTime() + AGAIN_MS);
      if (falla !== null) return;
      // A history is late: what it has not yet is told when nobody can wait for it any more.
      const isLast = next.getTime() - night.end.getTime() >= LAST_MS;
      const told = diferencias.filter(({ tipo }) => tipo !== 'falta' || isLast);
      const whose = { rutOtec: otec.rut, noche, fuente: UNKNOWN_COURSES, curso: UNKNOWN_COURSES };
      const dichos = told.map((one) => dichoOf(one, santiagoDateTime(now).slice(11, 16)));
      if (confirmados + sinConfirmar > 0) await replaceDichos(ledger.db, whose, dichos);
    },
  };
}

function dichoOf(
  { codigoOferta, codigoGrupo, rut, tipo, mensaje, queHacer }: DiferenciaConfirmada,
  hora: string,
): Dicho {
  const gravedad = tipo === 'ilegible' ? 'amarillo' : 'rojo';
  const asked = `${mensaje} (Historial de SENCE, leído a las ${hora}.)`;
  return { codigoOferta, codigoGrupo, rut, causa: 'sin-confirmar', gravedad, mensaje: asked, queHacer };
}

const FIRST_MS = 10 * 60_000;
const AGAIN_MS = 60 * 60_000;
/** With the official window: 08:00. */
const LAST_MS = 8 * 60 * 60_000;
