import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GestorClient } from '@puente-sic/client';
import { type Ledger, openLedger } from '@puente-sic/engine';
import { readRegistro } from '@puente-sic/protocol';
import { type Fault, startProxy } from '@puente-sic/testing';
import { type Bundle, bundle } from './bundle.ts';
import { CURSOS, noche, OTEC, outageFile, porcentaje } from './world.ts';

export interface TortureOptions {
  nights: number;
  seed: number;
  /** One in so many requests meets a fault of the line. */
  faultEvery: number;
  /** At one in so many requests the engine is killed, within a moment of it; and at as many the Gestor. */
  killEvery: number;
  /** Nights between two judgements; all of them when left out. */
  stretch?: number;
  /** What stands after each stretch, of all the nights until then. */
  onStretch?: (tally: Tally) => void;
}

/** What was done to them, and what stands afterwards. Everything under `wrong` must be 0. */
export interface Tally {
  nights: number;
  done: number;
  lost: number;
  processes: number;
  records: number;
  faults: Record<string, number>;
  killed: { engine: number; gestor: number };
  uncertain: number;
  wrong: {
    /** A codigoEnvio that the Gestor has more than once. */
    twice: number;
    /** A student × module that went in more than once in one night. */
    repeatedInNight: number;
    /** Refused for a percentage below the last one: never to happen. */
    descents: number;
    /** Nights that count as done without a process for each course, or processes of nights that do not. */
    nights: number;
    /** Values at the Gestor that the source did not have on that night. */
    values: number;
    /** Last accepted values on which ledger and Gestor differ. */
    ledger: number;
    /** Envíos whose outcome is still not known. */
    open: number;
  };
}

/**
 * Real engine and real Gestor, both killed at random, over a bad line; many nights. The engine's clock is virtual: it
 * moves between two questions of the night, and stands while the Gestor starts again, so that an outage is minutes of
 * the night on any machine. Real are the processes, their deaths, the line, its time-outs and the Gestor's clock.
 */
