import { randomBytes } from 'node:crypto';
import type { Db } from './store.ts';

/** As much as a call may well write: what still fits into a file's last free page is no proof. */
const LIKE_A_CALL = 512 * 1024;

/** Writes for the sake of writing: resolves once it is on disk, and throws what a call would meet now. */
export async function writeLatido(db: Db, now: Date, { likeACall }: { likeACall: boolean }): Promise<void> {
  const relleno = likeACall ? randomBytes(LIKE_A_CALL).toString('hex') : '';
  await db
    .insertInto('latido')
    .values({ id: 1, en: now.getTime(), relleno })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ en: now.getTime(), relleno }))
    .execute();
}
