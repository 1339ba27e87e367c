import type { GestorClient } from '@puente-sic/client';
import { type Lock, StoreError } from '@puente-sic/store';
import { takeLease } from '../lease.ts';
import { recoverEnvios } from '../ledger/envios.ts';
import { holdNoche, type NocheRow, pendingRows, releaseNoche, updateNoche } from '../ledger/noches.ts';
import { hasUnsettled } from '../ledger/open-envios.ts';
import { unreadOf } from '../ledger/partidas.ts';
import type { Stop } from '../send/stop.ts';
import { currentNight, type Night, nightOf, VENTANA_OFICIAL } from '../window.ts';
import { confirmerOf } from './confirm-night.ts';
import { defectProblem } from './defect.ts';
import { endOfNight } from './end-of-night.ts';
import { readFirstOfNight } from './first-history.ts';
import { type Closed, gateOf } from './gate.ts';
import { isDueAt, pauseAfter } from './pauses.ts';
import { planNight } from './plan-night.ts';
import { quietOf } from './quiet.ts';
import { readingsOf } from './readings.ts';
import { type ReadingRoom, readingRoom } from './room.ts';
import { LINE_IS_WELL, type Line, runUnit, type UnitResult, wasTaken } from './run-unit.ts';
import { settleOpen } from './settle-open.ts';
import type { Provider, ServeContext, ServeEvent } from './types.ts';
import { type Place, rowKey, startOf } from './units.ts';

/** One provider's nights. */
export interface NightRunner {
  /**
   * The question of every minute: what is to be read, which courses are due for the night and not settled? Resolves
   * when what it started has ended; it may be asked again meanwhile. Rejects where the question itself cannot be asked:
   * what fails in answering it is told and tried again, and holds up nothing else.
   */
  tick(): Promise<void>;
  /** Starts nothing more; calls under way end, unless `cut` cuts them before (they are settled after the restart). */
  close(cut: AbortSignal): Promise<void>;
}

/** What several providers of one service share. */
export interface Shared {
  place?: Place;
  room?: ReadingRoom;
}

