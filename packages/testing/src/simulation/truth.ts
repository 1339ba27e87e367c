import { checkDigit } from '@puente-sic/protocol';

/** What one student has done by a moment; null: not in the course. */
export interface Change {
  at: number;
  /** Percentage per module, in the course's order. */
  percents: readonly number[] | null;
}

export interface Person {
  numero: number;
  dv: string;
  rut: string;
  /** Whether SENCE has this person in the course. */
  known: boolean;
  /** In the order of time; the first one at the world's beginning. */
  changes: Change[];
}

/** A course as it really is, whatever a source says of it. */
export interface CourseTruth {
  rutOtec: string;
  id: string;
  codigoOferta: string;
  codigoGrupo: string;
  modulos: string[];
  /** Its last day, `YYYY-MM-DD`. */
  fin: string;
  people: Person[];
}

/** How a provider's token begins, and the one that a person puts in its place. */
export const FIRST_TOKEN = '5EED0000';
export const SECOND_TOKEN = '5EED0001';

export interface ProviderTruth {
  rutOtec: string;
  token: string;
  fuente: string;
  courses: CourseTruth[];
  /** Named in the settings one by one; else whatever the source lists. */
  named: boolean;
  descenso: 'omitir' | 'mantener';
  tardio: 'perder' | 'enviar';
}

export function personOf(numero: number, known: boolean): Person {
  const dv = checkDigit(numero);
  return { numero, dv, rut: `${numero}-${dv}`, known, changes: [] };
}

export function percentsAt(person: Person, at: number): readonly number[] | null {
  return person.changes.findLast((change) => change.at <= at)?.percents ?? null;
}

/** Everything that was true of a student's module between two moments; null: not in the course all the time. */
export function valuesBetween(person: Person, modulo: number, from: number, to: number): Set<number> | null {
  const during = person.changes.filter(({ at }) => at > from && at <= to);
  const states = [percentsAt(person, from), ...during.map(({ percents }) => percents)];
  const values = states.map((percents) => percents?.[modulo]);
  return values.some((value) => value === undefined)
    ? null
    : new Set(values.filter((value) => value !== undefined));
}
