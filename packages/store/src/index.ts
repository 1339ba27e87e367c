export { checkDatabase, copyDatabase, overwriteDatabase } from './copy.ts';
export { type DatabaseOptions, openDatabase } from './database.ts';
export { FileDialect } from './dialect.ts';
export { StoreError, type StoreErrorKind, storeErrorOf } from './error.ts';
export { type Lock, takeLock } from './lock.ts';
export { type Migrations, markMigrated, migrate, migrated, runStatements } from './migrate.ts';
export { openPool, tryAdvisoryLock } from './postgres.ts';
export { rowsOf } from './rows.ts';
