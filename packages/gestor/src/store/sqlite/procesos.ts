import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Veredicto } from '../../judge/veredicto.ts';
import type { Llamada } from '../recorder.ts';
import { AVANCE_COLUMNS, PROCESO_COLUMNS, procesoValues, REGISTRO_COLUMNS, registroValues } from '../rows.ts';

/** Writes a judged call: its process, its records, and the percentages that later calls are judged against. */
export class SqliteProcesos {
  readonly #proceso: StatementSyncInstance;
  readonly #registro: StatementSyncInstance;
  readonly #avance: StatementSyncInstance;

  constructor(database: DatabaseSyncInstance) {
    this.#proceso = database.prepare(insert('proceso', PROCESO_COLUMNS));
    this.#registro = database.prepare(insert('registro', REGISTRO_COLUMNS));
    this.#avance = database.prepare(
      `${insert('avance', AVANCE_COLUMNS)}
       on conflict do update set
         "porcentajeAvance" = excluded."porcentajeAvance", "procesoId" = excluded."procesoId"`,
    );
  }

  insert(llamada: Llamada, veredicto: Veredicto, dia: string): number {
    const idProceso = Number(this.#proceso.run(...procesoValues(llamada, veredicto, dia)).lastInsertRowid);
    let n = 0;
    for (const { modulos } of veredicto.alumnos) {
      for (const { registro, avance } of modulos) {
        n += 1;
        this.#registro.run(idProceso, n, ...registroValues(registro));
        if (avance && veredicto.cursoId !== null) {
          const { rutAlumno, codigoModulo, porcentajeAvance } = avance;
          this.#avance.run(veredicto.cursoId, rutAlumno, codigoModulo, porcentajeAvance, idProceso);
        }
      }
    }
    return idProceso;
  }
}

function insert(table: string, columns: readonly string[]): string {
  const names = columns.map((column) => `"${column}"`).join(', ');
  return `insert into ${table} (${names}) values (${columns.map(() => '?').join(', ')})`;
}
