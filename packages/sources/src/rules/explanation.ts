import { santiagoDate } from '@puente-sic/protocol';
import type { Figures } from './body.ts';
import type { Dates } from './dates.ts';
import type { Session } from './gaps.ts';
import type { Mark } from './marks.ts';
import type { Progress } from './progress.ts';
import type { JudgingRules } from './settings.ts';

/** How each figure of one student in one course came about. Names the student in full: for the screen, never a log. */
export interface StudentExplanation {
  /** What the figures come from, in Spanish and within a sentence: `Moodle`, `la fuente «aula»`. */
  lms: string;
  course: { id: number | string; shortname: string; title: string };
  at: Date;
  rut: string;
  /** As the LMS knows the accounts with this RUT, the one that is reported first. */
  accounts: string[];
  /** The field that the RUT was found in. */
  rutField: string | null;
  /** Why nothing is sent, in Spanish; empty = it is sent. */
  notReported: string[];
  groups: string[];
  dates: ExplainedDate[];
  progress: Progress;
  /** Seconds; null: not known. */
  seconds: number | null;
  mark: Mark | null;
  estado: { value: 1 | 2 | 3; why: string };
  modules: ExplainedModule[];
  /** Required activities outside every module: they count for the student, not for a module. */
  outside: ExplainedActivity[];
  /** Null: this source does not know clicks. */
  days: ExplainedDay[] | null;
}

export interface ExplainedDate {
  field: 'fechaInicio' | 'fechaFin';
  value: string | null;
  from: 'inscripción' | 'curso' | null;
}

export interface ExplainedModule {
  codigoModulo: string;
  sections: string[];
  activities: ExplainedActivity[];
  progress: Progress;
  seconds: number | null;
  mark: Mark | null;
  /** The grade category that the mark was taken from, where there are such. */
  category: string | null;
  estado: { value: 1 | 2 | 3; why: string };
}

export interface ExplainedActivity {
  id: number | string;
  name: string;
  type: string;
  required: boolean;
  synchronous: boolean;
  done: boolean;
  /** When it got its state. */
  time: Date | null;
  /** What the LMS holds, in Spanish. */
  state: string;
}

/** A day in Santiago on which sessions began. */
export interface ExplainedDay {
  day: string;
  seconds: number;
  sessions: { start: Date; end: Date; clicks: number; seconds: number; parts: ExplainedPart[] }[];
}

/** Seconds of a module, of another section, or of the course itself. */
export interface ExplainedPart {
  label: string;
  codigoModulo: string | null;
  seconds: number;
}

/** Why a module's estado is what it is. */
export function whyModule(
  { required, done, percentage }: Progress,
  mark: Mark | null,
  { exigencia = 50 }: JudgingRules,
): string {
  if (percentage === null) return 'No tiene actividades obligatorias: cursando.';
  if (percentage < 100 && required === 0) return `Lleva un ${percent(percentage)}: cursando.`;
  if (done < required) {
    const left = required - done;
    return `${left === 1 ? 'Falta' : 'Faltan'} ${left} de ${required} actividades obligatorias: cursando.`;
  }
  if (!mark) return 'Completó todo y no tiene nota: cursando.';
  const compared = `${percent(mark.percentage)} contra ${exigencia} %, que es el 4,0`;
  return mark.passes
    ? `Completó todo y la nota alcanza (${compared}): aprobado.`
    : `Completó todo y la nota no alcanza (${compared}): reprobado.`;
}

/** Why a student's estado is what it is. */
export function whyStudent(
  { progress, mark, estado }: Figures,
  { fechaFin }: Dates,
  rules: JudgingRules,
): string {
  const advance = `avance ${percent(progress.percentage ?? 0)} (se exige más de ${rules.avanceAprobacion} %)`;
  const grade = `${mark ? `nota ${percent(mark.percentage)}` : 'sin nota'} (se exige más de ${rules.notaAprobacion} %)`;
  if (estado === 2) return `Supera ambos umbrales, ${advance} y ${grade}: aprobado.`;
  if (estado === 3)
    return `No supera los umbrales, ${advance} y ${grade}, y el ${fechaFin} terminó: reprobado.`;
  return `Aún no supera los umbrales, ${advance} y ${grade}, y no ha terminado: cursando.`;
}

/** Sessions by the day in Santiago on which they began. `partOf`: what a number of {@link Session.modules} stands for. */
export function explainDays(
  sessions: Session[],
  partOf: (module: number) => Omit<ExplainedPart, 'seconds'>,
): ExplainedDay[] {
  const days = new Map<string, ExplainedDay>();
  for (const { start, end, clicks, modules: parts } of sessions) {
    const began = new Date(start * 1000);
    const day = santiagoDate(began);
    const entry = days.get(day) ?? { day, seconds: 0, sessions: [] };
    days.set(day, entry);
    const labelled = new Map<string, ExplainedPart>();
    for (const [module, seconds] of parts) {
      const { label, codigoModulo } = partOf(module);
      const known = labelled.get(`${codigoModulo} ${label}`)?.seconds ?? 0;
      labelled.set(`${codigoModulo} ${label}`, { label, codigoModulo, seconds: known + seconds });
    }
    entry.seconds += end - start;
    entry.sessions.push({
      start: began,
      end: new Date(end * 1000),
      clicks,
      seconds: end - start,
      parts: [...labelled.values()],
    });
  }
  return [...days.values()];
}

function percent(percentage: number): string {
  return `${(Math.round(percentage * 100) / 100).toString().replace('.', ',')} %`;
}
