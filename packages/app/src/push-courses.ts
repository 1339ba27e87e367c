import type { CourseOwnership } from '@puente-sic/sources';
import type { FuenteSettings, Settings } from './config/settings.ts';

export type FuentePush = Extract<FuenteSettings, { tipo: 'push' }>;

export function pushesOf(settings: Settings | null): FuentePush[] {
  return (settings?.fuentes ?? []).filter((fuente) => fuente.tipo === 'push');
}

/** The OTEC of a key; of one that says none, the only one there is. Null: nobody knows. */
export function otecOf({ otec }: { otec: string | null }, { otecs }: Settings): string | null {
  return otec ?? onlyOf(otecs);
}

/** Whether a course of a source is reported by this OTEC; see {@link coursesOf}. */
export function isCourseOf(otec: string | null, fuente: string, curso: string, settings: Settings): boolean {
  const { own, others, unnamed } = coursesOf(otec, fuente, settings);
  return own.includes(curso) || (unnamed && !others.includes(curso));
}

/**
 * The courses of a source that this OTEC reports, and those of others. With one OTEC a course needs no entry in `cursos`,
 * as it needs none to be reported; with several each has to have one.
 */
export function coursesOf(
  otec: string | null,
  fuente: string,
  { otecs, cursos = [] }: Settings,
): CourseOwnership {
  const only = onlyOf(otecs);
  const named = cursos.filter((one) => one.fuente === fuente);
  const isOwn = (one: (typeof named)[number]) => otec !== null && (one.otec ?? only) === otec;
  return {
    own: named.filter(isOwn).map(({ curso }) => curso),
    others: named.filter((one) => !isOwn(one)).map(({ curso }) => curso),
    unnamed: otec !== null && only === otec,
  };
}

function onlyOf(otecs: Settings['otecs']): string | null {
  return otecs.length === 1 ? (otecs[0]?.rut ?? null) : null;
}
