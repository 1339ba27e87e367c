import type { Lock } from '@puente-sic/store';
import { takeLease } from '../lease.ts';
import { recoverEnvios, uncertainEnvios } from '../ledger/envios.ts';
import {
  lastNoche,
  type NocheRow,
  nocheRows,
  pendingBefore,
  planNoche,
  serviceSince,
  updateNoche,
} from '../ledger/noches.ts';
import { settleOne } from '../settle/settle-one.ts';
import { currentNight, type Night, nextNight, nightOf, VENTANA_OFICIAL } from '../window.ts';
import { readable, runUnit, type UnitResult } from './run-unit.ts';
import type { Provider, ServeContext, ServeEvent } from './types.ts';
import { nameOfUnit, pauseAfter, slotOf, UNKNOWN_COURSES, unitsOf } from './units.ts';

/** One provider's nights. */
export interface NightRunner {
  /**
   * The question of every minute: which courses are due for the night and not settled? Resolves when what it started
   * has ended; it may be asked again meanwhile.
   */
  tick(): Promise<void>;
  /** Starts nothing more; calls under way end, unless `cut` cuts them before (they are settled after the restart). */
  close(cut: AbortSignal): Promise<void>;
}

export function nightRunner(provider: Provider, context: ServeContext): NightRunner {
  const { otec, ventana = VENTANA_OFICIAL, concurrency = 2 } = provider;
  const { ledger, clock } = context;
  const { db } = ledger;
  const rutOtec = otec.rut;
  const client = context.clientFor(otec);
  const abort = new AbortController();
  const running = new Map<string, Promise<void>>();
  let lease: Lock | null = null;
  let stopping = false;
  let asking: Promise<void> = Promise.resolve();
  let nextSettle = new Date(0);
  const emit = (event: ServeEvent) => context.onEvent?.(event);

  return {
    async tick() {
      const mine = new Set<Promise<void>>();
      for (;;) {
        for (const work of await askInTurn()) {
          const ended: Promise<void> = work.finally(() => mine.delete(ended));
          mine.add(ended);
        }
        if (mine.size === 0) return;
        // Whatever ends makes room for the next one that is due.
        await Promise.race(mine);
      }
    },
    async close(cut) {
      stopping = true;
      const onCut = () => abort.abort();
      if (cut.aborted) onCut();
      cut.addEventListener('abort', onCut, { once: true });
      await asking;
      await Promise.allSettled(running.values());
      cut.removeEventListener('abort', onCut);
    },
  };

  /** One question at a time: each counts on what the one before it started. */
  function askInTurn(): Promise<Promise<void>[]> {
    const asked = asking.then(() => (stopping ? [] : ask()));
    asking = asked.then(
      () => {},
      () => {},
    );
    return asked;
  }

  async function ask(): Promise<Promise<void>[]> {
    const now = clock();
    const night = currentNight(now, ventana);
    await tellSkippedNights(night, now);
    await closeFormerNights(night, now);
    const mayRun = now < night.end || provider.tardio === 'enviar';
    if (mayRun && (await isExpected(night, now))) await plan(night, now);
    else await giveUp(await pendingRows(night), night, now);

    const due = mayRun ? (await pendingRows(night)).filter((row) => isDue(row, now)) : [];
    const hasUncertain = now >= nextSettle && (await uncertainEnvios(db, { rutOtec })).length > 0;
    if (due.length === 0 && !hasUncertain) return [];
    if (lease === null && !(await acquireLease(now))) return [];
    // No await from here on: the lease is given up when the last one ends.
    const started = due
      .filter((row) => !running.has(keyOf(row)))
      .slice(0, Math.max(0, concurrency - running.size))
      .map((row) => start(row, night));
    if (hasUncertain && running.size === 0) {
      nextSettle = new Date(now.getTime() + SETTLE_EVERY_MS);
      started.push(track('settle', settleAll()));
    }
    return started;
  }

  /** Whether the service was there to run a night: one that was over before it first ran is nobody's. */
  async function isExpected(night: Night, now: Date): Promise<boolean> {
    return night.end > (await serviceSince(db, rutOtec, now));
  }

  /** Writes down which courses the night has, each with its place in the window. */
  async function plan(night: Night, now: Date): Promise<void> {
    const rows = await nocheRows(db, rutOtec, night.noche);
    const unlisted = rows.filter(
      (row) => row.curso === UNKNOWN_COURSES && row.estado === 'pendiente' && new Date(row.desde) <= now,
    );
    if (rows.length > 0 && unlisted.length === 0) return;
    const units = await unitsOf(provider, abort.signal);
    const fallas = new Map(units.flatMap((unit) => ('falla' in unit ? [[unit.fuente, unit.falla]] : [])));
    const planned = units.map((unit, index): Parameters<typeof planNoche>[1][number] => ({
      ...{ rutOtec, noche: night.noche, fuente: unit.fuente, curso: unit.curso },
      estado: 'pendiente',
      // What could not be listed is no course that has a place of its own: it is asked for again.
      desde: ('falla' in unit ? retryAt(now, 1) : slotOf(index, units.length, night)).toISOString(),
      motivo: 'falla' in unit ? unit.falla.mensaje : null,
    }));
    await planNoche(db, planned.length > 0 ? planned : [nothing(night)], now);
    for (const row of unlisted) {
      const falla = fallas.get(row.fuente);
      const intentos = row.intentos + 1;
      const desde = retryAt(now, intentos).toISOString();
      const change = falla ? { intentos, desde, motivo: falla.mensaje } : { estado: 'hecha' as const };
      await updateNoche(db, row, change, now);
      if (falla === undefined) emit({ kind: 'condition', rutOtec, ...readable(row.fuente) });
    }
    for (const [fuente, falla] of fallas) {
      emit({ kind: 'condition', rutOtec, clave: `fuente:${fuente}`, mal: true, ...falla });
    }
    if (rows.length === 0) emit({ kind: 'night', rutOtec, noche: night.noche, courses: units.length });
  }

  /** A provider without courses has a night all the same: it is done. */
  function nothing({ noche, start: desde }: Night): Parameters<typeof planNoche>[1][number] {
    const whole = { rutOtec, noche, fuente: UNKNOWN_COURSES, curso: UNKNOWN_COURSES };
    return { ...whole, estado: 'hecha', desde: desde.toISOString(), motivo: 'No hay cursos que informar.' };
  }

  async function acquireLease(now: Date): Promise<boolean> {
    lease = takeLease(ledger, rutOtec);
    if (lease === null) return false;
    await recoverEnvios(db, rutOtec, now);
    return true;
  }

  function start(row: NocheRow, night: Night): Promise<void> {
    const work = async () => {
      const unit = { fuente: row.fuente, curso: row.curso };
      const signal = abort.signal;
      const result = await runUnit(unit, night, provider, {
        ...context,
        client,
        signal,
        stopping: () => stopping,
      });
      await record(row, night, result);
    };
    return track(keyOf(row), work());
  }

  function track(key: string, work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => {
      running.delete(key);
      if (running.size > 0) return;
      lease?.release();
      lease = null;
    });
    running.set(key, tracked);
    return tracked;
  }

  async function record(row: NocheRow, night: Night, result: UnitResult): Promise<void> {
    const now = clock();
    const { rutOtec: rut, noche, curso } = row;
    for (const condition of result.conditions) emit({ kind: 'condition', rutOtec: rut, ...condition });
    const inciertos = JSON.stringify(result.inciertos);
    if (result.motivo === null && result.inciertos.length === 0) {
      const tarde = now >= night.end;
      await updateNoche(db, row, { estado: 'hecha', motivo: null, inciertos, tarde: tarde ? 1 : 0 }, now);
      emit({ kind: 'done', rutOtec: rut, noche, curso, envios: result.envios, tarde });
      return;
    }
    const intentos = row.intentos + 1;
    const next = retryAt(now, intentos);
    const motivo = result.motivo ?? 'No se sabe todavía si SENCE recibió el envío.';
    await updateNoche(
      db,
      row,
      { intentos, motivo: result.motivo, inciertos, desde: next.toISOString() },
      now,
    );
    emit({ kind: 'retry', rutOtec: rut, noche, curso, motivo, next });
  }

  async function settleAll(): Promise<void> {
    for (const row of await uncertainEnvios(db, { rutOtec })) {
      const { kind } = await settleOne(row, { ledger, client, clock, signal: abort.signal });
      const { noche, codigoEnvio } = row;
      if (kind === 'open') continue;
      await makeDue(codigoEnvio, noche);
      emit({ kind: 'settled', rutOtec, noche, codigoEnvio, arrived: kind === 'arrived' });
    }
  }

  /** The course that waited for this code need not wait for its next try. */
  async function makeDue(codigoEnvio: string, noche: string): Promise<void> {
    const now = clock();
    for (const row of await nocheRows(db, rutOtec, noche)) {
      const codes: string[] = JSON.parse(row.inciertos);
      if (row.estado === 'pendiente' && codes.includes(codigoEnvio)) {
        await updateNoche(db, row, { desde: now.toISOString() }, now);
      }
    }
  }

  async function pendingRows(night: Night): Promise<NocheRow[]> {
    return (await nocheRows(db, rutOtec, night.noche)).filter(({ estado }) => estado === 'pendiente');
  }

  /** Nights that passed while nobody ran: each is told once. */
  async function tellSkippedNights(current: Night, now: Date): Promise<void> {
    const since = await serviceSince(db, rutOtec, now);
    const last = await lastNoche(db, rutOtec);
    let night = last === null ? firstNight(since) : nextNight({ noche: last }, ventana);
    for (; night.start < current.start; night = nextNight(night, ventana)) await lose([], night, now, OFF);
  }

  function firstNight(since: Date): Night {
    const night = currentNight(since, ventana);
    return night.end > since ? night : nextNight(night, ventana);
  }

  async function closeFormerNights(current: Night, now: Date): Promise<void> {
    const rows = await pendingBefore(db, rutOtec, current.noche);
    for (const noche of new Set(rows.map((row) => row.noche))) {
      await giveUp(
        rows.filter((row) => row.noche === noche),
        nightOf(noche, ventana),
        now,
      );
    }
  }

  /** After the window: what waits only for the history goes on waiting for it, the rest is lost. */
  async function giveUp(rows: readonly NocheRow[], night: Night, now: Date): Promise<void> {
    const isPlanned = rows.length > 0 || (await nocheRows(db, rutOtec, night.noche)).length > 0;
    if (!isPlanned) {
      if (await isExpected(night, now)) await lose([], night, now, OFF);
      return;
    }
    const lost: NocheRow[] = [];
    for (const row of rows) {
      if (running.has(keyOf(row))) continue;
      const fate = await fateOf(row);
      if (fate === 'waiting') continue;
      if (fate === 'arrived') {
        await updateNoche(db, row, { estado: 'hecha', motivo: null, inciertos: '[]' }, now);
        emit({ kind: 'done', rutOtec, noche: row.noche, curso: row.curso, envios: [], tarde: false });
      } else lost.push(row);
    }
    if (lost.length > 0)
      await lose(lost, night, now, lost[0]?.motivo ?? 'La ventana terminó antes de poder enviarlo.');
  }

  async function fateOf(row: NocheRow): Promise<'waiting' | 'arrived' | 'lost'> {
    const codes: string[] = JSON.parse(row.inciertos);
    if (codes.length === 0 || row.motivo !== null) return 'lost';
    const states = await db.selectFrom('envio').select('estado').where('codigoEnvio', 'in', codes).execute();
    if (states.some(({ estado }) => estado === 'incierto' || estado === 'enviando')) return 'waiting';
    return states.every(({ estado }) => estado !== 'no-enviado') ? 'arrived' : 'lost';
  }

  async function lose(rows: readonly NocheRow[], night: Night, now: Date, motivo: string): Promise<void> {
    const { noche } = night;
    if (rows.length === 0) {
      const whole = { rutOtec, noche, fuente: UNKNOWN_COURSES, curso: UNKNOWN_COURSES };
      await planNoche(db, [{ ...whole, estado: 'perdida', desde: night.start.toISOString(), motivo }], now);
    }
    for (const row of rows) await updateNoche(db, row, { estado: 'perdida' }, now);
    emit({ kind: 'lost', rutOtec, noche, cursos: rows.map((row) => nameOfUnit(row)), motivo });
  }
}

function keyOf({ noche, fuente, curso }: NocheRow): string {
  return JSON.stringify([noche, fuente, curso]);
}

/** A next try that lies further off than any pause was written by a clock that has stepped back since. */
function isDue({ desde, intentos, curso }: NocheRow, now: Date): boolean {
  if (curso === UNKNOWN_COURSES) return false;
  const wait = new Date(desde).getTime() - now.getTime();
  return wait <= 0 || (intentos > 0 && wait > pauseAfter(Number.MAX_SAFE_INTEGER));
}

function retryAt(now: Date, tries: number): Date {
  return new Date(now.getTime() + pauseAfter(tries));
}

const SETTLE_EVERY_MS = 60_000;
const OFF = 'El servicio de puente no estaba funcionando durante la ventana.';
