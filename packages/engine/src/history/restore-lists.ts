import { dayOf, isFecha, type ProcesoHistorial, readRegistro } from '@puente-sic/protocol';
import type { Kysely } from 'kysely';
import { alumnosOf, moveAlumnos, saveAlumnos } from '../ledger/alumnos.ts';
import { cursosSeen } from '../ledger/cursos.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { SIN_GRUPO } from './accepted.ts';

/** Who was in a course by one of its processes: RUT and last day of the enrolment (null: not told). */
export type SentList = ReadonlyMap<string, string | null>;

export function sentListOf({ listaregistros }: ProcesoHistorial): SentList {
  return new Map(
    listaregistros.flatMap((registro): [string, string | null][] => {
      const { rut } = readRegistro(registro);
      const fin = registro.fecha_fin?.slice(0, 10);
      return rut === null ? [] : [[rut, isFecha(fin) ? dayOf(fin) : null]];
    }),
  );
}

/** The source, as the ledger writes it, of courses of which only the history tells: it is not known which one it was. */
export const FUENTE_SIN_SABER = '';

/**
 * The history does not tell groups of which the ledger knows no send: such a list waits without a group until the courses
 * are read, when `groupOf` tells where a student is now. Who is nowhere is missing from `course`.
 */
export async function placeLists(
  tx: Kysely<Tables>,
  course: CourseKey,
  groupOf: (rut: string) => string | undefined,
): Promise<void> {
  const waiting = await alumnosOf(tx, { ...course, codigoGrupo: SIN_GRUPO });
  const own = waiting.filter(({ rut }) => (groupOf(rut) ?? course.codigoGrupo) === course.codigoGrupo);
  await moveAlumnos(tx, own, course);
}

/**
 * Writes down who was in the courses of the last night that the ledger has lost, as the history shows it: its own lists
 * are older. So a course, or a student, that is gone from the source by the next night is missed and told.
 */
export async function restoreLists(
  tx: Kysely<Tables>,
  rutOtec: string,
  lost: readonly (Omit<CourseKey, 'rutOtec'> & { noche: string; lista: SentList | null })[],
  now: Date,
): Promise<void> {
  const last = lost.map(({ noche }) => noche).reduce((one, other) => (other > one ? other : one), '');
  const seen = await cursosSeen(tx, rutOtec);
  for (const { codigoOferta, codigoGrupo, noche, lista } of lost) {
    if (noche !== last || lista === null) continue;
    const key = { rutOtec, codigoOferta, codigoGrupo };
    const days = [...lista.values()].filter((fin) => fin !== null).sort();
    const curso = seen.find(
      (row) =>
        row.codigoOferta === codigoOferta && (codigoGrupo === SIN_GRUPO || row.codigoGrupo === codigoGrupo),
    );
    if (curso === undefined) {
      const unknown = { fuente: FUENTE_SIN_SABER, curso: codigoOferta, titulo: codigoOferta, url: null };
      const told = { alumnos: lista.size, visto: noche, ultimoDia: days.at(-1) ?? null, noPedido: null };
      await tx
        .insertInto('curso')
        .values({ ...key, ...unknown, ...told, actualizado: now.toISOString() })
        // The other parts of a course that went in several.
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    const former = new Map((await alumnosOf(tx, key)).map((row) => [row.rut, row]));
    const rows = [...lista].filter(([rut]) => (former.get(rut)?.visto ?? '') < noche);
    await saveAlumnos(
      tx,
      rows.map(([rut, fin]) => {
        const nombre = former.get(rut)?.nombre ?? null;
        return { ...key, rut, nombre, visto: noche, fin, ausente: null };
      }),
    );
  }
}
