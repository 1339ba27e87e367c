import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { type Gestor, type GestorOptions, startGestor } from '../src/index.ts';
import { type Postgres, startPostgres } from './postgres.ts';

/** Where a suite gets its stores from: empty ones of one kind, and services over them that end with the suite. */
export interface Home {
  /** A fresh, empty store: what `datos` takes. */
  datos(): Promise<string>;
  /** A service, over a fresh store unless told another one. */
  start(options?: Partial<GestorOptions>): Promise<Gestor>;
  /** The server behind the stores; undefined on SQLite. */
  postgres(): Postgres | undefined;
}

/** One server for all suites of a test file. */
let shared: Promise<Postgres> | undefined;
afterAll(async () => (await shared)?.stop());

/** Runs a suite over the store of the project that it runs in: SQLite in `npm test`, PostgreSQL in the whole suite. */
export function onEachStore(title: string, suite: (home: Home) => void): void {
  if (inject('stores') === 'sqlite') onSqlite(title, suite);
  else onPostgres(title, suite);
}

/** Runs a suite twice, one after the other: for what is in the whole suite only. */
export function onBothStores(title: string, suite: (home: Home) => void): void {
  onSqlite(title, suite);
  onPostgres(title, suite);
}

function onSqlite(title: string, suite: (home: Home) => void): void {
  describe(`${title}, on SQLite`, () => {
    const folders: string[] = [];
    afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
    suite(
      makeHome(async () => {
        const folder = await mkdtemp(join(tmpdir(), 'puente-gestor-'));
        folders.push(folder);
        return folder;
      }),
    );
  });
}

function onPostgres(title: string, suite: (home: Home) => void): void {
  describe(`${title}, on PostgreSQL`, () => {
    let server: Postgres | undefined;
    beforeAll(async () => {
      shared ??= startPostgres();
      server = await shared;
    });
    suite(
      makeHome(
        async () => {
          if (!server) throw new Error('PostgreSQL is started before the tests of its suite');
          return server.createDatabase();
        },
        () => server,
      ),
    );
  });
}

function makeHome(
  datos: () => Promise<string>,
  postgres: () => Postgres | undefined = () => undefined,
): Home {
  const gestores: Gestor[] = [];
  afterAll(() => Promise.all(gestores.map((gestor) => gestor.close())));
  return {
    datos,
    postgres,
    async start(options = {}) {
      const gestor = await startGestor({ datos: await datos(), horaPublicacion: null, ...options });
      gestores.push(gestor);
      return gestor;
    },
  };
}
