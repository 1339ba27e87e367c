import type { Kysely } from 'kysely';
import { SIN_GRUPO } from '../history/accepted.ts';
import { FUENTE_SIN_SABER } from '../history/restore-lists.ts';
import { cursosSeen } from '../ledger/cursos.ts';
import { type Dicho, dichosOf } from '../ledger/dichos.ts';
import { hasNightBefore } from '../ledger/noches.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { nameOf } from '../views/nights.ts';
import { counted } from '../words.ts';

/** What a night tells of a course that it reports for the first time. */
export type Firsts = (course: CourseKey, alumnos: number) => Dicho[];

/** Of a provider's very first night, on which all are new, nothing. Asked before the night notes what it has read. */
export async function firstsOf(
  db: Kysely<Tables>,
  { rutOtec, noche, fuente }: { rutOtec: string; noche: string; fuente: string },
): Promise<Firsts> {
  if (!(await hasNightBefore(db, rutOtec, noche))) return () => [];
  const seen = await cursosSeen(db, rutOtec);
  // Sent by day, it has had no night yet; what the history alone tells has had them before this ledger.
  const known = new Set(
    seen.filter(({ visto, fuente }) => visto !== null || fuente === FUENTE_SIN_SABER).map(nameOf),
  );
  // Read again on the same night, it is still its first.
  const told = (await dichosOf(db, rutOtec, noche)).filter(({ causa }) => causa === 'primera-noche');
  const said = new Set(
    told.map(({ codigoOferta, codigoGrupo }) => JSON.stringify([codigoOferta, codigoGrupo])),
  );
  return ({ codigoOferta, codigoGrupo }, alumnos) => {
    const names = [codigoGrupo, SIN_GRUPO].map((grupo) =>
      nameOf({ rutOtec, codigoOferta, codigoGrupo: grupo }),
    );
    const isKnown = names.some((name) => known.has(name));
    if (isKnown && !said.has(JSON.stringify([codigoOferta, codigoGrupo]))) return [];
    return [
      {
        ...{ causa: 'primera-noche', gravedad: 'gris', queHacer: '' },
        mensaje: `Curso nuevo en «${fuente}»: esta es su primera noche, con ${counted(alumnos, 'alumno')}.`,
      },
    ];
  };
}
