import type { FuenteSettings, Settings } from './config/settings.ts';

export type FuentePush = Extract<FuenteSettings, { tipo: 'push' }>;

export function pushesOf(settings: Settings | null): FuentePush[] {
  return (settings?.fuentes ?? []).filter((fuente) => fuente.tipo === 'push');
}

/** The OTEC of a key; of one that says none, the only one there is. Null: nobody knows. */
export function otecOf({ otec }: { otec: string | null }, { otecs }: Settings): string | null {
  return otec ?? onlyOf(otecs);
}

/**
 * Whether a course of a source is reported by this OTEC. With one OTEC a course needs no entry in `cursos`, as it needs
 * none to be reported; with several each has to have one.
 */
export function isCourseOf(otec: string | null, fuente: string, curso: string, settings: Settings): boolean {
  const only = onlyOf(settings.otecs);
  const entries = (settings.cursos ?? []).filter((one) => one.fuente === fuente && one.curso === curso);
  if (otec === null) return false;
  return entries.length === 0 ? only === otec : entries.some((one) => (one.otec ?? only) === otec);
}

function onlyOf(otecs: Settings['otecs']): string | null {
  return otecs.length === 1 ? (otecs[0]?.rut ?? null) : null;
}
