import { rerun } from '../../../../test/rerun.ts';

// What `npm test` holds over SQLite, over PostgreSQL and MariaDB.
await rerun(new URL('.', import.meta.url), 'of ENGINES');
