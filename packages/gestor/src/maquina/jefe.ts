import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { type Logger, pino } from 'pino';
import { RateLimit } from '../http/rate.ts';
import { type Muestra, sumOf } from '../metrics.ts';
import { prepareMonths, scheduleMonths } from '../night/meses.ts';
import { scheduleNight } from '../night/schedule.ts';
import { DEFAULT_LIMITS, type GestorOptions } from '../options.ts';
import { type Gestor, importGiven, requireStrongKey } from '../server.ts';
import { StartError } from '../start-error.ts';
import { openStore } from '../store/open.ts';
import type { Estado } from '../store/pulso.ts';
import type { Store } from '../store/store.ts';
import { Linea } from './linea.ts';
import type { Limitado, MetricasMaquina, SaludMaquina } from './maquina.ts';

export interface MaquinaOptions extends Omit<GestorOptions, 'clock'> {
  /** Processes that answer calls, beside this one, which does not. */
  procesos: number;
}

/** What a process is started with: plain data. It comes by message, since everybody may read a command line. */
export interface Ajustes extends Omit<GestorOptions, 'clock' | 'logger' | 'registro' | 'horaPublicacion'> {
  /** Whether it writes the log to the standard error. */
  registra: boolean;
}

/** What a process has counted since its start. */
export interface Cuenta {
  contadores: Muestra;
  rss: number;
  heap: number;
}

/** What became of a process's start. */
type Arranque = { url: string; port: number } | Fallo;

/** Why a process did not start. */
export interface Fallo {
  fallo: string;
  fix?: string;
  code?: string;
}

/**
 * The service on several cores: processes that share one port, over one PostgreSQL. This process answers no call; it
 * prepares the database, runs the night, counts the limits for all, and starts again whoever dies.
 * Throws as {@link startGestor} does, and a {@link StartError} for SQLite, which takes one writer.
 */
export async function startGestores({ procesos, ...options }: MaquinaOptions): Promise<Gestor> {
  requireStrongKey(options.adminKey);
  if (!/^postgres(ql)?:\/\//.test(options.datos)) {
    throw new StartError(
      'Varios procesos necesitan PostgreSQL: en SQLite escribe uno a la vez y los demás solo esperarían.',
      'Use --datos postgres://…, o deje un solo proceso.',
    );
  }
  const store = await openStore(options.datos);
  const jefe = new Jefe(procesos, options, store);
  try {
    await requireConnections(store, procesos);
    return await jefe.start();
  } catch (error) {
    await jefe.close();
    throw error;
  }
}

/** Of its pool, of each process; and one more for the night. */
const CONNECTIONS = 10;

async function requireConnections({ db }: Store, procesos: number): Promise<void> {
  const { rows } = await sql<{ max: string }>`select current_setting('max_connections') as max`.execute(db);
  const max = Number(rows[0]?.max);
  const needed = procesos * CONNECTIONS + 2;
  if (needed <= max) return;
  throw new StartError(
    `${procesos} procesos abren hasta ${needed} conexiones y PostgreSQL admite ${max}.`,
    `Suba max_connections en PostgreSQL, o use menos procesos: caben ${Math.max(1, Math.floor((max - 2) / CONNECTIONS))}.`,
  );
}

interface Obrero {
  worker: Worker;
  linea: Linea;
  /** Since when it answers calls, by a clock that never jumps; null: not yet. */
  atiende: number | null;
  /** What was last known of its counters. */
  cuenta: Cuenta | null;
}

class Jefe {
  readonly #procesos: number;
  readonly #options: Omit<GestorOptions, 'clock'>;
  readonly #store: Store;
  readonly #logger: Logger;
  readonly #limits: Record<Limitado, RateLimit>;
  readonly #obreros = new Set<Obrero>();
  /** Counters of those that have ended. */
  #idos: Muestra = {};
  #reinicios = 0;
  #seguidas = 0;
  #isEnding = false;
  #timers = new Set<NodeJS.Timeout>();
  #stops: (() => Promise<void>)[] = [];

  constructor(procesos: number, options: Omit<GestorOptions, 'clock'>, store: Store) {
    this.#procesos = procesos;
    this.#options = options;
    this.#store = store;
    this.#logger = options.logger ?? pino({ enabled: false });
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#limits = { otec: new RateLimit(limits.porOtec), address: new RateLimit(limits.porDireccion) };
  }

