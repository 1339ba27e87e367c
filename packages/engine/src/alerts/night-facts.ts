import { cursosSeen } from '../ledger/cursos.ts';
import type { DichoRow } from '../ledger/dichos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { NocheRow } from '../ledger/noches.ts';
import { judgeNight } from '../serve/judge-night.ts';
import { nameOfUnit, UNKNOWN_COURSES } from '../serve/units.ts';
import { isAbout, nameOf } from '../views/nights.ts';
import type { PorCorregir } from '../views/por-corregir.ts';
import { type Cuenta, count } from '../views/student-state.ts';
import { type AlumnoEnCurso, studentStates } from '../views/students.ts';
import { toCorrect } from '../views/to-correct.ts';
import { currentNight, type Ventana } from '../window.ts';

/** Which night a letter is about. */
export interface WhichNight {
  rutOtec: string;
  noche: string;
  ventana: Ventana;
}

/** What there is to tell of a night in the morning after, from the ledger alone. */
export interface NightFacts {
  noche: string;
  ventana: Ventana;
  /** Of all courses of the provider, the same that the pages show. */
  cuenta: Cuenta;
  /** Of that night. */
  cursos: { total: number; llegaron: number };
  /** Courses that are reported now. */
  cursosInformados: number;
  perdidos: { curso: string; motivo: string | null; apagado: boolean; alumnos: number }[];
  /** Lost, and accepted by SENCE since. */
  recuperados: string[];
  /** Sent, and not known yet whether it arrived. */
  esperando: string[];
  /** Open and not known, with the title of the course. */
  errores: (PorCorregir & { titulo: string })[];
  /** What the night tells of its sources and courses, beside what `perdidos` tells. */
  dichos: DichoRow[];
  isToday: boolean;
}

export async function nightFacts(ledger: Ledger, which: WhichNight, now: Date): Promise<NightFacts> {
  const { rutOtec, noche, ventana } = which;
  const seen = await cursosSeen(ledger.db, rutOtec);
  const current = currentNight(now, ventana).noche;
  const [night, states, open] = await Promise.all([
    judgeNight(ledger, which, now),
    studentStates(ledger, { rutOtec, noche: current, seen }),
    toCorrect(ledger, { rutOtec }),
  ]);
  const coursesOf = (row: NocheRow) => seen.filter((course) => isAbout(course)(row));
  const titleOf = (row: NocheRow) => nameOfUnit(row, coursesOf(row)[0]?.titulo);
  const rowsOf = (wanted: string) =>
    night.cursos.flatMap(({ row, standing }) => (standing === wanted ? row : []));
  const lost = rowsOf('perdida');
  const recovered = rowsOf('recuperada');
  const titles = new Map(seen.map((course) => [nameOf(course), course.titulo]));
  const isToldByItsRow = ({ fuente, curso }: DichoRow) =>
    [...lost, ...recovered].some((row) => row.fuente === fuente && row.curso === curso);
  return {
    ...{ noche, ventana },
    cuenta: count([...states.values()].flatMap(statesOf)),
    cursos: {
      total: night.cursos.length,
      llegaron: rowsOf('hecha').length + recovered.length,
    },
    cursosInformados: seen.filter(({ noPedido }) => noPedido === null).length,
    perdidos: lost.map((row) => ({
      curso: titleOf(row),
      motivo: row.motivo,
      apagado: row.causa === 'apagado',
      alumnos: coursesOf(row)
        .flatMap((course) => statesOf(states.get(nameOf(course)) ?? []))
        .filter((state) => state === 'sin-enviar').length,
    })),
    recuperados: recovered.map(titleOf),
    esperando: [...rowsOf('esperando'), ...rowsOf('pendiente')].map(titleOf),
    errores: open
      .filter(({ conocido }) => conocido === null)
      .map((error) => ({ ...error, titulo: titles.get(nameOf(error)) ?? error.codigoOferta })),
    dichos: night.dichos.filter((dicho) => !isToldByItsRow(dicho)),
    isToday: current === noche,
  };
}

function statesOf(students: readonly AlumnoEnCurso[]): AlumnoEnCurso['estado'][] {
  return students.map(({ estado }) => estado);
}

/** A course, or the source that was to tell its courses, as people call it. */
export function subjectOf({ titulo, codigoOferta, curso, fuente }: DichoRow): string {
  return titulo ?? codigoOferta ?? (curso === UNKNOWN_COURSES ? `«${fuente}»` : curso);
}
