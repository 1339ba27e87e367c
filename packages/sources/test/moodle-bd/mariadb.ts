import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Connection, createConnection } from 'mysql2/promise';

const run = promisify(execFile);
const NOBODY = 65534;

/** A MariaDB server of the tests' own, on the binaries of the machine. */
export interface Mariadb {
  /** Makes an empty database; its address. */
  createDatabase(): Promise<string>;
  /** Root's connection to a database. */
  connect(url: string): Promise<Connection>;
  /** Freezes or thaws the server: it keeps its connections and says nothing. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void;
  stop(): Promise<void>;
}

/** Null where MariaDB is not installed. */
export function findMariadb(): { server: string; install: string } | null {
  const server = find('mariadbd');
  const install = find('mariadb-install-db');
  return server && install ? { server, install } : null;
}

/**
 * Starts a server on a temporary folder and a free port, as nobody where we are root. A shell holds it and ends it
 * when this process is gone, however it went.
 */
export async function startMariadb(options: { bufferPool?: string } = {}): Promise<Mariadb> {
  const binaries = findMariadb();
  if (!binaries) throw new Error('MariaDB is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'puente-mariadb-'));
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  await chmod(folder, 0o755);
  if (isRoot) for (const path of [folder, data]) await chown(path, NOBODY, NOBODY);
  await run(
    binaries.install,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    // Two that are made at once would take each other's temporary tables away.
    { ...asNobody(), cwd: folder, env: { ...process.env, TMPDIR: folder } },
  );
  const port = await freePort();
  const holder = spawn(
    'sh',
    [
      '-c',
      '"$@" >/dev/null 2>&1 </dev/null & echo $!; server=$!; cat >/dev/null; kill -KILL $server 2>/dev/null; wait',
      'sh',
      binaries.server,
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${folder}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 's')}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--skip-name-resolve',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_ci',
      '--innodb-flush-log-at-trx-commit=0',
      '--max-allowed-packet=64M',
      `--innodb-buffer-pool-size=${options.bufferPool ?? '64M'}`,
    ],
    { stdio: ['pipe', 'pipe', 'ignore'], detached: true, cwd: folder, ...asNobody() },
  );
  const pid = await new Promise<number>((resolve) => {
    holder.stdout?.once('data', (chunk: Buffer) => resolve(Number(String(chunk).trim())));
  });
  const root = `mysql://root@127.0.0.1:${port}`;
  await ready(`${root}/mysql`, holder);
  let databases = 0;
  return {
    async createDatabase() {
      databases += 1;
      const connection = await createConnection(`${root}/mysql`);
      await connection.query(`create database prueba${databases} character set utf8mb4`);
      await connection.end();
      return `${root}/prueba${databases}`;
    },
    connect: (url) => createConnection({ uri: url, multipleStatements: true, charset: 'utf8mb4_unicode_ci' }),
    signal: (signal) => {
      process.kill(pid, signal);
    },
    async stop() {
      const gone = new Promise((resolve) => holder.once('exit', resolve));
      holder.stdin?.end();
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, holder: ChildProcess): Promise<void> {
  for (const end = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    try {
      const connection = await createConnection(url);
      await connection.end();
      return;
    } catch (error) {
      if (Date.now() > end || holder.exitCode !== null)
        throw new Error('the test MariaDB does not start', { cause: error });
    }
  }
}

const isRoot = process.getuid?.() === 0;

function asNobody(): { uid?: number; gid?: number } {
  return isRoot ? { uid: NOBODY, gid: NOBODY } : {};
}

function find(program: string): string | null {
  for (const folder of ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'])
    if (existsSync(join(folder, program))) return join(folder, program);
  try {
    return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
