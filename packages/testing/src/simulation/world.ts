import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Avisar, backup, EngineFailure, restore } from '@puente-sic/engine';
import { StoreError } from '@puente-sic/store';
import { sql } from 'kysely';
import { type Deed, perform } from './acts.ts';
import type { Hits, Kind } from './kinds.ts';
import type { Passage } from './line.ts';
import { Machine } from './machine.ts';
import { type Random, randomOf } from './random.ts';
import { type Act, putRight, type Scenario, type Weather } from './scenario.ts';
import type { Sence } from './sence.ts';
import { runService } from './service.ts';
import { EVENING, HOUR, MINUTE, VirtualTime } from './time.ts';

/** A scenario while it runs: the real engine, client, ledger and Gestor, and everything that befalls them. */
export class World {
  readonly scenario: Scenario;
  readonly sence: Sence;
  readonly datos: string;
  readonly time: VirtualTime;
  /** Who is told what; left out: nobody. */
  readonly avisar: Avisar[] | undefined;
  readonly hits: Hits = {};
  readonly passages: Passage[] = [];
  /** What people did and what puente answered. */
  readonly deeds: Deed[] = [];
  /** Ends of the service that nobody wanted, with what it died of. */
  readonly falls: { at: number; error: unknown }[] = [];
  /** When the service was not there for another reason than a fault of its own. */
  readonly downtimes: { from: number; to: number }[] = [];
  /** When the service read a provider's source. */
  readonly readings: { rutOtec: string; at: number }[] = [];
  /** Courses that it was given, with what the source told of them. */
  readonly given: { rutOtec: string; curso: string; finding: string | null; at: number }[] = [];
  /** What the service called defects of puente. */
  readonly defects: { at: number; rutOtec: string | null; error: unknown }[] = [];
  /** Providers whose token a person has replaced. */
  readonly mended = new Set<string>();
  readonly #machines = new Set<Machine>();
  readonly #lines = new Map<string, Random>();
  readonly #dice: Random;
  #clockOffset = 0;
  /** The death that lies in wait for the service. */
  #trap: { act: Act; writes: number } | null = null;
  readonly #services = new Map<'first' | 'second', Machine>();
  /** A backup is being put back: whoever does that starts the service afterwards. */
  #isHeld = false;
  /** How long the computer stays off. */
  #off = 0;
  #failedWrites = 0;

  constructor(scenario: Scenario, sence: Sence, datos: string, avisar?: Avisar[]) {
    this.scenario = scenario;
    this.sence = sence;
    this.datos = datos;
    this.avisar = avisar;
    this.time = new VirtualTime(new Date(scenario.start));
    this.#dice = randomOf(scenario.seed, 'dice');
  }

  /** Where the backup of its ledger is. */
  get backup(): string {
    return `${this.datos}-respaldo`;
  }

