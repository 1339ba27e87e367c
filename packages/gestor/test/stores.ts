import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
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

/** Runs a suite twice: over SQLite, and over a PostgreSQL server of its own. */
export function onBothStores(title: string, suite: (home: Home) => void): void {
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

  describe(`${title}, on PostgreSQL`, () => {
    let server: Postgres | undefined;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());
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
