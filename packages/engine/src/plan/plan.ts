import { type Curso, santiagoDate } from '@puente-sic/protocol';
import { aceptadosElsewhere, aceptadosOf, recordKey } from '../ledger/aceptados.ts';
import { openDecisions } from '../ledger/decisiones.ts';
import { bodyOf, envioByCode } from '../ledger/envios.ts';
import { openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey } from '../ledger/tables.ts';
import type { PlanRequest } from '../request.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { lastOf, type PlannedCourse, type PlanRules, planCourse } from './course.ts';
import { decided, decisionsOf } from './decisions.ts';
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
  const { tree, otec, config } = assigned;
  const noche = santiagoDate(request.at);
  const rules: PlanRules = {
    rutOtec: otec.rut,
    version: request.version,
    noche,
    descenso: config?.descenso ?? 'omitir',
    modo: config?.modo ?? request.modo ?? 'completo',
    filters: request.filters ?? {},
    arrived: { noche, leaveOutTheSame: request.repetir !== true, sent },
  };
  const { db } = request.ledger;
  const key = courseKeyOf(assigned);
  const decisiones = await openDecisions(db, key);
  const everybody = decided(candidatesOf(tree, rules), decisionsOf(decisiones));
  const known = { ...(await knownOf(key, everybody, request.ledger)), decisiones };
  return planCourse(tree, rules, known, everybody);
}

export function courseKeyOf({ tree, otec }: Pick<Assigned, 'tree' | 'otec'>): CourseKey {
  return {
    rutOtec: otec.rut,
    codigoOferta: String(tree.codigoOferta),
    codigoGrupo: String(tree.codigoGrupo),
  };
}

async function knownOf(key: CourseKey, everybody: readonly Candidate[], { db }: Ledger): Promise<Known> {
  const aceptados = await aceptadosOf(db, key);
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