  async run(): Promise<void> {
    const { time, scenario } = this;
    this.#startService('first');
    if (scenario.weather.some(({ kind }) => kind === 'two-services')) {
      this.hit('two-services');
      this.#startService('second');
    }
    for (const act of scenario.acts) {
      time.at(act.at, () => this.#act(act));
      if (act.kind === 'restore' || act.kind === 'restore-alone')
        time.at(act.at - act.amount, () => this.#backUp());
    }
    for (const weather of scenario.weather) this.#plan(weather);
    for (const { kind, at } of scenario.changes) time.at(at, () => this.hit(kind));
    await time.run(scenario.end);
    if (this.#machines.size === 0) throw new Error(`Seed ${scenario.seed}: the service did not come back`);
    for (const machine of this.#machines) machine.die();
    await time.run(scenario.end + MINUTE);
  }

  readonly random = (rutOtec: string): Random => {
    const known = this.#lines.get(rutOtec) ?? randomOf(this.scenario.seed, `line ${rutOtec}`);
    this.#lines.set(rutOtec, known);
    return known;
  };

  /** Whether a kind of fault is upon a provider (one of its courses) now and strikes this time; counted if so. */
  readonly meets = (kind: Kind, rutOtec: string, curso: string | null = null): boolean => {
    const strikes = this.scenario.weather.some(
      (weather) =>
        weather.kind === kind &&
        (weather.rutOtec === null || weather.rutOtec === rutOtec) &&
        (weather.curso === null || weather.curso === curso) &&
        this.time.now >= weather.from &&
        this.time.now < weather.to &&
        this.#dice.oneIn(weather.oneIn),
    );
    if (strikes) this.hit(kind);
    return strikes;
  };

  hit(kind: Kind): void {
    this.hits[kind] = (this.hits[kind] ?? 0) + 1;
  }

  /**
   * A process of its own on the same ledger.
   * @throws StoreError while another program holds the ledger: ten seconds of waiting, which a test need not wait.
   */
  async open(diesAt?: (moment: 'before' | 'after') => boolean): Promise<Machine> {
    const { time, datos } = this;
    if (this.#isUnder('ledger-locked')) throw new StoreError('locked', join(datos, 'puente.sqlite'));
    const machine: Machine = await time.real(
      Machine.start({
        ...{ time, datos, offset: () => this.#clockOffset },
        ...(diesAt && { diesAt }),
        onEnd: (failedWrites) => {
          this.#failedWrites += failedWrites;
          this.#machines.delete(machine);
        },
      }),
    );
    this.#machines.add(machine);
    if (this.#isUnder('ledger-full')) await time.real(fill(machine));
    return machine;
  }

  /** A call of the service begins: some die over one. */
  onCall(): void {
    if (this.#trap?.act.kind !== 'crash-on-line') return;
    const machine = this.#services.get('first');
    this.#trap = null;
    this.hit('crash-on-line');
    this.time.at(this.time.now + this.#dice.int(1, 9_000), () => machine?.die());
  }

  #startService(name: 'first' | 'second'): void {
    const { time } = this;
    if (this.#isHeld) {
      time.at(time.now + MINUTE, () => this.#startService(name));
      return;
    }
    this.open(name === 'first' ? (moment) => this.#isTrapped(moment) : undefined).then(
      (machine) => this.#serve(name, machine),
      () => time.at(time.now + 5 * MINUTE, () => this.#startService(name)),
    );
  }

  #serve(name: 'first' | 'second', machine: Machine): void {
    const { time } = this;
    this.#services.set(name, machine);
    const onEnd = (error: unknown) => {
      const fell = machine.isAlive;
      if (fell) this.falls.push({ at: time.now, error });
      machine.die();
      const pause = this.#off > 0 ? this.#off : this.#dice.int(1, 5) * MINUTE;
      this.#off = 0;
      if (!fell) this.downtimes.push({ from: time.now, to: time.now + pause });
      time.at(time.now + pause, () => this.#startService(name));
    };
    runService(this, machine, (signal) => time.until(signal, this.#untilNextTick())).then(
      () => onEnd(null),
      onEnd,
    );
  }

  #untilNextTick(): number {
    const hour = ((this.time.now - this.scenario.start + 3 * HOUR) % (24 * HOUR)) / HOUR;
    if (hour > EVENING && hour < 12.4) return this.scenario.tickEvery;
    // It never sleeps past the evening.
    return hour < EVENING ? Math.min(100 * MINUTE, (EVENING - hour) * HOUR + 1_000) : 100 * MINUTE;
  }

  /** Whether the service dies at this write. */
  #isTrapped(moment: 'before' | 'after'): boolean {
    const trap = this.#trap;
    if (trap === null || trap.act.kind === 'crash-on-line') return false;
    if (moment === 'before') trap.writes += 1;
    const dies = trap.writes >= trap.act.amount && trap.act.kind === `crash-${moment}-write`;
    if (dies) {
      this.hit(trap.act.kind);
      this.#trap = null;
    }
    return dies;
  }

  #act(act: Act): void {
    switch (act.kind) {
      case 'off':
        this.hit('off');
        this.#off = act.amount;
        this.#services.get('first')?.die();
        return;
      case 'clock-step':
        this.hit('clock-step');
        this.#clockOffset = act.amount;
        this.time.at(putRight(act), () => {
          this.#clockOffset = 0;
        });
        return;
      case 'crash-before-write':
      case 'crash-after-write':
      case 'crash-on-line':
        this.#trap = { act, writes: 0 };
        return;
      case 'mend-token':
        this.hit('mend-token');
        this.mended.add(act.rutOtec);
        this.#off = 1_000;
        this.#services.get('first')?.die();
        return;
      case 'first-start':
        this.hit('first-start');
        return;
      case 'restore':
      case 'restore-alone':
      case 'ledger-lost':
        this.#isHeld = true;
        for (const machine of this.#services.values()) machine.die();
        this.time.at(this.time.now + 5_000, () => {
          if (act.kind === 'ledger-lost') this.#lose();
          else void this.#restore(act);
        });
        return;
      default:
        void perform(act, this).then((deeds) => this.deeds.push(...deeds));
    }
  }

  /** Faults of the ledger's file have a beginning and an end of their own; all others are met by whoever asks. */
  #plan({ kind, from, to }: Weather): void {
    const { time } = this;
    if (kind === 'ledger-full') {
      time.at(from, () => {
        for (const machine of this.#machines) void time.real(fill(machine));
      });
      time.at(to, () => {
        this.#countFailedWrites(kind);
        for (const machine of this.#machines) void time.real(empty(machine));
      });
    }
    if (kind === 'ledger-locked') {
      time.at(from, () => {
        const file = join(this.datos, 'puente.sqlite');
        if (!existsSync(file)) return;
        const other = new DatabaseSync(file, { timeout: 0 });
        other.exec('BEGIN IMMEDIATE');
        time.at(to, () => {
          other.close();
          this.#countFailedWrites(kind);
        });
      });
    }
  }

  #backUp(): void {
    const { time, datos } = this;
    const copied = time.real(backup(datos, this.backup, time.date()));
    copied.catch((error: unknown) => this.defects.push({ at: time.now, rutOtec: null, error }));
  }

  #lose(): void {
    rmSync(this.datos, { recursive: true, force: true });
    this.hit('ledger-lost');
    this.#isHeld = false;
  }

  /** Restored, synchronised by whoever does it with care, and only then started again. */
  async #restore(act: Act): Promise<void> {
    const { time, datos, scenario } = this;
    try {
      await time.real(restore(datos, this.backup, time.date()));
      this.hit(act.kind);
      if (act.kind === 'restore-alone') return;
      for (const { rutOtec } of scenario.providers)
        this.deeds.push(...(await perform({ ...act, kind: 'synchronise', rutOtec }, this)));
    } catch (error) {
      // Somebody is sending at this very moment: it is not done then.
      if (!(error instanceof EngineFailure)) this.defects.push({ at: time.now, rutOtec: null, error });
    } finally {
      this.#isHeld = false;
    }
  }

  #countFailedWrites(kind: Kind): void {
    const now = [...this.#machines].reduce((sum, machine) => sum + machine.takeFailedWrites(), 0);
    if (now + this.#failedWrites > 0) this.hit(kind);
    this.#failedWrites = 0;
  }

  #isUnder(fault: 'ledger-full' | 'ledger-locked'): boolean {
    const { now } = this.time;
    return this.scenario.weather.some(({ kind, from, to }) => kind === fault && now >= from && now < to);
  }
}

/** The file may not grow by a page: SQLite takes no limit below its size. */
async function fill({ ledger, isAlive }: Machine): Promise<void> {
  if (isAlive) await sql`PRAGMA max_page_count = 1`.execute(ledger.db);
}

async function empty({ ledger, isAlive }: Machine): Promise<void> {
  if (isAlive) await sql`PRAGMA max_page_count = 1073741823`.execute(ledger.db);
}
