import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importRegistry, openStore, readRegistry } from '@puente-sic/gestor';
import { startPostgres } from '../../packages/gestor/test/postgres.ts';
import { type Bench, type BenchOptions, median, printTable, thousands } from '../bench.ts';
import { postgresFloor } from './floor-postgres.ts';
import { sqliteFloor } from './floor-sqlite.ts';
import { ALUMNOS, MODULOS, NATION, registry } from './nation.ts';
import { neighbours } from './neighbours.ts';
import { runLoad, type Server, startServer } from './processes.ts';

const CURSOS = 300;
const ROUNDS = 5;
const RECORDS = ALUMNOS * MODULOS;
const POSTGRES_CONNECTIONS = 10;

export const gestorBench: Bench = {
  name: 'gestor',
  about: `courses of ${ALUMNOS} students × ${MODULOS} modules over HTTP, durable, beside the bare driver`,
  async run(options) {
    await onSqlite(options);
    await onPostgres(options);
  },
};

async function onSqlite(options: BenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-bench-'));
  try {
    await seed(folder, cursosFor(options));
    await measure('SQLite', folder, options, async (from, to, porcentaje) =>
      sqliteFloor(folder, from, to, porcentaje),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onPostgres(options: BenchOptions): Promise<void> {
  const postgres = await startPostgres({ durable: true });
  try {
    const datos = await postgres.createDatabase();
    await seed(datos, cursosFor(options));
    await measure('PostgreSQL', datos, options, (from, to, porcentaje) =>
      postgresFloor(datos, { from, to, porcentaje, connections: POSTGRES_CONNECTIONS }),
    );
  } finally {
    await postgres.stop();
  }
}

/** Courses a second of the bare driver over courses `from` to `to`. */
type Floor = (from: number, to: number, porcentaje: number) => Promise<number>;

/** Both take turns over the same courses, so that whatever else the machine does weighs on both alike. */
async function measure(title: string, datos: string, options: BenchOptions, floor: Floor): Promise<void> {
  const server = await startServer(datos);
  try {
    await runLoad(server.url, 0, CURSOS, 1); // a first night in the tables, and the server warm
    const rounds: { bare: number; served: number }[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const bare = await floor(0, CURSOS, 2 * round);
      const served = CURSOS / (await runLoad(server.url, 0, CURSOS, 2 * round + 1));
      rounds.push({ bare, served });
    }
    const served = median(rounds.map((round) => round.served));
    console.log(`\n${title}: courses of ${RECORDS} records a second, ${ROUNDS} rounds of ${CURSOS} courses`);
    printTable([
      ['', 'bare driver', 'Gestor over HTTP', 'ratio'],
      ...rounds.map(({ bare, served }, index) => [
        `round ${index + 1}`,
        thousands(bare),
        thousands(served),
        (served / bare).toFixed(2),
      ]),
      [
        'median',
        thousands(median(rounds.map(({ bare }) => bare))),
        thousands(served),
        median(rounds.map(({ bare, served }) => served / bare)).toFixed(2),
      ],
    ]);
    console.log(
      `  At that median, ${thousands(NATION)} courses take ${(NATION / served / 60).toFixed(1)} minutes.`,
    );
    await neighbours(server, title);
    if (options.noche > 0) await realNight(server, Math.round(NATION * options.noche));
  } finally {
    await server.stop();
  }
}

/** A share of a national night really sent, with the server's memory on the way. */
async function realNight(server: Server, cursos: number): Promise<void> {
  const steps = 10;
  const memory: number[] = [];
  let seconds = 0;
  for (let step = 0; step < steps; step++) {
    const [from, to] = [step, step + 1].map((part) => Math.round((cursos * part) / steps));
    seconds += await runLoad(server.url, from ?? 0, to ?? 0, 90);
    memory.push((await server.memory()) / 1024 / 1024);
  }
  console.log(
    `  A real run: ${thousands(cursos)} courses, ${thousands(cursos * RECORDS)} records in ${seconds.toFixed(0)} s;` +
      ` memory of the server along it, MB: ${memory.map(thousands).join(' ')}`,
  );
}

function cursosFor({ noche }: BenchOptions): number {
  return Math.max(CURSOS, Math.round(NATION * noche));
}

/** Puts courses into the registry of a store. */
export async function seed(datos: string, cursos: number): Promise<void> {
  const store = await openStore(datos);
  for (let from = 0; from < cursos; from += 1000) {
    await importRegistry(store, readRegistry(registry(from, Math.min(from + 1000, cursos))), {
      now: new Date(),
    });
  }
  await store.close();
}