  async start(): Promise<Gestor> {
    const { registro, horaPublicacion = 1, salida } = this.#options;
    const own = { store: this.#store, clock: () => new Date(), logger: this.#logger };
    await prepareMonths(own);
    await importGiven(registro, own);
    cluster.setupPrimary({ exec: fileURLToPath(new URL('./obrero.js', import.meta.url)), args: [] });
    // The first one alone: where it cannot listen, one error is enough.
    const first = await this.#fork();
    if ('fallo' in first) throw failureOf(first);
    const others = await Promise.all(Array.from({ length: this.#procesos - 1 }, () => this.#fork()));
    for (const found of others) if ('fallo' in found) throw failureOf(found);
    this.#stops.push(scheduleMonths(own));
    if (horaPublicacion !== null) {
      const files = salida === undefined ? {} : { salida };
      this.#stops.push(scheduleNight({ ...own, ...files, hora: horaPublicacion }));
    }
    return { ...first, close: () => this.close() };
  }

  /** Lets every process finish its calls, and ends it. */
  async close(): Promise<void> {
    this.#isEnding = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all([...this.#obreros].map((obrero) => this.#end(obrero)));
    for (const stop of this.#stops) await stop();
    await this.#store.close();
  }

  async #end({ worker, linea }: Obrero): Promise<void> {
    const gone = once(worker, 'exit');
    linea.ask('termina', null, LONG_MS).catch(() => undefined);
    await gone;
  }

  async #fork(): Promise<Arranque> {
    const worker = cluster.fork();
    const { logger, registro: _, horaPublicacion: __, ...options } = this.#options;
    const ajustes: Ajustes = { ...options, registra: logger !== undefined };
    let tell: (started: Arranque) => void = () => undefined;
    const told = new Promise<Arranque>((resolve) => {
      tell = resolve;
    });
    const linea = new Linea((message) => worker.isConnected() && worker.send(message), {
      ajustes: () => ajustes,
      partio: (started: Arranque) => tell(started),
      admite: ({ by, caller }: { by: Limitado; caller: string | number }) => this.#limits[by].admits(caller),
      salud: () => this.#salud(),
      metricas: () => this.#metricas(),
    });
    const obrero: Obrero = { worker, linea, atiende: null, cuenta: null };
    this.#obreros.add(obrero);
    worker.on('message', (message: unknown) => linea.take(message));
    worker.on('error', (error) => this.#logger.error({ err: error }, 'process'));
    worker.once('exit', (code, signal) => this.#left(obrero, signal ?? code));
    const gone = once(worker, 'exit').then((): Fallo => ({ fallo: 'a process ended at its start' }));
    const started = await Promise.race([told, gone]);
    if ('fallo' in started) worker.process.kill('SIGKILL');
    else obrero.atiende = performance.now();
    return started;
  }

  /** Whoever dies is started again: at once, and more and more slowly where it dies at once each time. */
  #left(obrero: Obrero, why: string | number): void {
    this.#obreros.delete(obrero);
    if (obrero.cuenta) this.#idos = sumOf([this.#idos, obrero.cuenta.contadores]);
    if (this.#isEnding || this.#stops.length === 0) return;
    const lived = obrero.atiende === null ? 0 : performance.now() - obrero.atiende;
    this.#seguidas = lived > STEADY_MS ? 0 : this.#seguidas + 1;
    this.#reinicios += 1;
    this.#logger.error({ why, lived: Math.round(lived) }, 'a process died; it is started again');
    const wait = Math.min(MAX_WAIT_MS, 250 * 2 ** Math.min(this.#seguidas, 10));
    const timer = setTimeout(async () => {
      this.#timers.delete(timer);
      const started = await this.#fork();
      if ('fallo' in started) this.#logger.error({ fallo: started.fallo }, 'a process does not start');
    }, wait);
    this.#timers.add(timer);
  }

  async #salud(): Promise<SaludMaquina> {
    const asked = [...this.#obreros].filter(({ atiende }) => atiende !== null);
    const estados = await Promise.all(
      asked.map(({ linea }) => linea.ask<Estado>('pulso').catch(() => 'un proceso no responde' as const)),
    );
    const estado = estados.find((one) => one !== 'bien') ?? 'bien';
    return { estado, procesos: { pedidos: this.#procesos, atienden: asked.length } };
  }

  async #metricas(): Promise<MetricasMaquina> {
    const asked = [...this.#obreros].filter(({ atiende }) => atiende !== null);
    await Promise.all(
      asked.map(async (obrero) => {
        obrero.cuenta = await obrero.linea.ask<Cuenta>('cuenta').catch(() => obrero.cuenta);
      }),
    );
    const cuentas = asked.flatMap(({ cuenta }) => cuenta ?? []);
    const { rss, heapUsed } = process.memoryUsage();
    return {
      contadores: sumOf([this.#idos, ...cuentas.map(({ contadores }) => contadores)]),
      rss: cuentas.reduce((sum, cuenta) => sum + cuenta.rss, rss),
      heap: cuentas.reduce((sum, cuenta) => sum + cuenta.heap, heapUsed),
      atienden: asked.length,
      reinicios: this.#reinicios,
    };
  }
}

function failureOf({ fallo, fix, code }: Fallo): Error {
  if (fix !== undefined) return new StartError(fallo, fix);
  return Object.assign(new Error(fallo), code === undefined ? {} : { code });
}

/** Opening a database, or finishing the calls under way, may take minutes. */
const LONG_MS = 20 * 60_000;
/** Who has lived so long did not die of its start. */
const STEADY_MS = 60_000;
const MAX_WAIT_MS = 30_000;
