import { chmodSync, rmSync } from 'node:fs';
import { backup as copyPages } from '@photostructure/sqlite';
import { openDatabase } from './database.ts';
import { StoreError, storeErrorOf } from './error.ts';

/**
 * Copies a database, as it is at one moment, into a new file, also while others write. The copy is whole by itself: no
 * other file belongs to it, and it can be read from a medium that cannot be written. What cannot be finished is taken
 * away again.
 * @throws StoreError where one of the two files cannot be used.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  try {
    await overwriteDatabase(from, to);
    chmodSync(to, 0o600);
    const copy = openDatabase(to);
    copy.exec('pragma journal_mode = delete');
    copy.close();
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${to}${suffix}`, { force: true });
    throw storeErrorOf(error, to);
  }
}

/**
 * Puts one database into the place of another, page by page under SQLite's own locks, so that whoever has it open sees
 * the new one.
 * @throws StoreError where one of the two files cannot be used.
 */
export async function overwriteDatabase(from: string, to: string): Promise<void> {
  const source = openDatabase(from, { readOnly: true });
  try {
    await copyPages(source, to, { rate: PAGES_AT_ONCE });
  } catch (error) {
    throw storeErrorOf(error, to);
  } finally {
    source.close();
  }
}

/**
 * Reads every page of a database and looks whether they fit together.
 * @throws StoreError `damaged` where they do not.
 */
export function checkDatabase(file: string): void {
  const database = openDatabase(file, { readOnly: true });
  try {
    const rows: { quick_check: string }[] = database.prepare('pragma quick_check(1)').all();
    if (rows[0]?.quick_check !== 'ok') throw new StoreError('damaged', file);
  } catch (error) {
    throw storeErrorOf(error, file);
  } finally {
    database.close();
  }
}

/** 4 MB: few steps, so that a writer rarely makes the copy begin anew. */
const PAGES_AT_ONCE = 1000;
