import type { DecisionRow } from '../ledger/decisiones.ts';
import type { Candidate } from './candidates.ts';

/** What people decided about a course; the decision that says most precisely what it is about wins, then the last one. */
export interface Decisions {
  find(tipo: DecisionRow['tipo'], rut: string, codigoModulo: string): DecisionRow | null;
}

export function decisionsOf(rows: readonly DecisionRow[]): Decisions {
  const index = new Map(rows.map((row) => [keyOf(row.tipo, row.rut, row.codigoModulo), row]));
  return {
    find: (tipo, rut, codigoModulo) => {
      if (index.size === 0) return null;
      return (
        index.get(keyOf(tipo, rut, codigoModulo)) ??
        index.get(keyOf(tipo, rut, null)) ??
        index.get(keyOf(tipo, null, codigoModulo)) ??
        index.get(keyOf(tipo, null, null)) ??
        null
      );
    },
  };
}

/** The students with what people decided about codes, and without what they decided not to report. */
export function decided(candidates: readonly Candidate[], decisions: Decisions): Candidate[] {
  return candidates.flatMap((candidate) => {
    const { rut } = candidate;
    const modulos = candidate.modulos.filter(
      ({ codigoModulo }) => decisions.find('no-informar', rut, codigoModulo) === null,
    );
    // A student without any module is for preflight to tell, unless somebody decided that.
    const leftOut = candidate.modulos.length > 0 && modulos.length === 0;
    return leftOut || isLeftOut(candidate, decisions) ? [] : [recoded({ ...candidate, modulos }, decisions)];
  });
}

/** What people decided not to report, under the codes that it would go with. */
export function leftOutOf(candidates: readonly Candidate[], decisions: Decisions): Candidate[] {
  return candidates.flatMap((candidate) => {
    const modulos = candidate.modulos.filter(
      ({ codigoModulo }) => decisions.find('no-informar', candidate.rut, codigoModulo) !== null,
    );
    return modulos.length === 0 ? [] : [recoded({ ...candidate, modulos }, decisions)];
  });
}

/** The student with its modules under the codes that people gave them. */
export function recoded(candidate: Candidate, decisions: Decisions): Candidate {
  const modulos = candidate.modulos.map((registro) => {
    const codigo = decisions.find('codigo', candidate.rut, registro.codigoModulo)?.valor;
    if (typeof codigo !== 'string') return registro;
    return { ...registro, codigoModulo: codigo, modulo: { ...registro.modulo, codigoModulo: codigo } };
  });
  return { ...candidate, modulos };
}

function isLeftOut({ rut, modulos }: Candidate, decisions: Decisions): boolean {
  return modulos.length === 0 && decisions.find('no-informar', rut, '') !== null;
}

function keyOf(tipo: string, rut: string | null, codigoModulo: string | null): string {
  return JSON.stringify([tipo, rut, codigoModulo]);
}
