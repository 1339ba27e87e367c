import type { Ledger } from '../ledger/ledger.ts';
import {
  isPlanned,
  lastNoche,
  type NocheRow,
  pendingBefore,
  planNoche,
  serviceSince,
  takeBackFuture,
  updateNoche,
} from '../ledger/noches.ts';
import type { CausaNoche } from '../ledger/tables.ts';
import { currentNight, type Night, nextNight, nightOf, type Ventana } from '../window.ts';
import { type Doubt, doubtOf } from './after-restore.ts';
import type { ServeEvent } from './types.ts';
import { nameOfUnit, UNKNOWN_COURSES } from './units.ts';

/** How a provider's nights end: what was not sent is lost and told, each once. */
export interface EndOfNight {
  /** What a clock that was ahead, and has been put right, made of nights. */
  takeBack(current: Night, now: Date): Promise<void>;
  /** Nights that a restored backup does not know: left alone until the history has been read, and told then. */
  tellUnknown(current: Night, is: { read: boolean; open: boolean }, now: Date): Promise<void>;
  /** Nights that passed while nobody ran. */
  tellSkipped(current: Night, now: Date): Promise<void>;
  /** Former nights that still have something pending. */
  closeFormer(current: Night, now: Date): Promise<void>;
  /** After the window: what waits only for the history goes on waiting for it, the rest is lost. */
  giveUp(rows: readonly NocheRow[], night: Night, now: Date): Promise<void>;
  /** Whether the service was there to run a night: one that was over before it first ran is nobody's. */
  isExpected(night: Night, now: Date): Promise<boolean>;
}

export function endOfNight({
  ledger: { db },
  rutOtec,
  ventana,
  isRunning,
  emit,
}: {
  ledger: Ledger;
  rutOtec: string;
  ventana: Ventana;
  isRunning: (row: NocheRow) => boolean;
  emit: (event: ServeEvent) => void;
}): EndOfNight {
  let since: Date | null = null;
  let doubt: Doubt | null = null;
  return { takeBack, tellUnknown, tellSkipped, closeFormer, giveUp, isExpected };

  /** Written once: what was read of it stays true. */
  async function begun(now: Date): Promise<Date> {
    since ??= await serviceSince(db, rutOtec, now);
    return since;
  }

  async function takeBack({ noche }: Night, now: Date): Promise<void> {
    await takeBackFuture(db, { rutOtec, noche }, now);
  }

  async function tellUnknown(current: Night, is: { read: boolean; open: boolean }, now: Date): Promise<void> {
    doubt = await doubtOf(db, rutOtec, ventana);
    if (doubt === null || !is.read) return;
    await doubt.tell(current, is.open, now);
    doubt = null;
  }

  async function tellSkipped(current: Night, now: Date): Promise<void> {
    const last = await lastNoche(db, rutOtec);
    let night = last === null ? firstNight(await begun(now)) : nextNight({ noche: last }, ventana);
    for (; night.start < current.start; night = nextNight(night, ventana)) {
      if (!doubt?.includes(night)) await loseWhole(night, now);
    }
  }

  function firstNight(since: Date): Night {
    const night = currentNight(since, ventana);
    return night.end > since ? night : nextNight(night, ventana);
  }

  async function closeFormer(current: Night, now: Date): Promise<void> {
    const rows = await pendingBefore(db, rutOtec, current.noche);
    for (const noche of new Set(rows.map((row) => row.noche))) {
      await giveUp(
        rows.filter((row) => row.noche === noche),
        nightOf(noche, ventana),
        now,
      );
    }
  }

  async function giveUp(rows: readonly NocheRow[], night: Night, now: Date): Promise<void> {
    if (doubt?.includes(night)) return;
    if (rows.length === 0) {
      if (await isPlanned(db, rutOtec, night.noche)) return;
      if (await isExpected(night, now)) await loseWhole(night, now);
      return;
    }
    const lost: NocheRow[] = [];
    for (const row of rows) {
      if (isRunning(row)) continue;
      const fate = await fateOf(row);
      if (fate === 'waiting') continue;
      if (fate === 'arrived') {
        const done = { estado: 'hecha', causa: null, motivo: null, inciertos: '[]' } as const;
        await updateNoche(db, row, done, now);
        emit({ kind: 'done', rutOtec, noche: row.noche, curso: row.curso, envios: [], tarde: false });
      } else lost.push(row);
    }
    if (lost.length > 0) await lose(lost, night, now);
  }

  async function isExpected(night: Night, now: Date): Promise<boolean> {
    return night.end > (await begun(now));
  }

  async function fateOf(row: NocheRow): Promise<'waiting' | 'arrived' | 'lost'> {
    const codes: string[] = JSON.parse(row.inciertos);
    if (codes.length === 0 || row.motivo !== null) return 'lost';
    const states = await db.selectFrom('envio').select('estado').where('codigoEnvio', 'in', codes).execute();
    if (states.some(({ estado }) => estado === 'incierto' || estado === 'enviando')) return 'waiting';
    return states.every(({ estado }) => estado !== 'no-enviado') ? 'arrived' : 'lost';
  }

  async function loseWhole({ noche, start }: Night, now: Date): Promise<void> {
    const whole = { rutOtec, noche, fuente: UNKNOWN_COURSES, curso: UNKNOWN_COURSES };
    const row = { ...whole, estado: 'perdida' as const, desde: start.toISOString(), motivo: OFF };
    await planNoche(db, [{ ...row, causa: 'apagado' }], now);
    emit({ kind: 'lost', rutOtec, noche, cursos: [], motivo: OFF });
  }

  async function lose(rows: readonly NocheRow[], { noche }: Night, now: Date): Promise<void> {
    for (const row of rows) {
      const causa: CausaNoche = row.causa ?? 'no-enviado';
      const motivo = row.motivo ?? TOO_LATE;
      await updateNoche(db, row, { estado: 'perdida', causa, motivo }, now);
    }
    const motivos = [...new Set(rows.map(({ motivo }) => motivo ?? TOO_LATE))];
    const more = motivos.length > SHOWN ? ` Y por ${motivos.length - SHOWN} motivos más.` : '';
    const motivo = `${motivos.slice(0, SHOWN).join(' ')}${more}`;
    emit({ kind: 'lost', rutOtec, noche, cursos: rows.map((row) => nameOfUnit(row)), motivo });
  }
}

/** Different reasons that one alert tells. */
const SHOWN = 5;
const OFF = 'El servicio de Puente no estaba funcionando durante la ventana.';
const TOO_LATE = 'La ventana terminó antes de poder enviarlo.';
