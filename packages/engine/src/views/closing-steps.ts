import { Temporal } from '@js-temporal/polyfill';

/** What is to be done around the end of a course under the franquicia tributaria, in order. [GCA guide v1.3] */
export type Paso =
  | 'sence'
  | 'dj-otec'
  | 'dj-parcial'
  | 'dj-complementaria'
  | 'dj-participantes'
  | 'documentos'
  | 'liquidacion';

export type Programa = 'franquicia' | 'social' | 'otro';

export interface PasoDeCierre {
  paso: Paso;
  estado: 'hecho' | 'ahora' | 'despues';
  /** First day on which it can be done, `YYYY-MM-DD`; null: no day is known. */
  desde: string | null;
  /** Last day; null: none is known. */
  hasta: string | null;
  hecho: { quien: string; cuando: Date } | null;
}

export interface StepFacts {
  /** Last day of the course. */
  termina: string;
  cruzaAno: boolean;
  pendientes: number;
  hechos: ReadonlyMap<string, { quien: string; cuando: Date }>;
}

/** Days after the end until which an OTIC takes papers, and until which SENCE is asked to liquidate. [GCA guide v1.3] */
export const DIAS_OTIC = 40;
export const DIAS_LIQUIDACION = 60;

/**
 * The steps of a course with their days. Each waits for the one before it; the first is done when nobody is pending at
 * SENCE, and cannot be marked. A course over New Year has a partial and a complementary statement.
 */
export function stepsOf({ termina, cruzaAno, pendientes, hechos }: StepFacts): PasoDeCierre[] {
  const after = dayPlus(termina, 1);
  const steps: [Paso, string | null, string | null][] = [
    ['sence', null, termina],
    ...(cruzaAno
      ? ([
          ['dj-parcial', null, null],
          ['dj-complementaria', after, null],
        ] satisfies [Paso, string | null, string | null][])
      : ([['dj-otec', after, null]] satisfies [Paso, string | null, string | null][])),
    ['dj-participantes', after, null],
    ['documentos', after, dayPlus(termina, DIAS_OTIC)],
    ['liquidacion', after, dayPlus(termina, DIAS_LIQUIDACION)],
  ];
  let isNext = true;
  return steps.map(([paso, desde, hasta]) => {
    const hecho = hechos.get(paso) ?? null;
    const isDone = paso === 'sence' ? pendientes === 0 : hecho !== null;
    const estado = isDone ? 'hecho' : isNext ? 'ahora' : 'despues';
    // Who is pending at SENCE does not keep the statements from being made: the guide asks for no such thing.
    if (!isDone && paso !== 'sence') isNext = false;
    return { paso, estado, desde, hasta, hecho };
  });
}

/** Whether a step may be marked on a day: it has come, and those before it are done, but for what SENCE has. */
export function canMark(steps: readonly PasoDeCierre[], paso: string, hoy: string): boolean {
  const desde = steps.find((step) => step.paso === paso)?.desde ?? null;
  if (desde !== null && hoy < desde) return false;
  const at = steps.findIndex((step) => step.paso === paso);
  return at > 0 && steps.slice(0, at).every((step) => step.paso === 'sence' || step.estado === 'hecho');
}

/** Why a course stands in the list; null: it does not. */
export function listedAs({
  termina,
  hoy,
  programa,
  pasos,
  cruzaAno,
  diasAntes = DIAS_ANTES,
}: {
  termina: string;
  hoy: string;
  programa: Programa | null;
  pasos: readonly PasoDeCierre[];
  cruzaAno: boolean;
  diasAntes?: number;
}): 'pronto' | 'sin-cerrar' | 'ano-nuevo' | null {
  const left = daysBetween(hoy, termina);
  if (left >= 0) {
    if (left <= diasAntes) return 'pronto';
    return cruzaAno && hoy >= newYearFrom(termina) ? 'ano-nuevo' : null;
  }
  if (-left > DIAS_LIQUIDACION) return null;
  const isOpen = pasos.some(({ estado }) => estado !== 'hecho');
  if (programa === 'franquicia' || programa === null) return isOpen ? 'sin-cerrar' : null;
  return pasos[0]?.estado === 'hecho' ? null : 'sin-cerrar';
}

/** Days from one day to another; negative: it lies before. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to).days;
}

export function dayPlus(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Days before its end on which a course comes into the list, where nobody says another number. */
export const DIAS_ANTES = 15;

/** The day from which a course over New Year stands in the list, until its end: its partial statement is near. */
export function newYearFrom(termina: string): string {
  return `${Number(termina.slice(0, 4)) - 1}-12-15`;
}
