import { startPostgres } from '../../packages/gestor/test/postgres.ts';
import { type Bench, median, printTable, thousands } from '../bench.ts';
import { seed } from './bench.ts';
import { insertNights } from './fill.ts';
import { askHistory } from './history.ts';
import { CURSOS_PER_OTEC } from './nation.ts';
import { runBurst, runLoad, startHttpFloor, startServer } from './processes.ts';

const CURSOS = 300;
const ROUNDS = 3;
const PROCESOS = 2;
const NIGHTS = 30;

/** The rows of a country on PostgreSQL; `--noche` is the share of 3,000 calls and 600,000 records that it really uses. */
export const countryBench: Bench = {
  name: 'pais',
  about: 'PostgreSQL, two processes: beside a floor over HTTP, a burst, and after thirty nights',
  async run({ noche }) {
    const share = noche > 0 ? noche : 0.05;
    const postgres = await startPostgres({ durable: true });
    try {
      const datos = await postgres.createDatabase();
      const cursos = Math.max(CURSOS, Math.round(4_000 * share));
      await seed(datos, cursos);
      await besideFloor(datos);
      await burst(datos, Math.round(3_000 * share));
      await afterNights(datos, cursos);
    } finally {
      await postgres.stop();
    }
  },
};

/** Both by turns over the same courses, from the same generator. */
async function besideFloor(datos: string): Promise<void> {
  const rows: string[][] = [['courses a second', 'floor over HTTP', `${PROCESOS} processes`, 'ratio']];
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const floor = await startHttpFloor(datos, {
      from: 0,
      to: CURSOS,
      porcentaje: 2 * round,
      procesos: PROCESOS,
    });
    const parts = floor.urls.map((url, index) => {
      const [from, to] = [index, index + 1].map((part) => Math.round((CURSOS * part) / PROCESOS));
      return runLoad(url, from ?? 0, to ?? 0, 2 * round, 16 / PROCESOS);
    });
    const bare = CURSOS / Math.max(...(await Promise.all(parts)));
    await floor.stop();
    const server = await startServer(datos, PROCESOS);
    const served = CURSOS / (await runLoad(server.url, 0, CURSOS, 2 * round + 1));
    await server.stop();
    ratios.push(served / bare);
    rows.push([`round ${round}`, thousands(bare), thousands(served), (served / bare).toFixed(2)]);
  }
  rows.push(['median', '', '', median(ratios).toFixed(2)]);
  printTable(rows);
}

/** As at 22:00: fifty calls a second, whether or not those before are answered. */
async function burst(datos: string, calls: number): Promise<void> {
  const server = await startServer(datos, PROCESOS);
  await runLoad(server.url, 0, 50, 20);
  const ms = await runBurst(server.url, {
    from: 0,
    to: Math.min(calls, CURSOS),
    porcentaje: 21,
    seconds: calls / 50,
  });
  await server.stop();
  const sorted = ms.toSorted((a, b) => a - b);
  const mean = ms.reduce((sum, one) => sum + one, 0) / ms.length;
  const p99 = sorted[Math.ceil(0.99 * ms.length) - 1] ?? 0;
  console.log(
    `  a burst of ${ms.length} calls, fifty a second, none refused: mean ${mean.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (${(p99 / mean).toFixed(1)} ×)`,
  );
}

/** The same ingest and the same history before and after thirty nights of all courses. */
async function afterNights(datos: string, cursos: number): Promise<void> {
  const measure = async (porcentaje: number, steps: ('ingest' | 'history')[]) => {
    const server = await startServer(datos, PROCESOS);
    const figures = { ingest: 0, history: 0 };
    for (const step of steps) {
      if (step === 'ingest') figures.ingest = CURSOS / (await runLoad(server.url, 0, CURSOS, porcentaje));
      else figures.history = await historyOf(server.url);
    }
    await server.stop();
    return figures;
  };
  // The history is asked for where the day holds the same both times.
  const first = await measure(30, ['ingest', 'history']);
  const records = await insertNights(datos, cursos, NIGHTS);
  const after = await measure(31, ['history', 'ingest']);
  console.log(`  after ${NIGHTS} nights, ${thousands(records)} records in all:`);
  printTable([
    ['', 'first night', `after ${NIGHTS}`, 'ratio'],
    [
      'courses a second',
      thousands(first.ingest),
      thousands(after.ingest),
      (after.ingest / first.ingest).toFixed(2),
    ],
    [
      'history of a day, ms',
      first.history.toFixed(0),
      after.history.toFixed(0),
      (after.history / first.history).toFixed(2),
    ],
  ]);
}

async function historyOf(url: string): Promise<number> {
  const looks: number[] = [];
  for (let look = 0; look < 5; look++) looks.push(await askHistory(url, CURSOS_PER_OTEC));
  return median(looks);
}
