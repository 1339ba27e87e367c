import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { avancesBefore, toCursoInscrito } from '../inscrito.ts';
import type { CursoInscrito, Llamada } from '../recorder.ts';

/** Reads what a call is judged against. Statements are prepared once: these run for every call of the night. */
export class SqliteCursos {
  readonly #curso: StatementSyncInstance;
  readonly #modulos: StatementSyncInstance;
  readonly #inscripciones: StatementSyncInstance;
  readonly #ultimos: StatementSyncInstance;
  readonly #ultimosAntes: StatementSyncInstance;
  readonly #ultimoProceso: StatementSyncInstance;
  readonly #alumno: StatementSyncInstance;

  constructor(database: DatabaseSyncInstance) {
    this.#curso = database.prepare(
      `select id, "fechaInicio", "fechaFin" from curso
       where "codigoOferta" = ? and "codigoGrupo" = ? and "rutOtec" = ? and "cerradoEn" is null`,
    );
    this.#modulos = database.prepare(
      'select "codigoModulo" from modulo where "cursoId" = ? and "cerradoEn" is null',
    );
    this.#inscripciones = database.prepare(
      'select "rutAlumno", modulos from inscripcion where "cursoId" = ? and "cerradoEn" is null',
    );
    this.#ultimos = database.prepare(
      'select "rutAlumno", "codigoModulo", "porcentajeAvance" from avance where "cursoId" = ?',
    );
    this.#ultimosAntes = database.prepare(avancesBefore('?1', '?2'));
    this.#ultimoProceso = database.prepare('select max(id) as id from proceso where "cursoId" = ?');
    this.#alumno = database.prepare('select 1 from alumno where rut = ?');
  }

  /** The latest process of the course; null where there is none. Another one since then: it must be judged anew. */
  ultimoProceso({ codigoOferta, codigoGrupo, rutOtec }: Llamada): number | null {
    const curso = this.#curso.get(codigoOferta, codigoGrupo, rutOtec);
    return curso ? this.#ultimoProceso.get(curso.id).id : null;
  }

  find({ codigoOferta, codigoGrupo, rutOtec, avancesAntesDe }: Llamada): CursoInscrito | null {
    const curso = this.#curso.get(codigoOferta, codigoGrupo, rutOtec);
    if (!curso) return null;
    return toCursoInscrito(curso, {
      modulos: this.#modulos.all(curso.id),
      inscripciones: this.#inscripciones.all(curso.id),
      ultimos:
        avancesAntesDe === null
          ? this.#ultimos.all(curso.id)
          : this.#ultimosAntes.all(curso.id, avancesAntesDe),
      conoce: (rut) => this.#alumno.get(rut) !== undefined,
    });
  }
}
