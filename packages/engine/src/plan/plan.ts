import { type Curso, santiagoDate } from '@puente-sic/protocol';
import { aceptadosElsewhere, aceptadosOf, recordKey } from '../ledger/aceptados.ts';
import { type DecisionRow, openDecisions } from '../ledger/decisiones.ts';
import { bodyOf, envioByCode } from '../ledger/envios.ts';
import { openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { erasedIn } from '../privacy/erasures.ts';
import type { PlanRequest } from '../request.ts';
import { type Candidate, candidatesInTurns, turnIn } from './candidates.ts';
import {
  type JudgedCourse,
  judgeCourse,
  lastOf,
  type PlannedCourse,
  type PlanRules,
  planCourse,
} from './course.ts';
import { decided, decisionsOf, leftOutOf } from './decisions.ts';
import { enviosAbove, formersOf } from './fall.ts';
import type { Assigned } from './gather.ts';
import type { Arrived, Known } from './select.ts';

type Asked = Pick<PlanRequest, 'ledger' | 'version' | 'at' | 'filters' | 'modo' | 'repetir'>;

/** Plans one course by what the ledger knows of it now; `sent`: what this run, or its window, has sent already. */
export async function planAssigned(
  assigned: Assigned,
  request: Asked,
  sent: Arrived['sent'] = new Map(),
): Promise<PlannedCourse> {
  return planOn(await basisOf(assigned, request), assigned, request, sent);
}

/** {@link planAssigned}, and what it was made of: who is in the source, and what the ledger knows. */
export async function planWithBasis(
  assigned: Assigned,
  request: Asked,
): Promise<{ plan: PlannedCourse } & Pick<Basis, 'candidates' | 'known'>> {
  const basis = await basisOf(assigned, request);
  return { ...basis, plan: planOn(basis, assigned, request, new Map()) };
}

function planOn(
  { rules, known, everybody }: Basis,
  { tree }: Assigned,
  { repetir }: Asked,
  sent: Arrived['sent'],
): PlannedCourse {
  const arrived = { noche: rules.noche, leaveOutTheSame: repetir !== true, sent };
  return planCourse(tree, { ...rules, arrived }, known, everybody);
}

/**
 * Judges one course by what the ledger knows of it now: what of it could be sent, what is held, and of whom (and which
 * module) somebody decided that it is not reported.
 */
export async function judgeAssigned(
  assigned: Assigned,
  request: Omit<Asked, 'modo' | 'repetir'>,
): Promise<JudgedCourse & { leftOut: Candidate[] }> {
  const { rules, known, candidates, everybody } = await basisOf(assigned, request);
  const leftOut = leftOutOf(candidates, decisionsOf(known.decisiones));
  return { ...judgeCourse(assigned.tree, rules, known, everybody), leftOut };
}

interface Basis {
  rules: Omit<PlanRules, 'arrived'>;
  known: Known & { decisiones: readonly DecisionRow[] };
  /** As the source has them, and with what people decided. */
  candidates: Candidate[];
  everybody: Candidate[];
}

async function basisOf({ tree, otec, config }: Assigned, request: Asked): Promise<Basis> {
  const rules = {
    rutOtec: otec.rut,
    version: request.version,
    noche: santiagoDate(request.at),
    descenso: config?.descenso ?? 'omitir',
    modo: config?.modo ?? request.modo ?? 'completo',
    filters: request.filters ?? {},
    erasedAt: erasedIn(request.ledger.datos),
  };
  const key = courseKeyOf({ tree, otec });
  const decisiones = await openDecisions(request.ledger.db, key);
  const candidates = await candidatesInTurns(tree, rules);
  const everybody = decided(candidates, decisionsOf(decisiones));
  await turnIn(tree);
  const aceptados = await aceptadosOf(request.ledger.db, key);
  await turnIn(tree);
  const known = { ...(await knownOf(key, everybody, aceptados, request.ledger)), decisiones };
  await turnIn(tree);
  return { rules, known, candidates, everybody };
}

export function courseKeyOf({ tree, otec }: Pick<Assigned, 'tree' | 'otec'>): CourseKey {
  return {
    rutOtec: otec.rut,
    codigoOferta: String(tree.codigoOferta),
    codigoGrupo: String(tree.codigoGrupo),
  };
}

async function knownOf(
  key: CourseKey,
  everybody: readonly Candidate[],
  aceptados: Known['aceptados'],
  { db }: Ledger,
): Promise<Known> {
  const newcomers = everybody.filter(({ rut, modulos }) =>
    modulos.some(({ codigoModulo }) => !aceptados.has(recordKey(rut, codigoModulo))),
  );
  const elsewhere = await aceptadosElsewhere(
    db,
    key,
    newcomers.map(({ rut }) => rut),
  );
  const bodies = new Map<string, Curso>();
  for (const codigoEnvio of enviosAbove(everybody, lastOf({ aceptados, elsewhere }))) {
    const row = await envioByCode(db, codigoEnvio);
    const body = row && bodyOf(row);
    if (body) bodies.set(codigoEnvio, body);
  }
  return { aceptados, elsewhere, errores: await openErrores(db, key), formers: formersOf(bodies) };
}
