import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importRegistry, openStore, readRegistry } from '@puente-sic/gestor';
import { validateEnvio } from '@puente-sic/protocol';
import { type Bench, printTable, rate, thousands } from './bench.ts';
import { sqliteFloor } from './gestor/floor-sqlite.ts';
import { ALUMNOS, envio, registry } from './gestor/nation.ts';
import { runLoad, startServer } from './gestor/processes.ts';

const CURSOS = 500;

export const protocolBench: Bench = {
  name: 'protocol',
  about: 'students a second: reading a body, judging it offline, and the whole POST on an embedded Gestor',
  async run() {
    const text = envio(0, 40);
    const parse = ALUMNOS * rate(() => JSON.parse(text));
    const validate = ALUMNOS * rate(() => validateEnvio(JSON.parse(text)));
    const { driver, post } = await wholePost();
    printTable([
      ['', 'students/s', 'of JSON.parse', 'of the bare driver'],
      ...Object.entries({
        'JSON.parse alone': parse,
        'parse + validateEnvio': validate,
        'whole POST (SQLite, durable)': post,
        'bare driver, the same rows': driver,
      }).map(([name, figure]) => [
        name,
        thousands(figure),
        (figure / parse).toFixed(3),
        (figure / driver).toFixed(2),
      ]),
    ]);
  },
};

async function wholePost(): Promise<{ driver: number; post: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-bench-'));
  try {
    const store = await openStore(folder);
    await importRegistry(store, readRegistry(registry(0, 2 * CURSOS)), { now: new Date() });
    await store.close();
    const driver = ALUMNOS * sqliteFloor(folder, 0, CURSOS, 10);
    const server = await startServer(folder);
    try {
      await runLoad(server.url, CURSOS, 2 * CURSOS, 10);
      const post = (ALUMNOS * CURSOS) / (await runLoad(server.url, CURSOS, 2 * CURSOS, 20));
      return { driver, post };
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
