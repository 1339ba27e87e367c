import type { PanelGround, Running } from '@puente-sic/app';
import type { Provider } from '@puente-sic/engine';
import type { Logger } from 'pino';
import type { Access } from './access/access.ts';
import type { EventBus } from './events/bus.ts';
import { notFound } from './http/refusal.ts';
import type { Jobs } from './jobs.ts';

/** What every route works with. */
export interface Context extends PanelGround {
  access: Access;
  bus: EventBus;
  jobs: Jobs;
  logger: Logger;
  /** Where files stand that a rehearsal hands out; null: there are none. */
  ejemplos: string | null;
}

/** One provider by its RUT; refused where puente reports for none of that RUT. */
export function providerOf({ providers }: Running, rutOtec: string): Provider {
  const provider = providers.find(({ otec }) => otec.rut === rutOtec);
  if (provider === undefined) throw notFound('Este panel no envía por esa OTEC.');
  return provider;
}

/** The entries of puente.yaml that are this provider's; undefined: whatever its sources have. */
export function cursosOf({ otec, cursos }: Provider): Pick<Provider, 'cursos'> {
  return cursos === undefined ? {} : { cursos: cursos.filter((one) => one.otec === otec.rut) };
}
