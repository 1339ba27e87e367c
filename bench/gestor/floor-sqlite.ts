import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { cursoRows } from './rows.ts';

/** Courses a second that the bare driver makes durable in the same tables: one commit per course. */
export function sqliteFloor(datos: string, from: number, to: number, porcentaje: number): number {
  const database = new DatabaseSync(join(datos, 'gestor.db'));
  database.exec('pragma journal_mode = wal; pragma synchronous = full');
  const ids = database.prepare('select id from curso where "codigoOferta" = ?');
  const proceso = database.prepare(
    `insert into proceso ("rutOtec", "cursoId", "codigoOferta", "codigoGrupo", "codigoEnvio", "recibidoEn", dia, alumnos, aceptados, rechazados)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const registro = database.prepare(`insert into registro values (${Array(23).fill('?').join(', ')})`);
  const avance = database.prepare(
    `insert into avance values (?, ?, ?, ?, ?)
     on conflict do update set "porcentajeAvance" = excluded."porcentajeAvance", "procesoId" = excluded."procesoId"`,
  );
  const cursos = Array.from({ length: to - from }, (_, index) => cursoRows(from + index, porcentaje));
  const start = performance.now();
  for (const rows of cursos) {
    database.exec('begin immediate');
    const cursoId = ids.get(rows.codigoCurso).id;
    const procesoId = Number(proceso.run(...rows.proceso(cursoId)).lastInsertRowid);
    for (const [index, { columns, key }] of rows.registros.entries()) {
      registro.run(procesoId, index + 1, ...columns);
      avance.run(cursoId, ...key, porcentaje, procesoId);
    }
    database.exec('commit');
  }
  const seconds = (performance.now() - start) / 1000;
  database.close();
  return (to - from) / seconds;
}