export function nightRunner(provider: Provider, context: ServeContext & Shared): NightRunner {
  const { otec, ventana = VENTANA_OFICIAL, concurrency = 2 } = provider;
  const { ledger, clock, place = ALONE, room = readingRoom() } = context;
  const { db } = ledger;
  const rutOtec = otec.rut;
  const abort = new AbortController();
  const running = new Map<string, Promise<void>>();
  /** What a defect stopped rests a while. */
  const resting = new Map<string, { tries: number; since: Date; until: Date }>();
  const emit = (event: ServeEvent) => context.onEvent?.(event);
  const gate = gateOf(otec, context);
  const confirmer = confirmerOf(otec, context);
  const quiet = quietOf(db);
  const readings = readingsOf(provider, { ...context, room });
  const isRunning = (row: NocheRow) => running.has(rowKey(row));
  const nights = endOfNight({ ledger, rutOtec, ventana, isRunning, emit });
  const line: Line = { stop: null, well: new Set() };
  let made: GestorClient | null = null;
  let lease: Lock | null = null;
  let stopping = false;
  let asking: Promise<void> = Promise.resolve();
  let nextSettle = new Date(0);

  return {
    async tick() {
      const mine = new Set<Promise<void>>();
      for (let isFirst = true; ; isFirst = false) {
        for (const work of await askInTurn(isFirst)) {
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
      readings.dropAll();
      cut.removeEventListener('abort', onCut);
    },
  };

  /** One question at a time: each counts on what the one before it started. */
  function askInTurn(isFirst: boolean): Promise<Promise<void>[]> {
    const asked = asking.then(() => (stopping ? [] : ask(isFirst)));
    asking = asked.then(
      () => {},
      () => {},
    );
    return asked;
  }

  /** @param isFirst of its minute: what only time brings about is looked at once in it, not with each course that ends. */
  async function ask(isFirst: boolean): Promise<Promise<void>[]> {
    const now = clock();
    const night = currentNight(now, ventana);
    if (await quiet.lasts(night, now)) return [];
    const mayRun = now < night.end || provider.tardio === 'enviar';
    const unread = await unreadOf(db, rutOtec);
    if (isFirst) {
      line.well.clear();
      await nights.takeBack(night, now);
      await nights.tellUnknown(night, { read: unread === null, open: mayRun }, now);
      await nights.tellSkipped(night, now);
      await nights.closeFormer(night, now);
    }
    const rows = await pending();
    if (rows.length === 0) readings.dropAll();
    const state = await gate.look(night, now);
    readings.setIdle(state === 'due' || state === 'shut');
    const isOpen = state === 'open' || state === 'ajar';
    const toBeRead = await readings.due(rows, night, now, isOpen);
    const due = rows.filter(
      (row) => isDueAt(row.desde, row.actualizado, now) && readings.of(row) && isFree(rowKey(row), now),
    );
    const hasUncertain =
      now >= nextSettle && sending() === 0 && isFree(SETTLE, now) && (await hasUnsettled(db, rutOtec));
    const waitsForCalls = rows.some((row) => isHeld(row) || isDueAt(row.desde, row.actualizado, now));
    // A restored ledger learns by day too what its nights were.
    const waitsForHistory = unread !== null && (unread.restaurado !== null || waitsForCalls);
    const waits = hasUncertain || waitsForCalls || waitsForHistory;
    const toTest = state === 'due' && waits && isFree(TEST, now);
    const isQuiet = sending() === 0 && !running.has(SETTLE) && !running.has(CONFIRM);
    const toLook = isOpen && waitsForHistory && isQuiet && isFree(FIRST, now);
    // The history tells who was there last: whoever is gone from the source since is missed by it.
    const looksFirst = toLook || running.has(FIRST);
    const toRead = looksFirst ? [] : toBeRead.filter((fuente) => isFree(readingKey(fuente), now));
    const toSend =
      isOpen && unread === null
        ? due.slice(0, Math.max(0, (state === 'ajar' ? 1 : concurrency) - sending()))
        : [];
    const toSettle = isOpen && hasUncertain && toSend.length === 0 && !toLook && !running.has(FIRST);
    const toConfirm =
      isOpen &&
      sending() === 0 &&
      !hasUncertain &&
      unread === null &&
      confirmer.isDue(night, now) &&
      isFree(CONFIRM, now);
    const toAsk = toTest || toLook || toSettle || toConfirm;
    if (toRead.length + toSend.length === 0 && !toAsk) {
      const isSettled = now >= nextSettle && !hasUncertain;
      if (rows.length === 0 && running.size === 0 && isSettled && unread === null) quiet.begin();
      return [];
    }
    if (lease === null && !(await acquireLease(now))) return [];
    // No await from here on: the lease is given up when the last one ends.
    const started = toRead.map((fuente) =>
      track(readingKey(fuente), `la lectura de «${fuente}»`, () =>
        readings.read(fuente, rows, night, abort.signal),
      ),
    );
    if (toTest) started.push(track(TEST, 'la prueba de conexión', () => test(night)));
    if (toLook)
      started.push(track(FIRST, 'la lectura del historial de SENCE', () => readHistory(night, mayRun)));
    // The gate is open: what former calls have met is over.
    if ((toSend.length > 0 || toSettle) && sending() === 0) line.stop = null;
    for (const row of toSend)
      started.push(track(rowKey(row), `el curso ${row.curso}`, () => runRow(row, night)));
    if (toConfirm) {
      started.push(track(CONFIRM, 'la confirmación con SENCE', () => confirmer.run(night, abort.signal)));
    }
    if (toSettle) {
      nextSettle = new Date(now.getTime() + SETTLE_EVERY_MS);
      started.push(track(SETTLE, 'los envíos sin respuesta', () => settleAll(night)));
    }
    return started;

    async function pending(): Promise<NocheRow[]> {
      if (!isFirst) return mayRun ? pendingRows(db, rutOtec, night.noche) : [];
      if (mayRun && (await nights.isExpected(night, now))) {
        return planNight(provider, night, startOf(place, night), context);
      }
      await nights.giveUp(await pendingRows(db, rutOtec, night.noche), night, now);
      return mayRun ? pendingRows(db, rutOtec, night.noche) : [];
    }
  }

  function isFree(key: string, now: Date): boolean {
    const rest = resting.get(key);
    return !running.has(key) && (rest === undefined || rest.until <= now || rest.since > now);
  }

  /** How many calls of courses are under way. */
  function sending(): number {
    return [...running.keys()].filter((key) => key.startsWith('[')).length;
  }

  async function acquireLease(now: Date): Promise<boolean> {
    const taken = takeLease(ledger, rutOtec);
    if (taken === null) return false;
    try {
      await recoverEnvios(db, rutOtec, now);
    } catch (error) {
      taken.release();
      throw error;
    }
    lease = taken;
    return true;
  }

  /** A bulkhead: whatever `work` throws is told and rests a while; nothing else hears of it. */
  function track(key: string, haciendo: string, work: () => Promise<void>): Promise<void> {
    const tracked = work()
      .then(
        () => void resting.delete(key),
        (error: unknown) => {
          const tries = (resting.get(key)?.tries ?? 0) + 1;
          const since = clock();
          resting.set(key, { tries, since, until: new Date(since.getTime() + pauseAfter(tries)) });
          context.onDefect?.({ rutOtec, haciendo, error });
        },
      )
      .finally(() => {
        running.delete(key);
        if (running.size > 0) return;
        lease?.release();
        lease = null;
      });
    running.set(key, tracked);
    return tracked;
  }

  async function runRow(row: NocheRow, night: Night): Promise<void> {
    const trees = readings.of(row)?.trees ?? [];
    let result: UnitResult;
    let isRunning = false;
    try {
      const more = { ...context, client: client(), signal: abort.signal, line, stopping: () => stopping };
      isRunning = true;
      result = await runUnit(row, trees, night, provider, more);
    } catch (error) {
      context.onDefect?.({ rutOtec, haciendo: `el curso ${row.curso}`, error });
      // What was read is not to blame for a disk that is full.
      if (isRunning && !(error instanceof StoreError)) await readings.spoil(row, night);
      const problem = defectProblem(error);
      result = { envios: [], inciertos: [], problem, stop: null, conditions: [] };
    }
    await record(row, night, result);
  }

  /** Settings that no client can be made of are the course's trouble, not the service's. */
  function client(): GestorClient {
    made ??= context.clientFor(otec);
    return made;
  }

  async function record(row: NocheRow, night: Night, result: UnitResult): Promise<void> {
    const { noche, curso } = row;
    for (const condition of result.conditions) emit({ kind: 'condition', rutOtec, ...condition });
    if (result.stop !== null) await hold(await gate.close(result.stop, night, 'call'), night);
    // A call that was taken while another met a stop says nothing against it.
    else if (line.stop === null && result.envios.some(wasTaken)) await gate.succeeded('call');

    const now = clock();
    const missing = readings.of(row)?.problem ?? null;
    const problem = result.problem ?? missing;
    const inciertos = JSON.stringify(result.inciertos);
    if (result.problem === null && result.inciertos.length === 0) {
      readings.drop(row);
      if (missing === null) {
        const tarde = now >= night.end;
        const done = { estado: 'hecha', causa: null, motivo: null, inciertos, tarde: tarde ? 1 : 0 } as const;
        await updateNoche(db, row, done, now);
        return emit({ kind: 'done', rutOtec, noche, curso, envios: result.envios, tarde });
      }
    }
    const intentos = row.intentos + 1;
    const next = new Date(now.getTime() + pauseAfter(intentos));
    const { causa = 'incierto', motivo = null } = problem ?? {};
    const change = { intentos, causa, motivo, inciertos, desde: next.toISOString() } as const;
    await updateNoche(db, row, change, now);
    emit({ kind: 'retry', rutOtec, noche, curso, motivo: motivo ?? UNCERTAIN, next });
  }

  /** What stops the provider is told once and written into every course that waits for it. */
  async function hold({ clave, mensaje, queHacer, next }: Closed, night: Night): Promise<void> {
    const desde = (next ?? night.end).toISOString();
    line.well.clear();
    await holdNoche(db, { rutOtec, noche: night.noche }, { causa: clave, motivo: mensaje, desde }, clock());
    emit({ kind: 'condition', rutOtec, clave, mal: true, mensaje, queHacer });
  }

  async function test(night: Night): Promise<void> {
    const closed = await gate.test(client(), night, abort.signal);
    if (closed !== null) return hold(closed, night);
    await releaseNoche(db, { rutOtec, noche: night.noche }, clock());
  }

  async function readHistory(night: Night, isOpen: boolean): Promise<void> {
    let stop: Stop | null;
    try {
      const more = { ...context, client: client(), signal: abort.signal, isOpen };
      stop = await readFirstOfNight(provider, night, more);
    } catch (error) {
      const desde = clock().toISOString();
      const { noche } = night;
      const { causa, motivo } = defectProblem(error);
      await holdNoche(db, { rutOtec, noche }, { causa, motivo, desde }, clock());
      throw error;
    }
    if (stop !== null) return hold(await gate.close(stop, night, 'history'), night);
    await historyAnswered(false);
  }

  async function settleAll(night: Night): Promise<void> {
    const { stop, arrived } = await settleOpen(rutOtec, {
      ...{ ...context, client: client(), signal: abort.signal },
      isOver: (noche) => clock() >= nightOf(noche, ventana).end,
    });
    if (stop !== null) {
      // A course's call that is under way and taken says nothing against it.
      line.stop = stop;
      return hold(await gate.close(stop, night, 'history'), night);
    }
    if (line.stop === null) await historyAnswered(arrived);
  }

  async function historyAnswered(arrived: boolean): Promise<void> {
    if (!(await gate.succeeded(arrived ? 'call' : 'history'))) return;
    for (const condition of LINE_IS_WELL) emit({ kind: 'condition', rutOtec, ...condition });
  }
}

function readingKey(fuente: string): string {
  return `lectura ${fuente}`;
}

/** Its next try is the gate's own. */
function isHeld({ causa }: NocheRow): boolean {
  return causa === 'token' || causa === 'conexion';
}

const SETTLE = 'historial';
const FIRST = 'primera lectura';
const TEST = 'prueba';
const CONFIRM = 'confirmación';
const SETTLE_EVERY_MS = 60_000;
const ALONE: Place = { index: 0, count: 1 };
const UNCERTAIN = 'No se sabe todavía si SENCE recibió el envío.';
