import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Veredicto } from '../../judge/veredicto.ts';
import type { Llamada } from '../recorder.ts';
import { AVANCE_COLUMNS, PROCESO_COLUMNS, procesoValues, REGISTRO_COLUMNS, registroValues } from '../rows.ts';
import { BulkInsert } from './bulk.ts';

type Values = (string | number | null)[];

/** Writes a judged call: its process, its records, and the percentages that later calls are judged against. */
export class SqliteProcesos {
  readonly #proceso: StatementSyncInstance;
  readonly #registros: BulkInsert;
  readonly #avances: BulkInsert;

  constructor(database: DatabaseSyncInstance) {
    const names = PROCESO_COLUMNS.map((column) => `"${column}"`).join(', ');
    this.#proceso = database.prepare(
      `insert into proceso (${names}) values (${PROCESO_COLUMNS.map(() => '?').join(', ')})`,
    );
    this.#registros = new BulkInsert(database, 'registro', REGISTRO_COLUMNS);
    this.#avances = new BulkInsert(
      database,
      'avance',
      AVANCE_COLUMNS,
      `on conflict do update set
         "porcentajeAvance" = excluded."porcentajeAvance", "procesoId" = excluded."procesoId"`,
    );
  }

  insert(llamada: Llamada, veredicto: Veredicto): number {
    const idProceso = Number(this.#proceso.run(...procesoValues(llamada, veredicto)).lastInsertRowid);
    const registros: Values = [];
    const avances: Values = [];
    let n = 0;
    for (const { modulos } of veredicto.alumnos) {
      for (const { registro, avance } of modulos) {
        n += 1;
        registros.push(idProceso, n, ...registroValues(registro));
        if (!avance) continue;
        avances.push(
          veredicto.cursoId,
          avance.rutAlumno,
          avance.codigoModulo,
          avance.porcentajeAvance,
          idProceso,
        );
      }
    }
    this.#registros.run(registros);
    this.#avances.run(avances);
    return idProceso;
  }
}
