// A process of its own, over the built package: `count FILE TURNS` reads and adds one in a transaction each turn;
// `hold FILE` takes a lock and keeps it.
import { FileDialect, migrate, openDatabase, takeLock } from '@puente-sic/store';
import { Kysely, sql } from 'kysely';

const [what, file, turns] = process.argv.slice(2);
if (what === 'hold') {
  const lock = takeLock(file);
  console.log(lock ? 'held' : 'busy');
  setInterval(() => lock?.release, 1000);
} else {
  const db = new Kysely({ dialect: new FileDialect(openDatabase(file), file) });
  const up = async (tx) => {
    await sql`create table counter (n integer)`.execute(tx);
    await sql`insert into counter values (0)`.execute(tx);
  };
  await migrate(db, { '001-counter': { up } }, file);
  for (let turn = 0; turn < Number(turns); turn++) {
    await db.transaction().execute(async (tx) => {
      const { rows } = await sql`select n from counter`.execute(tx);
      await sql`update counter set n = ${rows[0].n + 1}`.execute(tx);
    });
  }
  await db.destroy();
}
