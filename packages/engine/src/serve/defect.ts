import { StoreError } from '@puente-sic/store';
import type { Problem } from './problem.ts';

/** What a person reads of a defect of puente; its stack goes to the log. */
export const DEFECT = {
  servicio:
    'El servicio de la noche tuvo un error propio (por ejemplo, no pudo usar la carpeta de estado). Se intenta de nuevo cada minuto.',
  motivo: 'Puente tuvo un error propio; los demás cursos no se detienen. Se intentará de nuevo.',
  queHacer:
    'Si se repite, envíe a quien mantiene puente las líneas del registro del servicio de esa hora (no llevan tokens ni RUT completos).',
};

/** What a person reads of something that was thrown: of a ledger that cannot be written it is known what to do. */
export function defectProblem(error: unknown): Problem {
  const { motivo, queHacer } = DEFECT;
  if (!(error instanceof StoreError)) return { causa: 'defecto', motivo, queHacer };
  return { causa: 'defecto', motivo: `${error.message} Se intentará de nuevo.`, queHacer: error.fix };
}
