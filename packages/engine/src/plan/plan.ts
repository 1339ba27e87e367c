import { santiagoDate } from '@puente-sic/protocol';
import { aceptadosOf } from '../ledger/aceptados.ts';
import { openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey } from '../ledger/tables.ts';
import type { PlanRequest } from '../request.ts';
import { type PlannedCourse, planCourse } from './course.ts';
import type { Assigned } from './gather.ts';
import type { Arrived, Known } from './select.ts';

/** Plans one course by what the ledger knows of it now. */
export async function planAssigned(
  assigned: Assigned,
  request: Pick<PlanRequest, 'ledger' | 'version' | 'at' | 'filters' | 'modo'>,
  arrived: Arrived | null = null,
): Promise<PlannedCourse> {
  const { tree, otec, config } = assigned;
  const key = courseKeyOf(assigned);
  return planCourse(
    tree,
    {
      rutOtec: otec.rut,
      version: request.version,
      noche: santiagoDate(request.at),
      descenso: config?.descenso ?? 'omitir',
      modo: config?.modo ?? request.modo ?? 'completo',
      filters: request.filters ?? {},
      arrived,
    },
    await knownOf(request.ledger, key),
  );
}

export function courseKeyOf({ tree, otec }: Pick<Assigned, 'tree' | 'otec'>): CourseKey {
  return {
    rutOtec: otec.rut,
    codigoOferta: String(tree.codigoOferta),
    codigoGrupo: String(tree.codigoGrupo),
  };
}

async function knownOf({ db }: Ledger, key: CourseKey): Promise<Known> {
  return { aceptados: await aceptadosOf(db, key), errores: await openErrores(db, key) };
}
