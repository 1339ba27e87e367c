import type { Db } from '../db/db.ts';

/** A connection that only reads, inside one look at one moment. */
export type SqlDb = Pick<Db, 'stream' | 'placeholder' | 'limitStatements' | 'lastSign' | 'close' | 'destroy'>;
