import { rerun } from '../../../test/rerun.ts';

// What `npm test` holds over SQLite, over PostgreSQL.
await rerun(new URL('.', import.meta.url), 'onEachStore(');
