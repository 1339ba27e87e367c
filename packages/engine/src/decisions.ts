import { formatRut, readRut } from '@puente-sic/protocol';
import { EngineFailure } from './failure.ts';
import {
  type DecisionRow,
  endDecisions,
  insertDecision,
  isAbout,
  listDecisionRows,
  openDecisions,
} from './ledger/decisiones.ts';
import { markErrores, openErrores } from './ledger/errores.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { CourseKey } from './ledger/tables.ts';

export type TipoDecision = DecisionRow['tipo'];

/** What a person decides; it counts from the next plan on, before what puente.yaml says of the course. */
export interface NewDecision extends CourseKey {
  /** Null: every student of the course. */
  rut: string | null;
  /** As the source has it; null: every module. */
  codigoModulo: string | null;
  /**
   * - `mantener`: where the figure is below the last one accepted, the last one goes; over once the figure passes it.
   * - `codigo`: the module goes under another code (`valor`).
   * - `conocido`: what is refused or held of it is known, and asks for nobody's attention.
   * - `no-informar`: it is not reported.
   * - `informar`: the whole course is reported, although nothing else names it.
   */
  tipo: TipoDecision;
  valor?: string;
  /** Who decides: the account's name, or whoever works on this computer. */
  quien: string;
  motivo?: string;
}

/** A decision as people read it. */
export interface Decision extends CourseKey {
  id: number;
  rut: string | null;
  codigoModulo: string | null;
  tipo: TipoDecision;
  valor: string | null;
  quien: string;
  cuando: Date;
  motivo: string | null;
  /** Null: it counts. `superada`: the figure has passed what was kept. */
  fin: { cuando: Date; quien: string | null; cierre: 'deshecha' | 'superada' } | null;
}

/**
 * Writes down what a person decided. One that says the same of the same replaces the former, which stays in the list.
 * @throws EngineFailure for a RUT that is none, and a code without a value.
 */
export async function decide({ db }: Ledger, decision: NewDecision, now: Date): Promise<Decision> {
  const { rutOtec, codigoOferta, codigoGrupo, codigoModulo, tipo, quien, motivo } = decision;
  const course = { rutOtec, codigoOferta, codigoGrupo };
  const rut = decision.rut === null ? null : canonical(decision.rut);
  const valor = decision.valor?.trim() || null;
  if (tipo === 'codigo' && (valor === null || codigoModulo === null)) {
    throw new EngineFailure(
      'Falta decir qué módulo va con otro código, o con cuál.',
      'Escriba el código del módulo como está en la plataforma y el que entrega SIC.',
    );
  }
  if (tipo === 'informar' && (rut !== null || codigoModulo !== null)) {
    throw new EngineFailure(
      'Se informa un curso entero, no a un alumno ni un módulo.',
      'Para dejar a alguien sin informar, o volver a informarlo, use la página del alumno.',
    );
  }
  const row = await within(db, async (tx) => {
    const instead = OPPOSITE[tipo] ?? tipo;
    const same = (await openDecisions(tx, course)).filter(
      (one) =>
        (one.tipo === tipo || one.tipo === instead) && one.rut === rut && one.codigoModulo === codigoModulo,
    );
    await endDecisions(
      tx,
      same.map(({ id }) => id),
      { cierre: 'deshecha', quien },
      now,
    );
    if (tipo === 'conocido') await mark(tx, { ...course, rut, codigoModulo }, now.toISOString());
    return insertDecision(tx, {
      ...{ ...course, rut, codigoModulo, tipo, valor, quien },
      cuando: now.toISOString(),
      motivo: motivo?.trim() || null,
    });
  });
  return decisionOf(row);
}

/** Undoes a decision; null where it does not count any more, or never was. */
export async function undoDecision(
  { db }: Ledger,
  { id, quien }: { id: number; quien: string },
  now: Date,
): Promise<Decision | null> {
  return within(db, async (tx) => {
    const [row] = await endDecisions(tx, [id], { cierre: 'deshecha', quien }, now);
    if (row === undefined) return null;
    if (row.tipo === 'conocido') await mark(tx, row, null);
    return decisionOf(row);
  });
}

/** Every decision, also those that are over, the newest first. `rut` in any form that people type. */
export async function listDecisions(
  { db }: Pick<Ledger, 'db'>,
  where: Partial<CourseKey> & { rut?: string } = {},
): Promise<Decision[]> {
  const { rut, ...course } = where;
  const rows = await listDecisionRows(db, { ...course, ...(rut !== undefined && { rut: canonical(rut) }) });
  return rows.map(decisionOf);
}

/** In the caller's transaction, which writes down who did it, or else in one of its own. */
function within<T>(db: Ledger['db'], work: (tx: Ledger['db']) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

async function mark(
  db: Ledger['db'],
  about: CourseKey & Pick<DecisionRow, 'rut' | 'codigoModulo'>,
  conocido: string | null,
): Promise<void> {
  const { rutOtec, codigoOferta, codigoGrupo } = about;
  const open = await openErrores(db, { rutOtec, codigoOferta, codigoGrupo });
  const ids = open.filter((error) => isAbout(about, error)).map(({ id }) => id);
  if (ids.length > 0) await markErrores(db, ids, conocido);
}

function decisionOf(row: DecisionRow): Decision {
  const { id, rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo, tipo, valor, quien, motivo } = row;
  const { hasta, quienHasta, cierre } = row;
  return {
    ...{ id, rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo, tipo, valor, quien, motivo },
    cuando: new Date(row.cuando),
    fin: hasta === null || cierre === null ? null : { cuando: new Date(hasta), quien: quienHasta, cierre },
  };
}

/** What says the contrary of the same thing, and gives way. */
const OPPOSITE: Partial<Record<TipoDecision, TipoDecision>> = {
  informar: 'no-informar',
  'no-informar': 'informar',
};

function canonical(typed: string): string {
  const rut = readRut(typed);
  if (rut !== null) return formatRut(rut);
  throw new EngineFailure(
    `«${typed}» no es un RUT.`,
    'Escríbalo con su dígito verificador, por ejemplo 11222333-K.',
  );
}
