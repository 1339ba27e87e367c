import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importRegistry, openStore, readRegistry } from '@puente-sic/gestor';
import { startPostgres } from '../../packages/gestor/test/postgres.ts';
import { type Bench, type BenchOptions, printTable, thousands } from '../bench.ts';
import { postgresFloor } from './floor-postgres.ts';
import { sqliteFloor } from './floor-sqlite.ts';
import { ALUMNOS, MODULOS, NATION, registry } from './nation.ts';
import { runLoad, type Server, startServer } from './processes.ts';

const CURSOS = 1_000;
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
    // First time inserts, second time updates as well: what the percentages of a second night do.
    const floor = [sqliteFloor(folder, 0, CURSOS, 10), sqliteFloor(folder, 0, CURSOS, 20)];
    await measure('SQLite', folder, floor, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onPostgres(options: BenchOptions): Promise<void> {
  const postgres = await startPostgres({ durable: true });
  try {
    const datos = await postgres.createDatabase();
    await seed(datos, cursosFor(options));
    const range = { from: 0, to: CURSOS, connections: POSTGRES_CONNECTIONS };
    const floor = [
      await postgresFloor(datos, { ...range, porcentaje: 10 }),
      await postgresFloor(datos, { ...range, porcentaje: 20 }),
    ];
    await measure('PostgreSQL', datos, floor, options);
  } finally {
    await postgres.stop();
  }
}

async function measure(title: string, datos: string, floor: number[], options: BenchOptions): Promise<void> {
  const server = await startServer(datos);
  try {
    const served = [
      CURSOS / (await runLoad(server.url, CURSOS, 2 * CURSOS, 10)),
      CURSOS / (await runLoad(server.url, CURSOS, 2 * CURSOS, 20)),
    ];
    console.log(`\n${title}: courses of ${RECORDS} records a second`);
    printTable([
      ['', 'bare driver', 'Gestor over HTTP', 'ratio'],
      ...['first night', 'next night'].map((night, index) => {
        const [bare = 0, whole = 0] = [floor[index], served[index]];
        return [night, thousands(bare), thousands(whole), (whole / bare).toFixed(2)];
      }),
    ]);
    const slowest = Math.min(...served);
    console.log(
      `  ${thousands(NATION)} courses in ${(NATION / slowest / 60).toFixed(1)} minutes at the slower of both.`,
    );
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
    seconds += await runLoad(server.url, from ?? 0, to ?? 0, 30);
    memory.push((await server.memory()) / 1024 / 1024);
  }
  console.log(
    `  A real run: ${thousands(cursos)} courses, ${thousands(cursos * RECORDS)} records in ${seconds.toFixed(0)} s;` +
      ` memory of the server along it, MB: ${memory.map(thousands).join(' ')}`,
  );
}

function cursosFor({ noche }: BenchOptions): number {
  return Math.max(2 * CURSOS, Math.round(NATION * noche));
}

async function seed(datos: string, cursos: number): Promise<void> {
  const store = await openStore(datos);
  for (let from = 0; from < cursos; from += 1000) {
    await importRegistry(store.db, readRegistry(registry(from, Math.min(from + 1000, cursos))), {
      now: new Date(),
    });
  }
  await store.close();
}