export async function torture(options: TortureOptions): Promise<Tally> {
  const { nights, stretch = nights } = options;
  const folder = mkdtempSync(join(tmpdir(), 'puente-tortura-'));
  const programs = await bundle();
  const random = generator(options.seed);
  const faults: Record<string, number> = {};
  const killed = { engine: 0, gestor: 0 };
  let gestor = await startGestor(programs, folder, 0);
  const { port } = gestor;
  let engine: ChildProcess | null = null;
  let restarting: Promise<void> = Promise.resolve();

  const killGestor = async () => {
    writeFileSync(outageFile(folder), '');
    await kill(gestor.child);
    killed.gestor += 1;
    gestor = await startGestor(programs, folder, port);
    rmSync(outageFile(folder));
  };
  const proxy = await startProxy(port, ({ method }) => {
    // Around a request is where a death can do harm; the moment is left to chance.
    if (random() * options.killEvery < 1) setTimeout(() => engine?.kill('SIGKILL'), random() * MOMENT_MS);
    if (random() * options.killEvery < 1) {
      restarting = restarting.then(() => wait(random() * MOMENT_MS)).then(killGestor);
    }
    const kinds: Fault[] = method === 'POST' ? POST_FAULTS : GET_FAULTS;
    const fault = random() * options.faultEvery < 1 ? pick(kinds, random) : 'none';
    faults[fault] = (faults[fault] ?? 0) + 1;
    return fault;
  });
  const url = `http://127.0.0.1:${proxy.port}/gestor/API`;
  try {
    for (let until = Math.min(stretch, nights); ; until = Math.min(until + stretch, nights)) {
      for (let code: unknown = null; code !== 0; ) {
        engine = run(programs.engine, [folder, url, String(until)]);
        [code] = await once(engine, 'exit');
        if (code === null) killed.engine += 1;
        else if (code !== 0) throw new Error(`The engine ended with ${code}`);
      }
      await restarting;
      const tally = { ...(await judge(folder, port, until)), faults, killed };
      options.onStretch?.(tally);
      if (until === nights) return tally;
    }
  } finally {
    engine?.kill('SIGKILL');
    await restarting;
    await kill(gestor.child);
    await proxy.close();
    programs.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What stands at the Gestor against what the ledger and the source say. */
async function judge(
  folder: string,
  port: number,
  nights: number,
): Promise<Omit<Tally, 'faults' | 'killed'>> {
  const client = new GestorClient({
    baseUrl: `http://127.0.0.1:${port}/gestor/API`,
    credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
  });
  const { processes } = await client.history();
  const ledger = await openLedger(join(folder, 'estado'));
  try {
    const records = processes.flatMap((proceso) =>
      proceso.listaregistros.map((registro) => ({
        ...readRegistro(registro),
        curso: registro.oferta_cod ?? '',
        night: (registro.fecha_ejecucion ?? '').slice(0, 10),
      })),
    );
    const codes = processes.map(({ codigo_externo }) => codigo_externo);
    const keys = records.map(
      ({ curso, rut, codigoModulo, night }) => `${night} ${curso} ${rut} ${codigoModulo}`,
    );
    const rows = await ledger.db.selectFrom('noche').selectAll().execute();
    const sentNights = new Set(records.map(({ night, curso }) => `${night} ${curso}`));
    const doneNights = new Set(
      rows
        // A row `*` keeps the place of a source's courses until it is read.
        .filter(({ estado, curso }) => estado === 'hecha' && curso !== '*')
        .map((row) => `${row.noche} ${row.curso}`),
    );
    const known = new Set(rows.map((row) => `${row.noche} ${row.curso}`));
    const last = new Map(
      records
        .filter(({ fate }) => fate === 'accepted')
        .map(({ curso, rut, codigoModulo, porcentajeAvance }) => [
          `${curso} ${rut} ${codigoModulo}`,
          porcentajeAvance,
        ]),
    );
    return {
      nights,
      done: doneNights.size,
      lost: rows.filter(({ estado }) => estado === 'perdida').length,
      processes: processes.length,
      records: records.length,
      uncertain: await countOf(ledger, 'cortado'),
      wrong: {
        twice: codes.length - new Set(codes).size,
        repeatedInNight: keys.length - new Set(keys).size,
        descents: records.filter(({ reasons }) => reasons.some(({ code }) => code === '025')).length,
        nights:
          [...doneNights].filter((night) => !sentNights.has(night)).length +
          [...sentNights].filter((night) => !known.has(night)).length +
          missingNights(rows, nights),
        values: records.filter(
          ({ curso, rut, codigoModulo, night, porcentajeAvance }) =>
            porcentajeAvance !== porcentaje(curso, rut, codigoModulo, night),
        ).length,
        ledger: await differing(ledger, last),
        open: await countOf(ledger, 'open'),
      },
    };
  } finally {
    await ledger.close();
  }
}

/** Each night of the run is in the ledger, for each course or lost as a whole. */
function missingNights(rows: readonly { noche: string; curso: string }[], nights: number): number {
  const known = new Set(rows.map((row) => `${row.noche} ${row.curso}`));
  return Array.from({ length: nights }, (_, index) => noche(index)).filter(
    (night) => !known.has(`${night} *`) && !CURSOS.every((curso) => known.has(`${night} ${curso}`)),
  ).length;
}

async function differing(ledger: Ledger, last: ReadonlyMap<string, number | null>): Promise<number> {
  const rows = await ledger.db.selectFrom('aceptado').selectAll().execute();
  const own = new Map(
    rows.map((row) => [`${row.codigoOferta} ${row.rut} ${row.codigoModulo}`, row.porcentajeAvance]),
  );
  const keys = new Set([...last.keys(), ...own.keys()]);
  return [...keys].filter((key) => last.get(key) !== own.get(key)).length;
}

async function countOf(ledger: Ledger, what: 'cortado' | 'open'): Promise<number> {
  let query = ledger.db.selectFrom('envio').select(({ fn }) => fn.countAll<number>().as('total'));
  query =
    what === 'cortado'
      ? query.where('cortado', 'is not', null)
      : query.where('estado', 'in', ['incierto', 'enviando', 'preparado']);
  return Number((await query.executeTakeFirstOrThrow()).total);
}

async function startGestor(
  programs: Bundle,
  folder: string,
  port: number,
): Promise<{ child: ChildProcess; port: number }> {
  const child = run(programs.gestor, [folder, String(port)]);
  if (child.stdout === null) throw new Error('no output');
  const [said] = await once(child.stdout, 'data');
  return { child, port: Number(String(said).trim()) };
}

function run(program: string, args: string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Longest time between a request and the death that it brings, in milliseconds. */
const MOMENT_MS = 40;
const GET_FAULTS: Fault[] = ['cut-before', '503', 'html-prefix'];
const POST_FAULTS: Fault[] = ['cut-before', 'cut-during', 'cut-after', '503', '503-after', 'html-prefix'];

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Numbers in [0, 1) that a seed gives again (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
