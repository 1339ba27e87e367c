import { rerun } from '../../../../test/rerun.ts';

// What `npm test` holds over files, push and SQLite, over PostgreSQL and MariaDB.
await rerun(new URL('.', import.meta.url), 'ENGINES');
